//! `GET /healthz` and `GET /readyz`

use axum::extract::State;
use carnival_contract::error_code::ErrorCode;

use super::error::Answer;
use crate::app::App;

/// Whether the process lives.
pub(crate) async fn get_healthz() -> &'static str {
    "ok\n"
}

/// Whether it should be sent visitors: it keeps what it is told, and is not about to stop.
pub(crate) async fn get_readyz(State(app): State<App>) -> Answer<&'static str> {
    if app.stop.is_cancelled() {
        return Err(ErrorCode::Overloaded.into());
    }
    if !app.store.is_healthy() {
        return Err(ErrorCode::StoreFailed.into());
    }
    Ok("ready\n")
}
