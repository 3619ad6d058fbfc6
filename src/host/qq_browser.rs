//! QQ Browser: a browser, with a menu for pictures like that of a chat.

use carnival_domain::platforms::Provider;

use super::{Clues, Host, Saving, Sharing};

pub(super) const HOST: Host = Host {
    name: "qq-browser",
    is_ios: false,
    card_channels: &[],
    sharing: Sharing::System,
    has_open_tags: false,
    provider: Some(Provider::Qq),
    saving: Saving::Hold,
};

/// Whether the page is in this app.
pub(super) fn is_here(clues: &Clues) -> bool {
    clues.says("MQQBrowser/")
}
