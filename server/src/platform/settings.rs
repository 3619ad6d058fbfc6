//! Where the platforms are, and the secrets that they gave: from the environment, for a campaign file is copied about.

use std::fmt;
use std::time::Duration;

/// How long a platform may take. Somebody waits.
const TIMEOUT: Duration = Duration::from_secs(3);

/// See the module.
#[derive(Clone)]
pub struct PlatformSettings {
    /// `CARNIVAL_WECHAT_SECRET`: the official account's secret.
    pub wechat_secret: Option<String>,
    /// `CARNIVAL_QQ_SECRET`: the QQ Connect application's.
    pub qq_secret: Option<String>,
    /// `CARNIVAL_WECHAT_API`
    pub wechat_api: String,
    /// `CARNIVAL_WECHAT_OPEN`
    pub wechat_open: String,
    /// `CARNIVAL_QQ_API`
    pub qq_api: String,
    /// `CARNIVAL_WECHAT_SDK`: addresses of the JS-SDK with commas between, best first.
    pub wechat_sdk: Vec<String>,
    /// `CARNIVAL_QQ_SDK`
    pub qq_sdk: String,
}

impl Default for PlatformSettings {
    /// The platforms themselves, without secrets.
    fn default() -> Self {
        Self {
            wechat_secret: None,
            qq_secret: None,
            wechat_api: "https://api.weixin.qq.com".to_owned(),
            wechat_open: "https://open.weixin.qq.com".to_owned(),
            qq_api: "https://graph.qq.com".to_owned(),
            wechat_sdk: vec![
                "https://res.wx.qq.com/open/js/jweixin-1.6.0.js".to_owned(),
                "https://res2.wx.qq.com/open/js/jweixin-1.6.0.js".to_owned(),
            ],
            qq_sdk: "https://open.mobile.qq.com/sdk/qqapi.js".to_owned(),
        }
    }
}

impl PlatformSettings {
    /// What the environment says.
    pub fn from_environment() -> Self {
        let said =
            |name: &str| std::env::var(name).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let address = |name: &str, otherwise: String| {
            said(name).map_or(otherwise, |address| address.trim_end_matches('/').to_owned())
        };
        let usual = Self::default();
        let sdk = said("CARNIVAL_WECHAT_SDK");
        Self {
            wechat_secret: said("CARNIVAL_WECHAT_SECRET"),
            qq_secret: said("CARNIVAL_QQ_SECRET"),
            wechat_api: address("CARNIVAL_WECHAT_API", usual.wechat_api),
            wechat_open: address("CARNIVAL_WECHAT_OPEN", usual.wechat_open),
            qq_api: address("CARNIVAL_QQ_API", usual.qq_api),
            wechat_sdk: sdk.map_or(usual.wechat_sdk, |list| list.split(',').map(|url| url.trim().to_owned()).collect()),
            qq_sdk: address("CARNIVAL_QQ_SDK", usual.qq_sdk),
        }
    }

    /// A client for calls to a platform: bounded, and going where it was told to.
    ///
    /// # Errors
    /// Why there can be none, in a sentence.
    pub fn client(&self) -> Result<reqwest::Client, String> {
        let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none());
        client.build().map_err(|error| format!("No connection to the platforms can be made: {error}."))
    }
}

impl fmt::Debug for PlatformSettings {
    /// Without the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlatformSettings")
            .field("wechat_secret", &self.wechat_secret.is_some())
            .field("qq_secret", &self.qq_secret.is_some())
            .field("wechat_api", &self.wechat_api)
            .field("wechat_open", &self.wechat_open)
            .field("qq_api", &self.qq_api)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_line_shows_no_secret() {
        let settings = PlatformSettings { wechat_secret: Some("hush".to_owned()), ..PlatformSettings::default() };
        assert!(!format!("{settings:?}").contains("hush"));
    }
}
