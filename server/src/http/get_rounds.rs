//! `GET rounds`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::replies::RoundsPage;
use carnival_domain::ids::RoundId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Before as BeforeParameter;
use crate::app::App;
use crate::store::Query;

struct RoundsBefore(Option<RoundId>);

impl Query for RoundsBefore {
    type Reply = RoundsPage;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<RoundsPage, Failure<L::Error>> {
        Ok(engine.rounds(ledger, self.0)?)
    }
}

/// A page of the public ledger.
pub(crate) async fn get_rounds(
    State(app): State<App>,
    BeforeParameter(before): BeforeParameter<RoundId>,
) -> Answer<impl IntoResponse> {
    let page = app.store.read(RoundsBefore(before)).await?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(page)))
}
