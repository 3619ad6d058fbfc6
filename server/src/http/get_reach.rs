//! `GET me/reach`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_domain::ids::ParticipantId;
use carnival_domain::reach::Reach;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Beside;
use super::guard::Shopper;
use crate::app::App;
use crate::store::Query;

struct ReachOf(ParticipantId);

impl Query for ReachOf {
    type Reply = Reach;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<Reach, Failure<L::Error>> {
        engine.reach(ledger, self.0)
    }
}

/// How far the word of the participant who asks went.
pub(crate) async fn get_reach(State(app): State<App>, Beside(shopper): Beside<Shopper>) -> Answer<impl IntoResponse> {
    app.rates.sweep_of(shopper.who)?;
    let reach = app.store.read(ReachOf(shopper.who)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(reach)))
}
