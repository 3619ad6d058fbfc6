//! `GET /openapi.json`

use axum::http::header;
use axum::response::IntoResponse;

/// The description of the API, OpenAPI 3.1. Written by hand; the tests hold every route and real answers
/// against it.
pub(crate) const DOCUMENT: &str = include_str!("../../openapi.json");

/// The description itself. Any page may read it.
pub(crate) async fn get_openapi() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, DOCUMENT)
}
