//! The pages that a browser is sent to: they send it back at once, for nobody is there to read them.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::world::Shared;
use crate::{QQ_CLIENT_ID, WECHAT_APP_ID};

/// WeChat matches the whole link, so the order of the parameters counts.
const WECHAT_ORDER: [&str; 5] = ["appid", "redirect_uri", "response_type", "scope", "state"];

/// `GET /connect/oauth2/authorize`
pub(crate) async fn wechat(State(world): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let pairs = pairs(query.as_deref().unwrap_or_default());
    let names: Vec<_> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    if names != WECHAT_ORDER {
        return bad("parameters out of order (scope and state may not stand before the others)");
    }
    let value = |name: &str| find(&pairs, name);
    if value("appid") != WECHAT_APP_ID || value("response_type") != "code" {
        return bad("AppID or response_type is wrong");
    }
    if !["snsapi_base", "snsapi_userinfo"].contains(&value("scope")) {
        return bad("scope is wrong");
    }
    back(&world, value("redirect_uri"), value("state"), value("scope"))
}

/// `GET /oauth2.0/authorize`
pub(crate) async fn qq(State(world): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let pairs = pairs(query.as_deref().unwrap_or_default());
    let value = |name: &str| find(&pairs, name);
    if value("client_id") != QQ_CLIENT_ID || value("response_type") != "code" {
        return bad("100001: client_id or response_type is wrong");
    }
    back(&world, value("redirect_uri"), value("state"), "get_user_info")
}

fn back(world: &Shared, redirect_uri: &str, state: &str, scope: &str) -> Response {
    let state_fits = (1..=128).contains(&state.len()) && state.bytes().all(|b| b.is_ascii_alphanumeric());
    if !redirect_uri.starts_with("http") || redirect_uri.contains('#') || !state_fits {
        return bad("redirect_uri or state is wrong");
    }
    let mut world = world.lock();
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    let to = if world.refuses {
        format!("{redirect_uri}{joint}state={state}")
    } else {
        let code = world.new_code(scope);
        format!("{redirect_uri}{joint}code={code}&state={state}")
    };
    Redirect::to(&to).into_response()
}

fn bad(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, why.to_owned()).into_response()
}

fn find<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
