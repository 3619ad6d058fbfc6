//! Limits on everything that comes from outside.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::paths;
use carnival_contract::problem::Problem;

use super::error::HttpError;
use super::guard::visitor;
use crate::app::App;

/// The longest body there is, a share link's, has 100 bytes.
pub(crate) const BODY_MAX: u32 = 16 * 1024;
/// Chats append parameters to links, but not that many.
const URL_MAX: u32 = 2 * 1024;
/// A write waits for a disk; if that takes longer, the client had better ask again.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Refuses what is too long before anything reads it, and what takes too long after it did.
pub(crate) async fn limit(State(app): State<App>, request: Request, next: Next) -> Response {
    match limited(&app, request, next).await {
        Ok(response) => response,
        Err(problem) => HttpError(problem).into_response(),
    }
}

async fn limited(app: &App, request: Request, next: Next) -> Result<Response, Problem> {
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
    // A stream of frames lasts as long as somebody looks.
    if request.uri().path() == paths::LIVE {
        return Ok(next.run(request).await);
    }
    let Ok(_place) = app.places.try_acquire() else {
        return Err(Problem::new(ErrorCode::Overloaded).retry_after_s(1));
    };
    let answer = tokio::time::timeout(TIMEOUT, next.run(request)).await;
    answer.map_err(|_elapsed| Problem::new(ErrorCode::TimedOut).retry_after_s(1))
}
