//! `graph.qq.com`: form-encoded and JSONP, unless `fmt=json` is asked for.

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::world::{CodeRefused, Shared};
use crate::{QQ_CLIENT_ID, QQ_SECRET};

/// Three months.
const TOKEN_S: u64 = 7_776_000;

#[derive(Deserialize)]
pub(crate) struct Token {
    grant_type: String,
    client_id: String,
    client_secret: String,
    code: String,
    redirect_uri: String,
    #[serde(default)]
    fmt: String,
}

fn error(fmt: &str, code: i64, description: &str) -> Response {
    said(fmt, &json!({ "error": code, "error_description": description }))
}

/// In JSON, or in the form of 2010.
fn said(fmt: &str, value: &Value) -> Response {
    match fmt {
        "json" => Json(value.clone()).into_response(),
        _ => format!("callback( {value} );\n").into_response(),
    }
}

/// `GET /oauth2.0/token`
pub(crate) async fn token(State(world): State<Shared>, Query(asked): Query<Token>) -> Response {
    let mut world = world.lock();
    if asked.client_id != QQ_CLIENT_ID || asked.client_secret != QQ_SECRET {
        return error(&asked.fmt, 100_008, "client_id or client_secret is wrong");
    }
    if asked.grant_type != "authorization_code" || asked.redirect_uri.is_empty() {
        return error(&asked.fmt, 100_004, "param grant_type or redirect_uri is wrong or lost");
    }
    let code = match world.use_code(&asked.code) {
        Ok(code) => code,
        Err(CodeRefused::Unknown | CodeRefused::Used) => return error(&asked.fmt, 100_020, "code is reused error"),
    };
    let token = world.personal_token(code);
    if asked.fmt == "json" {
        return Json(json!({ "access_token": token, "expires_in": TOKEN_S, "refresh_token": "r" })).into_response();
    }
    format!("access_token={token}&expires_in={TOKEN_S}&refresh_token=r").into_response()
}

#[derive(Deserialize)]
pub(crate) struct Me {
    access_token: String,
    #[serde(default)]
    fmt: String,
}

/// `GET /oauth2.0/me`
pub(crate) async fn me(State(world): State<Shared>, Query(asked): Query<Me>) -> Response {
    let world = world.lock();
    let Some(code) = world.persons.get(&asked.access_token) else {
        return error(&asked.fmt, 100_016, "access token check failed");
    };
    said(&asked.fmt, &json!({ "client_id": QQ_CLIENT_ID, "openid": world.openid(&code.person) }))
}

#[derive(Deserialize)]
pub(crate) struct UserInfo {
    access_token: String,
    oauth_consumer_key: String,
    openid: String,
}

/// `GET /user/get_user_info`
pub(crate) async fn user_info(State(world): State<Shared>, Query(asked): Query<UserInfo>) -> Json<Value> {
    let world = world.lock();
    let known = world.persons.contains_key(&asked.access_token) && asked.oauth_consumer_key == QQ_CLIENT_ID;
    if !known || asked.openid.is_empty() {
        return Json(json!({ "ret": 100_030, "msg": "this api without user authorization" }));
    }
    Json(json!({ "ret": 0, "msg": "", "nickname": world.nickname }))
}
