//! `GET` anything else: a file of the page, or nothing.

use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;

use super::error::HttpError;
use super::get_campaign::send;
use super::get_page;
use crate::app::App;

/// Its name changes with its bytes.
const FOR_EVER: &str = "max-age=31536000, immutable";
/// Pictures: a day, then ask again.
const A_DAY: &str = "max-age=86400";

/// Beside an answer that is a file of the page.
#[derive(Clone, Copy)]
pub(super) struct OfThePage;

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
        // Nobody asks again for what is kept for ever.
        let (name, cache) = if asset.is_immutable { (None, FOR_EVER) } else { (Some(&*asset.etag), A_DAY) };
        let mut response = send(&asset.body, &asset.media_type, name, cache, request.headers());
        response.extensions_mut().insert(OfThePage);
        return response;
    }
    if let Some(text) = verification(&app, path).await {
        return ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response();
    }
    get_page::not_found(&app, &request.into_parts().0).await
}

/// A platform that wants to see that a domain is ours asks for a file such as `/MP_verify_Xy12.txt`. Read when it is asked
/// for, so that an operator need not restart anything.
async fn verification(app: &App, path: &str) -> Option<String> {
    const BYTES_MAX: u64 = 4096;
    let name = path.strip_prefix('/').filter(|name| name.len() <= 100)?;
    let stem = name.strip_suffix(".txt")?;
    if stem.is_empty() || !stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
        return None;
    }
    let file = app.verification.as_ref()?.join(name);
    let size = tokio::fs::metadata(&file).await.ok()?.len();
    if size > BYTES_MAX {
        tracing::warn!(file = %file.display(), "too large for a verification file; not served");
        return None;
    }
    tokio::fs::read_to_string(&file).await.ok()
}
