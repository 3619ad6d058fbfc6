//! One line for each request, with ids and never a token or a cookie; and the headers that every answer has.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use carnival_contract::error_code::ErrorCode;

use super::guard::Shopper;
use crate::crowd::USER_AGENT as CROWD;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
/// A shop that is linked to may know that visitors come from here, but not by whose link.
const REFERRER: HeaderValue = HeaderValue::from_static("strict-origin-when-cross-origin");

/// Logs a request and dresses its answer.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    // Nobody gains anything by foreseeing it.
    let id = carnival_domain::base32::encode(&fastrand::u64(..).to_be_bytes());
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    // The token of a share link is whose link it is.
    let path = match matched {
        Some(route) if route.starts_with("/s/") => route,
        _ => request.uri().path().to_owned(),
    };
    let agent = request.headers().get(header::USER_AGENT);
    let is_crowd = agent.is_some_and(|agent| agent.as_bytes() == CROWD.as_bytes());

    let mut response = next.run(request).await;

    let status = response.status().as_u16();
    let ms = started.elapsed().as_secs_f64() * 1000.0;
    let participant = response.extensions().get::<Shopper>().map(|shopper| shopper.who.to_string());
    let code = response.extensions().get::<ErrorCode>().map(|code| code.as_str());
    let ms = (ms * 10.0).round() / 10.0;
    if status >= 500 {
        tracing::error!(%id, %method, path, status, ms, participant, code, "request");
    } else if is_crowd {
        tracing::debug!(%id, %method, path, status, ms, participant, code, "request of the crowd");
    } else {
        tracing::info!(%id, %method, path, status, ms, participant, code, "request");
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    headers.insert(header::REFERRER_POLICY, REFERRER);
    response
}
