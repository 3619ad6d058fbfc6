//! `GET fans`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::fans::FansReply;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use crate::app::App;
use crate::store::Query;

struct Fans;

impl Query for Fans {
    type Reply = FansReply;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, now: Timestamp) -> Result<FansReply, Failure<L::Error>> {
        Ok(engine.fans(ledger, now)?)
    }
}

/// The draws of stars' fans.
pub(crate) async fn get_fans(State(app): State<App>) -> Answer<impl IntoResponse> {
    let fans = app.store.read(Fans).await?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(fans)))
}
