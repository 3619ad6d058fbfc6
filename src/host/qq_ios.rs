//! QQ on iPhone and iPad.

use carnival_domain::platforms::Provider;

use super::{Clues, Host, QQ_CHANNELS, Saving, Sharing};

pub(super) const HOST: Host = Host {
    name: "qq-ios",
    is_ios: true,
    card_channels: QQ_CHANNELS,
    sharing: Sharing::Panel,
    has_open_tags: false,
    provider: Some(Provider::Qq),
    saving: Saving::Hold,
};

/// Whether the page is in this app.
pub(super) fn is_here(clues: &Clues) -> bool {
    clues.is_qq() && clues.is_ios()
}
