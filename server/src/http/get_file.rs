//! `GET` anything else: a file of the page, or nothing.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;

use super::error::HttpError;
use super::get_campaign::send;
use super::get_page;
use crate::app::App;

/// Its name changes with its bytes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Pictures: a day, then ask again.
const A_DAY: &str = "public, max-age=86400";

/// A file by its path. Paths of the API never get the page: a program would take it for an answer.
pub(crate) async fn get_file(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with("/.well-known/") {
        return HttpError(ErrorCode::NotFound.into()).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return HttpError(ErrorCode::MethodNotAllowed.into()).into_response();
    }
    if let Some(asset) = app.site.asset(path.trim_start_matches('/')) {
        let cache = if asset.is_immutable { FOR_EVER } else { A_DAY };
        return send(&asset.body, &asset.media_type, &asset.etag, cache, request.headers());
    }
    get_page::not_found(&app, &request.into_parts().0).await
}
