//! `GET campaign`

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::encoding::Encoded;
use crate::app::App;

/// The snapshot, or 304 for whoever has it.
pub(crate) async fn get_campaign(State(app): State<App>, headers: HeaderMap) -> Response {
    let published = app.live.current().await;
    send(&published.snapshot, "application/json", &published.id, "no-cache", &headers)
}

/// Sends a body that has a name of its own: in the client's best coding, or not at all if the client has it.
pub(crate) fn send(body: &Encoded, media_type: &str, name: &str, cache: &'static str, request: &HeaderMap) -> Response {
    let (coding, bytes) = body.for_client(request);
    // Strong tags name bytes, and a coding makes others of them.
    let tag = match coding.name() {
        Some(coding) => format!("\"{name}-{coding}\""),
        None => format!("\"{name}\""),
    };
    let mut response =
        if has(request, name) { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(bytes).into_response() };
    let is_sent = response.status() == StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if let (true, Ok(media_type)) = (is_sent, HeaderValue::from_str(media_type)) {
        headers.insert(header::CONTENT_TYPE, media_type);
        if let Some(coding) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
    }
    response
}

/// Whether the client has this body, in whatever coding it got it. A proxy that recoded it may have made the
/// tag a weak one.
fn has(request: &HeaderMap, name: &str) -> bool {
    let lines = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let mut tags =
        lines.flat_map(|line| line.split(',')).map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"'));
    tags.any(|tag| {
        let coding = tag.strip_prefix(name);
        matches!(coding, Some("" | "-br" | "-gzip"))
    })
}
