//! `GET draws/{draw}/awards`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::AwardsReply;
use carnival_domain::ids::DrawId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Named;
use crate::app::App;
use crate::store::Query;

struct AwardsOf(DrawId);

impl Query for AwardsOf {
    type Reply = AwardsReply;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<AwardsReply, Failure<L::Error>> {
        engine.awards(ledger, &self.0)
    }
}

/// What became of a draw's prizes.
pub(crate) async fn get_awards(State(app): State<App>, draw: Named) -> Answer<impl IntoResponse> {
    let draw: String = draw.id(ErrorCode::UnknownDraw)?;
    let awards = app.store.read(AwardsOf(draw.into())).await?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(awards)))
}
