//! `GET /.well-known/carnival.json`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

use crate::app::App;

/// What a stranger needs to know of this server: above all the key that receipts are checked with.
pub(crate) async fn get_well_known(State(app): State<App>) -> impl IntoResponse {
    let campaign = app.store.engine().campaign();
    let document = json!({
        "campaign_id": campaign.id,
        "api": "/api/v1",
        "openapi": "/openapi.json",
        "draw": carnival_domain::draw::VERSION,
        "receipt_key": { "algorithm": "Ed25519", "public_key": app.receipt_key },
        "version": env!("CARGO_PKG_VERSION"),
    });
    let headers = [(header::CACHE_CONTROL, "no-cache"), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (headers, Json(document))
}
