//! `GET operator/deliveries`

use axum::Json;
use axum::extract::State;
use carnival_contract::replies::DeliveriesReply;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use crate::app::App;
use crate::store::Query;

struct ToSend;

impl Query for ToSend {
    type Reply = DeliveriesReply;

    fn run<L: Ledger>(
        self,
        engine: &Engine,
        ledger: &L,
        _now: Timestamp,
    ) -> Result<DeliveriesReply, Failure<L::Error>> {
        engine.deliveries(ledger)
    }
}

/// What was claimed and not sent, and where to.
pub(crate) async fn get_deliveries(State(app): State<App>) -> Answer<Json<DeliveriesReply>> {
    Ok(Json(app.store.read(ToSend).await?))
}
