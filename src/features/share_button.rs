//! The way on to the next friend.

use super::in_later::in_later;
use crate::state::State;
use crate::ui::{El, el, icon};

/// How a share button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShareLook {
    /// In the bar of every page.
    Bar,
    /// Wide, under the entry.
    Hero,
    /// On a star's page.
    Star,
}

/// Shares the page that is shown.
pub(crate) fn share_button(state: State, look: ShareLook) -> El {
    let text = state.text();
    let (class, words) = match look {
        ShareLook::Bar => ("hero__share", text.share()),
        ShareLook::Hero => ("button hero__again", text.share_with_friends()),
        ShareLook::Star => ("button button--quiet button--wide", text.star_share()),
    };
    let button = in_later(state, el("button", class).attr("type", "button"), move || state.share())
        .child(icon("share"))
        .child(el("span", "").text(words));
    // Tests and replayed taps mean the one in the bar.
    if look == ShareLook::Bar { button.testid("share").attr("data-tap", "share") } else { button }
}
