//! `GET wechat/signature?url=`

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::error::Answer;
use super::extract::malformed;
use crate::app::App;

#[derive(Deserialize)]
pub(crate) struct Asked {
    url: String,
}

/// Signs the address of one of the campaign's pages.
pub(crate) async fn get_wechat_signature(
    State(app): State<App>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Answer<impl IntoResponse> {
    let Query(asked) = asked.map_err(|rejection| malformed(rejection.body_text()))?;
    let signature = app.platform.sign(&asked.url, &app.origins.base_url(&headers)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(signature)))
}
