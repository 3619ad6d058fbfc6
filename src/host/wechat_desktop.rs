//! WeChat on Windows and on the Mac.

use carnival_domain::platforms::Provider;

use super::{Clues, Host, Saving, Sharing, WECHAT_CHANNELS};

pub(super) const HOST: Host = Host {
    name: "wechat-desktop",
    is_ios: false,
    card_channels: WECHAT_CHANNELS,
    sharing: Sharing::Menu,
    has_open_tags: false,
    provider: Some(Provider::WeChat),
    saving: Saving::Hold,
};

/// Whether the page is in this app.
pub(super) fn is_here(clues: &Clues) -> bool {
    clues.says("WindowsWechat") || clues.says("MacWechat")
}
