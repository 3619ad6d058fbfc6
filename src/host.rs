//! The app around the page: which it is, and what can be had from it.
//!
//! Each host is one small file: how it is told from the others, and its [`Host`], which is data rather than a trait,
//! for what differs between hosts are facts. Nothing outside this folder asks which host it is.
//!
//! Two things differ nowhere, so that no host says them. Text size: chat apps let people choose one, and the page
//! survives it rather than taking it back. Waking up: every event that any of them sends is listened to in
//! `browser::events`, because none sends all.

mod clues;
mod mini_program;
mod plain;
mod qq_android;
mod qq_browser;
mod qq_ios;
#[cfg(test)]
mod tests;
mod tim;
mod wechat_android;
mod wechat_desktop;
mod wechat_harmony;
mod wechat_ios;
mod wecom;

use carnival_domain::platforms::{Platforms, Provider};
use carnival_domain::share_token::Channel;
use clues::Clues;

pub(crate) use plain::{WebShare, web_share};

/// What an app around the page offers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Host {
    /// Its name, for the chat module and the diagnosis.
    pub(crate) name: &'static str,
    /// Whether its engine is the one of iOS, where signatures are for the address that was opened.
    pub(crate) is_ios: bool,
    /// Where its share card can go, each by a link of its own; none if it has no card of ours.
    pub(crate) card_channels: &'static [Channel],
    /// How a link gets out.
    pub(crate) sharing: Sharing,
    /// Whether it shows tags that open mini-programs and apps.
    pub(crate) has_open_tags: bool,
    /// Who says here who somebody is: WeChat inside WeChat alone, QQ inside QQ and in any browser.
    pub(crate) provider: Option<Provider>,
    /// How a picture is kept.
    pub(crate) saving: Saving,
}

/// How a link gets out of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// By the app's own menu, which a page can't open: it points there.
    Menu,
    /// By the app's share panel, which the chat module may be able to open.
    Panel,
    /// By the system's share sheet, or by copying.
    System,
}

/// How a picture is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saving {
    /// By holding it: the app has a menu for pictures, and no downloads.
    Hold,
    /// By a download.
    Download,
}

/// How a link gets out, now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WayOut {
    /// Point at the app's menu.
    PointAtMenu,
    /// Ask the chat module to open the app's panel; if it can't, point at the menu.
    OpenPanel,
    /// The system's own share sheet.
    WebShare,
    /// By copying.
    Copy,
}

/// The way of a link by WeChat's menu.
const WECHAT_CHANNELS: &[Channel] = &[Channel::Friend, Channel::Moments];
/// QQ's panel leads to WeChat as well.
const QQ_CHANNELS: &[Channel] = &[Channel::Qq, Channel::Qzone, Channel::Friend, Channel::Moments];

/// How a host is told from the others.
type IsHere = fn(&Clues) -> bool;

/// In the order in which they are asked: those that look like others come before those.
const HOSTS: [(IsHere, &Host); 11] = [
    (wecom::is_here, &wecom::HOST),
    (mini_program::is_here, &mini_program::HOST),
    (wechat_desktop::is_here, &wechat_desktop::HOST),
    (wechat_harmony::is_here, &wechat_harmony::HOST),
    (wechat_ios::is_here, &wechat_ios::HOST),
    (wechat_android::is_here, &wechat_android::HOST),
    (tim::is_here, &tim::HOST),
    (qq_ios::is_here, &qq_ios::HOST),
    (qq_android::is_here, &qq_android::HOST),
    (qq_browser::is_here, &qq_browser::HOST),
    (plain::is_here, &plain::HOST),
];

impl Host {
    /// The host that this page is in.
    pub(crate) fn detect() -> &'static Self {
        Self::of(&Clues::gather())
    }

    fn of(clues: &Clues) -> &'static Self {
        HOSTS.iter().find(|(is_here, _)| is_here(clues)).map_or(&plain::HOST, |(_, host)| host)
    }

    /// Whether it can be given a card, with these accounts.
    pub(crate) fn takes_card(&self, platforms: &Platforms) -> bool {
        match self.sharing {
            Sharing::Menu => {
                !self.card_channels.is_empty() && platforms.wechat.as_ref().is_some_and(|account| account.share_card)
            }
            Sharing::Panel => true,
            Sharing::System => false,
        }
    }

    /// The best way out that there is.
    pub(crate) fn way_out(&self) -> WayOut {
        match self.sharing {
            Sharing::Menu => WayOut::PointAtMenu,
            Sharing::Panel => WayOut::OpenPanel,
            Sharing::System if plain::has_web_share() => WayOut::WebShare,
            Sharing::System => WayOut::Copy,
        }
    }
}
