//! WeChat on HarmonyOS, which says neither Android nor a version that compares with Android's.

use carnival_domain::platforms::Provider;

use super::{Clues, Host, Saving, Sharing, WECHAT_CHANNELS};

pub(super) const HOST: Host = Host {
    name: "wechat-harmony",
    is_ios: false,
    card_channels: WECHAT_CHANNELS,
    sharing: Sharing::Menu,
    has_open_tags: true,
    provider: Some(Provider::WeChat),
    saving: Saving::Hold,
};

/// Whether the page is in this app.
pub(super) fn is_here(clues: &Clues) -> bool {
    clues.is_wechat() && clues.says("OpenHarmony")
}
