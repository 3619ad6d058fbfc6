//! WeChat on iPhone and iPad.

use carnival_domain::platforms::Provider;

use super::{Clues, Host, Saving, Sharing, WECHAT_CHANNELS};

pub(super) const HOST: Host = Host {
    name: "wechat-ios",
    is_ios: true,
    card_channels: WECHAT_CHANNELS,
    sharing: Sharing::Menu,
    has_open_tags: true,
    provider: Some(Provider::WeChat),
    saving: Saving::Hold,
};

/// Whether the page is in this app.
pub(super) fn is_here(clues: &Clues) -> bool {
    clues.is_wechat() && clues.is_ios()
}
