//! Limits on everything that comes from outside.

use std::time::Duration;

use axum::extract::Request;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::paths;
use carnival_contract::problem::Problem;
use tokio::sync::SemaphorePermit;

use super::error::HttpError;
use super::guard::visitor;
use crate::app::App;

/// The longest body there is, a share link's, has 100 bytes.
pub(crate) const BODY_MAX: u32 = 16 * 1024;
/// Chats append parameters to links, but not that many.
const URL_MAX: u32 = 2 * 1024;
/// A write waits for a disk; if that takes longer, the client had better ask again.
const TIMEOUT: Duration = Duration::from_secs(10);
/// What never comes.
const FOREVER: Duration = Duration::MAX;

/// Refuses what is too long before anything reads it, and what is too much. Else there is a place for it among those under way;
/// none for a stream of frames, which lasts as long as somebody looks.
pub(super) fn admit<'a>(app: &'a App, request: &Request) -> Result<Option<SemaphorePermit<'a>>, Problem> {
    let url = request.uri().path_and_query().map_or(0, |url| url.as_str().len());
    if url > URL_MAX as usize {
        return Err(Problem::new(ErrorCode::UrlTooLong).with_limit(URL_MAX));
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if length.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > u64::from(BODY_MAX)) {
        return Err(Problem::new(ErrorCode::BodyTooLarge).with_limit(BODY_MAX));
    }
    let address = visitor(app, request.headers(), request.extensions());
    app.rates.request_from(address)?;
    if request.uri().path() == paths::LIVE {
        return Ok(None);
    }
    app.places.try_acquire().map(Some).map_err(|_| Problem::new(ErrorCode::Overloaded).retry_after_s(1))
}

/// Refuses what takes too long, after it did. Whoever has no place has no end either.
pub(super) async fn in_time(place: Option<SemaphorePermit<'_>>, answer: impl Future<Output = Response>) -> Response {
    let until = place.as_ref().map_or(FOREVER, |_| TIMEOUT);
    match tokio::time::timeout(until, answer).await {
        Ok(response) => response,
        Err(_elapsed) => HttpError(Problem::new(ErrorCode::TimedOut).retry_after_s(1)).into_response(),
    }
}
