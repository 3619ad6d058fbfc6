//! `GET time`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::replies::ServerTime;

use crate::app::App;

/// The clock that all countdowns go by.
pub(crate) async fn get_time(State(app): State<App>) -> impl IntoResponse {
    let time = ServerTime { server_time: app.store.now(), pace: app.store.rehearsal_pace() };
    ([(header::CACHE_CONTROL, "no-store")], Json(time))
}
