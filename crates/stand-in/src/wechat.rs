//! `api.weixin.qq.com`: errors are HTTP 200 with an `errcode`.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::world::{CodeRefused, Shared, TOKEN_S};
use crate::{WECHAT_APP_ID, WECHAT_SECRET};

fn error(code: i64, message: &str) -> Json<Value> {
    Json(json!({ "errcode": code, "errmsg": format!("{message} rid: 00000000-00000000-00000000") }))
}

#[derive(Deserialize)]
pub(crate) struct StableToken {
    grant_type: String,
    appid: String,
    secret: String,
    #[serde(default)]
    force_refresh: bool,
}

/// `POST /cgi-bin/stable_token`
pub(crate) async fn stable_token(State(world): State<Shared>, Json(asked): Json<StableToken>) -> Json<Value> {
    let mut world = world.lock();
    if world.refuses_addresses {
        return error(40164, "invalid ip 127.0.0.1, not in whitelist");
    }
    if asked.grant_type != "client_credential" {
        return error(40002, "invalid grant_type");
    }
    if asked.appid != WECHAT_APP_ID {
        return error(40013, "invalid appid");
    }
    if asked.secret != WECHAT_SECRET {
        return error(40125, "invalid appsecret");
    }
    match world.token(asked.force_refresh) {
        Some(token) => Json(json!({ "access_token": token.word, "expires_in": token.until_s - world.now_s() })),
        None => error(45009, "reach max api daily quota limit"),
    }
}

#[derive(Deserialize)]
pub(crate) struct GetTicket {
    access_token: String,
    r#type: String,
}

/// `GET /cgi-bin/ticket/getticket`
pub(crate) async fn get_ticket(State(world): State<Shared>, Query(asked): Query<GetTicket>) -> Json<Value> {
    let mut world = world.lock();
    if !world.knows_token(&asked.access_token) {
        return error(40001, "invalid credential, access_token is invalid or not latest");
    }
    if asked.r#type != "jsapi" {
        return error(40097, "invalid args");
    }
    let now = world.now_s();
    match world.fetch_ticket() {
        Some(ticket) => {
            Json(json!({ "errcode": 0, "errmsg": "ok", "ticket": ticket.word, "expires_in": ticket.until_s - now }))
        }
        None => error(45009, "reach max api daily quota limit"),
    }
}

#[derive(Deserialize)]
pub(crate) struct ExchangeCode {
    appid: String,
    secret: String,
    code: String,
    grant_type: String,
}

/// `GET /sns/oauth2/access_token`
pub(crate) async fn exchange_code(State(world): State<Shared>, Query(asked): Query<ExchangeCode>) -> Json<Value> {
    let mut world = world.lock();
    if asked.appid != WECHAT_APP_ID {
        return error(40013, "invalid appid");
    }
    if asked.secret != WECHAT_SECRET {
        return error(40125, "invalid appsecret");
    }
    if asked.grant_type != "authorization_code" {
        return error(40002, "invalid grant_type");
    }
    let code = match world.use_code(&asked.code) {
        Ok(code) => code,
        Err(CodeRefused::Unknown) => return error(40029, "invalid code"),
        Err(CodeRefused::Used) => return error(40163, "code been used"),
    };
    let openid = world.openid(&code.person);
    let mut reply = json!({
        "openid": openid,
        "scope": code.scope,
        "expires_in": TOKEN_S,
        "refresh_token": crate::world::random_word(64),
    });
    if code.scope == "snsapi_userinfo" {
        reply["unionid"] = json!(format!("u-{}", code.person));
    }
    if world.is_snapshot {
        reply["is_snapshotuser"] = json!(1);
    }
    reply["access_token"] = json!(world.personal_token(code));
    Json(reply)
}

#[derive(Deserialize)]
pub(crate) struct UserInfo {
    access_token: String,
    openid: String,
}

/// `GET /sns/userinfo`
pub(crate) async fn user_info(State(world): State<Shared>, Query(asked): Query<UserInfo>) -> Json<Value> {
    let world = world.lock();
    let Some(code) = world.persons.get(&asked.access_token) else {
        return error(40001, "invalid credential, access_token is invalid");
    };
    if code.scope != "snsapi_userinfo" {
        return error(48001, "api unauthorized");
    }
    if !asked.openid.starts_with(&format!("o-{}", code.person)) {
        return error(40003, "invalid openid");
    }
    Json(json!({
        "openid": asked.openid,
        "nickname": world.nickname,
        "headimgurl": "",
        "unionid": format!("u-{}", code.person),
    }))
}
