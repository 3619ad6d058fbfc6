//! A mini-program's web-view: WeChat inside WeChat. What its menu shares is the mini-program's business.

use super::{Clues, Host, Saving, Sharing};

pub(super) const HOST: Host = Host {
    name: "mini-program",
    is_ios: false,
    card_channels: &[],
    sharing: Sharing::Menu,
    has_open_tags: false,
    provider: None,
    saving: Saving::Hold,
};

/// Whether the page is in this app.
pub(super) fn is_here(clues: &Clues) -> bool {
    clues.in_mini_program || clues.says("miniProgram/") || clues.says("MiniProgramEnv/")
}
