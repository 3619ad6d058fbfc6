//! `GET picks`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::replies::Picks;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Beside;
use super::guard::Shopper;
use crate::app::App;
use crate::store::Query;

struct PicksOf(ParticipantId);

impl Query for PicksOf {
    type Reply = Picks;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<Picks, Failure<L::Error>> {
        engine.is_there(ledger, self.0)?;
        Ok(engine.picks(ledger, self.0)?)
    }
}

/// What the participant who asks picked, and what friends did.
pub(crate) async fn get_picks(State(app): State<App>, Beside(shopper): Beside<Shopper>) -> Answer<impl IntoResponse> {
    let picks = app.store.read(PicksOf(shopper.who)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(picks)))
}
