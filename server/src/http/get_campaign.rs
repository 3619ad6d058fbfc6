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
    send(&published.snapshot, "application/json", Some(&published.id), "no-cache", &headers)
}

/// Sends a body in the client's best coding, or not at all if the client has the one of this name. What is told from others by its
/// path needs no name.
pub(crate) fn send(
    body: &Encoded,
    media_type: &str,
    name: Option<&str>,
    cache: &'static str,
    request: &HeaderMap,
) -> Response {
    let (coding, bytes) = body.for_client(request);
    let is_had = name.is_some_and(|name| has(request, name));
    let mut response =
        if is_had { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(bytes).into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if body.brotli.is_some() || body.gzip.is_some() {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    // Strong tags name bytes, and a coding makes others of them.
    let tag = name.map(|name| match coding.name() {
        Some(coding) => format!("\"{name}-{coding}\""),
        None => format!("\"{name}\""),
    });
    if let Some(Ok(tag)) = tag.map(|tag| HeaderValue::from_str(&tag)) {
        headers.insert(header::ETAG, tag);
    }
    if let (false, Ok(media_type)) = (is_had, HeaderValue::from_str(media_type)) {
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
