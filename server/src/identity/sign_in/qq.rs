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
    with_profile: bool,
    state: &str,
) -> Option<String> {
    let mut parameters = vec![
        ("response_type", "code"),
        ("client_id", application.client_id.as_str()),
        ("redirect_uri", redirect_uri),
        ("state", state),
        ("display", "mobile"),
    ];
    // Without a scope QQ asks for nothing beyond who it is.
    if with_profile && application.profile {
        parameters.push(("scope", "get_user_info"));
    }
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
    if with_profile && application.profile {
        let asked = http.get(format!("{api}/user/get_user_info"));
        let asked = asked.query(&[("access_token", token), ("oauth_consumer_key", client_id), ("openid", openid)]);
        match ask(asked).await {
            Ok(answer) => person.nickname = nickname(&answer),
            Err(failure) => tracing::warn!(%failure, "QQ gave no nickname"),
        }
    }
    Ok(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qq_is_asked_for_a_nickname_only_where_campaign_and_participant_want_it() {
        let scope = |profile, with_profile| {
            let application = QqApplication { client_id: "101234567".to_owned(), profile };
            let back = "https://618.example.com/auth/qq/return";
            let link = authorize_url(&PlatformSettings::default(), &application, back, with_profile, "S1");
            link.expect("a link").contains("scope=get_user_info")
        };
        assert!(scope(true, true));
        assert!(!scope(true, false) && !scope(false, true) && !scope(false, false));
    }
}
