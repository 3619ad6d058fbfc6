//! `GET audits`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::audits::AuditsReply;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use crate::app::App;
use crate::store::Query;

/// Everybody gets the same, and a few seconds are nothing to a day.
const CACHE: &str = "public, max-age=5";

pub(crate) struct Audits;

impl Query for Audits {
    type Reply = AuditsReply;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, now: Timestamp) -> Result<AuditsReply, Failure<L::Error>> {
        Ok(engine.audits(ledger, now)?)
    }
}

/// The daily public audit of votes.
pub(crate) async fn get_audits(State(app): State<App>) -> Answer<impl IntoResponse> {
    let audits = app.store.read(Audits).await?;
    Ok(([(header::CACHE_CONTROL, CACHE)], Json(audits)))
}
