//! `GET /problems/{code}`

use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;

use super::error::Answer;
use super::extract::Named;

/// What a refusal means: the page behind a problem's `type`.
pub(crate) async fn get_problem(code: Named) -> Answer<impl IntoResponse> {
    let word: String = code.id(ErrorCode::NotFound)?;
    let known = ErrorCode::ALL.iter().find(|code| code.as_str() == word);
    let code = known.ok_or(ErrorCode::NotFound)?;
    let text = format!("{}\nHTTP {}\n\n{}\n", code.as_str(), code.status(), code.title());
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text))
}
