//! The app around the page: which it is, and how a link gets out of it.
//!
//! A host that does more (a share card through its SDK, sign-in, font scale) does it in its own file here; features
//! ask [`Host`] and never look at the user agent themselves.

mod plain;
mod qq;
mod wechat;

use crate::browser::dom;

pub(crate) use plain::{WebShare, web_share};

/// The app around the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// WeChat, WeCom among them.
    WeChat,
    /// QQ and TIM.
    Qq,
    /// A browser.
    Plain,
}

/// How a link gets out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WayOut {
    /// A page can't open the chat's share menu: point at it.
    PointAtMenu,
    /// The system's own share sheet.
    WebShare,
    /// By copying.
    Copy,
}

impl Host {
    /// The host that this page is in.
    pub(crate) fn detect() -> Self {
        Self::of_user_agent(&dom::window().navigator().user_agent().unwrap_or_default())
    }

    fn of_user_agent(user_agent: &str) -> Self {
        if wechat::is_host(user_agent) {
            Self::WeChat
        } else if qq::is_host(user_agent) {
            Self::Qq
        } else {
            Self::Plain
        }
    }

    /// The best way out that this host has.
    pub(crate) fn way_out(self) -> WayOut {
        match self {
            Self::WeChat | Self::Qq => WayOut::PointAtMenu,
            Self::Plain if plain::has_web_share() => WayOut::WebShare,
            Self::Plain => WayOut::Copy,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_apart_by_what_they_really_send() {
        let wechat = "Mozilla/5.0 (Linux; Android 10; MI 9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
            Chrome/77.0.3865.120 MQQBrowser/6.2 TBS/045514 Mobile Safari/537.36 MMWEBID/3350 MicroMessenger/7.0.16.1700";
        let qq = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/121.0.6167.71 MQQBrowser/6.2 TBS/047925 \
            Mobile Safari/537.36 V1_AND_SQ_9.2.66_13188_YYB_D QQ/9.2.66.33870 NetType/WIFI";
        let qq_browser =
            "Mozilla/5.0 (Linux; U; Android 12) AppleWebKit/537.36 Chrome/98.0 MQQBrowser/14.1 Mobile Safari/537.36";
        assert_eq!(Host::of_user_agent(wechat), Host::WeChat);
        assert_eq!(Host::of_user_agent(qq), Host::Qq);
        assert_eq!(Host::of_user_agent(qq_browser), Host::Plain);
    }
}
