//! What lies over the page: the arrow to the chat's menu, or the link to copy by hand.

use leptos::prelude::{on_cleanup, queue_microtask};

use super::poster::{poster_button, poster_layer};
use crate::browser::dom;
use crate::state::State;
use crate::state::referral::Overlay;
use crate::text::fill;
use crate::ui::{El, el, icon, svg};

/// Takes the focus while something lies over the page.
pub(super) const FOCUS: &str = "overlay-focus";

/// Whatever lies over the page now.
pub(crate) fn overlay_layer(state: State) -> Option<El> {
    let layer = match state.referral.overlay() {
        Overlay::None => return None,
        Overlay::ShareGuide => share_guide(state),
        Overlay::ShareSheet(link) => share_sheet(state, &link),
        Overlay::Poster => poster_layer(state),
    };
    dom::note_focus();
    on_cleanup(dom::give_back_focus);
    queue_microtask(|| dom::focus(FOCUS));
    Some(layer)
}

/// A page can't open the share menu of a chat: this points at it. A tap anywhere closes it.
fn share_guide(state: State) -> El {
    let text = state.text();
    // The table has one sentence; the drawing of the menu's dots stands in its middle.
    let sentence = fill(text.share_guide(), &["\u{1}"]);
    let (before, after) = sentence.split_once('\u{1}').unwrap_or((&sentence, ""));
    let arrow = svg("svg", "share-guide__arrow")
        .attr("viewBox", "0 0 84 96")
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "4")
        .attr("stroke-linecap", "round")
        .attr("aria-hidden", "true")
        .child(svg("path", "").attr("d", "M8 90C10 52 30 24 72 12M52 6l21 6-9 20"));
    let words =
        el("span", "share-guide__text").text(before).child(el("span", "share-guide__dots").text("···")).text(after);
    let guide = el("button", "share-guide")
        .attr("type", "button")
        .attr("id", FOCUS)
        .testid("share-guide")
        .on_click(move || state.referral.close())
        .child(arrow)
        .child(words)
        .child(el("span", "share-guide__close").text(text.tap_to_close()));
    // Beside the guide rather than in it: a tap anywhere else closes.
    el("div", "overlay").child(guide).child(poster_button(state, "button share-guide__poster"))
}

/// The last resort of copying: a text that can be held and selected.
fn share_sheet(state: State, link: &str) -> El {
    let text = state.text();
    let close = |class: &str| {
        el("button", class)
            .attr("type", "button")
            .attr("aria-label", text.close())
            .on_click(move || state.referral.close())
    };
    let head = el("div", "sheet__head")
        .child(el("h2", "sheet__title").text(text.share_sheet()))
        .child(close("icon-button").attr("id", FOCUS).child(icon("close")));
    let field =
        el("input", "sheet__link").attr("readonly", "").attr("value", link).attr("aria-label", text.share_link());
    let sheet = el("div", "sheet")
        .attr("role", "dialog")
        .attr("aria-modal", "true")
        .attr("aria-label", text.share_sheet())
        .child(head)
        .child(el("p", "hint").text(text.share_sheet_text()))
        .child(field)
        .child(poster_button(state, "button button--quiet button--wide sheet__poster"));
    el("div", "overlay").child(close("overlay__scrim").attr("tabindex", "-1")).child(sheet)
}
