//! QQ Connect.

use carnival_domain::platforms::QqApplication;
use reqwest::Url;

use super::exchange::{ExchangeFailure, Person, ask, nickname, number, text};
use crate::platform::settings::PlatformSettings;

/// The code is over, and the code was used before.
const CODE_SPENT: [i64; 2] = [100_019, 100_020];

/// Where the browser goes.
pub(super) fn authorize_url(
    settings: &PlatformSettings,
    application: &QqApplication,
    redirect_uri: &str,
    state: &str,
) -> Option<String> {
    let parameters = [
        ("response_type", "code"),
        ("client_id", application.client_id.as_str()),
        ("redirect_uri", redirect_uri),
        ("state", state),
        ("display", "mobile"),
    ];
    let page = format!("{}/oauth2.0/authorize", settings.qq_api);
    Url::parse_with_params(&page, parameters).ok().map(String::from)
}

/// Whose code this is. `redirect_uri` must be the one that the browser went with.
pub(super) async fn exchange(
    http: &reqwest::Client,
    settings: &PlatformSettings,
    application: &QqApplication,
    redirect_uri: &str,
    code: &str,
    with_profile: bool,
) -> Result<Person, ExchangeFailure> {
    let api = &settings.qq_api;
    let client_id = application.client_id.as_str();
    let asked = http.get(format!("{api}/oauth2.0/token")).query(&[
        ("grant_type", "authorization_code"),
        ("client_id", client_id),
        ("client_secret", settings.qq_secret.as_deref().unwrap_or_default()),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("fmt", "json"),
    ]);
    let answer = ask(asked).await?;
    match number(&answer, "error") {
        0 => {}
        error if CODE_SPENT.contains(&error) => return Err(ExchangeFailure::CodeSpent),
        error => return Err(ExchangeFailure::Failed(format!("QQ refused with {error}"))),
    }
    let token = text(&answer, "access_token")?;
    let asked = http.get(format!("{api}/oauth2.0/me")).query(&[("access_token", token), ("fmt", "json")]);
    let answer = ask(asked).await?;
    let error = number(&answer, "error");
    if error != 0 {
        return Err(ExchangeFailure::Failed(format!("QQ refused to say who it is with {error}")));
    }
    // A token of another application's names somebody who signed in there.
    if text(&answer, "client_id")? != client_id {
        return Err(ExchangeFailure::Failed("QQ spoke of another application".to_owned()));
    }
    let openid = text(&answer, "openid")?;
    let mut person = Person { openid: openid.to_owned(), nickname: None };
    if with_profile {
        let asked = http.get(format!("{api}/user/get_user_info"));
        let asked = asked.query(&[("access_token", token), ("oauth_consumer_key", client_id), ("openid", openid)]);
        match ask(asked).await {
            Ok(answer) => person.nickname = nickname(&answer),
            Err(failure) => tracing::warn!(%failure, "QQ gave no nickname"),
        }
    }
    Ok(person)
}
