//! The chat platforms' accounts that a campaign uses. What stands here is public; the secrets that go with it never
//! are in a campaign.

use serde::{Deserialize, Serialize};

/// The accounts; none is needed for a campaign to work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platforms {
    /// The WeChat official account.
    pub wechat: Option<WeChatAccount>,
    /// The QQ Connect application.
    pub qq: Option<QqApplication>,
}

/// A verified WeChat official account (a service account, for signing in).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeChatAccount {
    /// Its `appid`, such as `wx0123456789abcdef`.
    pub app_id: String,
    /// Whether pages set their own share card through the JS-SDK.
    pub share_card: bool,
    /// Whether participants may sign in (`snsapi_base`: an id, nothing else).
    pub sign_in: bool,
    /// Whether they may give their nickname as well (`snsapi_userinfo`), behind a button that explains it.
    pub profile: bool,
}

/// A QQ Connect application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QqApplication {
    /// Its `client_id`.
    pub client_id: String,
    /// Whether participants may give their nickname as well (`get_user_info`), by a choice of its own.
    pub profile: bool,
}

/// Who can say who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// WeChat web authorisation.
    #[serde(rename = "wechat")]
    WeChat,
    /// QQ Connect.
    Qq,
}

impl Provider {
    /// The provider's word, as it stands in paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WeChat => "wechat",
            Self::Qq => "qq",
        }
    }

    /// The provider of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::WeChat, Self::Qq].into_iter().find(|provider| provider.as_str() == word)
    }
}

impl Platforms {
    /// Whether participants may sign in with this provider.
    pub fn can_sign_in(&self, provider: Provider) -> bool {
        match provider {
            Provider::WeChat => self.wechat.as_ref().is_some_and(|account| account.sign_in),
            Provider::Qq => self.qq.is_some(),
        }
    }

    /// Whether those who sign in with this provider are asked for their nickname, too.
    pub fn asks_for_nickname(&self, provider: Provider) -> bool {
        match provider {
            Provider::WeChat => self.wechat.as_ref().is_some_and(|account| account.profile),
            Provider::Qq => self.qq.as_ref().is_some_and(|application| application.profile),
        }
    }
}

/// A page of a WeChat mini-program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MiniProgramPage {
    /// The mini-program's `appid`.
    pub app_id: String,
    /// The page's path, such as `pages/item?id=1`.
    pub path: String,
}

/// A place in a native app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NativeAppPage {
    /// The app's `appid` on WeChat's Open Platform.
    pub app_id: String,
    /// What the app is told.
    pub ext_info: String,
}
