//! WeCom, which says that it is WeChat too and takes the same card.

use super::{Clues, Host, Saving, Sharing, WECHAT_CHANNELS};

pub(super) const HOST: Host = Host {
    name: "wecom",
    is_ios: false,
    card_channels: WECHAT_CHANNELS,
    sharing: Sharing::Menu,
    has_open_tags: false,
    provider: None,
    saving: Saving::Hold,
};

/// Whether the page is in this app.
pub(super) fn is_here(clues: &Clues) -> bool {
    clues.says("wxwork/")
}
