//! What stands around every answer: limits before it; the line in the log, and the headers that all have, after it.
//!
//! It is one function around the router, and no layers within it. A layer is a future in a box of its own for each request, and
//! whoever waits for the writer goes through all of them twice, the second time with nothing of it in the processor's cache.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;
use futures_util::FutureExt as _;
use tower::Service as _;

use super::access_log::Line;
use super::error::HttpError;
use super::limits::{self, BODY_MAX};
use crate::app::App;

/// Answers a request.
pub(super) async fn answer(app: App, mut router: Router, mut request: Request) -> Response {
    let line = Line::begin(&request);
    DefaultBodyLimit::max(BODY_MAX as usize).apply(&mut request);
    let mut response = match limits::admit(&app, &request) {
        Ok(place) => {
            let answer = AssertUnwindSafe(async move { router.call(request).await });
            limits::in_time(place, answer.catch_unwind().map(whole)).await
        }
        Err(problem) => HttpError(problem).into_response(),
    };
    line.end(&mut response);
    response
}

/// A handler's answer, or the one of whoever panicked.
fn whole(outcome: Result<Result<Response, std::convert::Infallible>, Box<dyn Any + Send>>) -> Response {
    match outcome {
        Ok(Ok(response)) => response,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            tracing::error!(panic = text, "a handler panicked");
            HttpError(ErrorCode::Internal.into()).into_response()
        }
    }
}
