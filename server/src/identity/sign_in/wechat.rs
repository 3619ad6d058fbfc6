//! WeChat web authorisation.

use carnival_domain::platforms::WeChatAccount;
use reqwest::Url;

use super::exchange::{ExchangeFailure, Person, ask, nickname, number, text};
use crate::platform::settings::PlatformSettings;

/// The code is over, and the code was used before.
const CODE_SPENT: [i64; 2] = [40029, 40163];

/// Where the browser goes. WeChat matches the whole link, so neither the order of the parameters nor the fragment
/// may be otherwise.
pub(super) fn authorize_url(
    settings: &PlatformSettings,
    account: &WeChatAccount,
    redirect_uri: &str,
    with_profile: bool,
    state: &str,
) -> Option<String> {
    let scope = if with_profile && account.profile { "snsapi_userinfo" } else { "snsapi_base" };
    let parameters = [
        ("appid", account.app_id.as_str()),
        ("redirect_uri", redirect_uri),
        ("response_type", "code"),
        ("scope", scope),
        ("state", state),
    ];
    let page = format!("{}/connect/oauth2/authorize", settings.wechat_open);
    let url = Url::parse_with_params(&page, parameters).ok()?;
    Some(format!("{url}#wechat_redirect"))
}

/// Whose code this is.
pub(super) async fn exchange(
    http: &reqwest::Client,
    settings: &PlatformSettings,
    account: &WeChatAccount,
    code: &str,
    with_profile: bool,
) -> Result<Person, ExchangeFailure> {
    let api = &settings.wechat_api;
    let secret = settings.wechat_secret.as_deref().unwrap_or_default();
    let asked = http.get(format!("{api}/sns/oauth2/access_token")).query(&[
        ("appid", account.app_id.as_str()),
        ("secret", secret),
        ("code", code),
        ("grant_type", "authorization_code"),
    ]);
    let answer = ask(asked).await?;
    match number(&answer, "errcode") {
        0 => {}
        error if CODE_SPENT.contains(&error) => return Err(ExchangeFailure::CodeSpent),
        error => return Err(ExchangeFailure::Failed(format!("WeChat refused with {error}"))),
    }
    if number(&answer, "is_snapshotuser") == 1 {
        return Err(ExchangeFailure::Snapshot);
    }
    let openid = text(&answer, "openid")?;
    let mut person = Person { openid: openid.to_owned(), nickname: None };
    if with_profile && account.profile {
        let token = text(&answer, "access_token")?;
        let asked = http.get(format!("{api}/sns/userinfo"));
        let asked = asked.query(&[("access_token", token), ("openid", openid), ("lang", "zh_CN")]);
        // Who they are is known; how they are called can wait.
        match ask(asked).await {
            Ok(answer) if number(&answer, "is_snapshotuser") == 1 => return Err(ExchangeFailure::Snapshot),
            Ok(answer) => person.nickname = nickname(&answer),
            Err(failure) => tracing::warn!(%failure, "WeChat gave no nickname"),
        }
    }
    Ok(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_is_the_one_that_wechat_matches() {
        let account = |profile| WeChatAccount { app_id: "wx1".to_owned(), share_card: true, sign_in: true, profile };
        let url = |account: &WeChatAccount, with_profile| {
            let back = "https://618.example.com/auth/wechat/return";
            authorize_url(&PlatformSettings::default(), account, back, with_profile, "S1").expect("a link")
        };
        let link = |scope: &str| {
            format!(
                "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1&redirect_uri=https%3A%2F%2F618.example.com\
                 %2Fauth%2Fwechat%2Freturn&response_type=code&scope={scope}&state=S1#wechat_redirect"
            )
        };
        assert_eq!(url(&account(true), false), link("snsapi_base"));
        assert_eq!(url(&account(true), true), link("snsapi_userinfo"));
        assert_eq!(url(&account(false), true), link("snsapi_base"), "the campaign asks nobody for a nickname");
    }
}
