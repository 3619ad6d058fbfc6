//! `GET me`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::replies::Me;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Beside;
use super::guard::Shopper;
use crate::app::App;
use crate::store::Query;

/// What a participant has.
pub(crate) struct ThingsOf(pub(crate) ParticipantId);

impl Query for ThingsOf {
    type Reply = Me;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, now: Timestamp) -> Result<Me, Failure<L::Error>> {
        engine.is_there(ledger, self.0)?;
        Ok(engine.me(ledger, self.0, now)?)
    }
}

/// What the participant who asks has.
pub(crate) async fn get_me(State(app): State<App>, Beside(shopper): Beside<Shopper>) -> Answer<impl IntoResponse> {
    let me = app.store.read(ThingsOf(shopper.who)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(me)))
}
