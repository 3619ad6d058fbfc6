//! The poster's place over the page, and the way to it. What is in the place is the side module's.

use super::in_later::in_later;
use super::overlay::FOCUS;
use crate::state::State;
use crate::ui::{El, el, icon};

/// Makes a poster of the page that is shown.
pub(crate) fn poster_button(state: State, class: &str) -> El {
    let button = el("button", class).attr("type", "button").testid("poster-button");
    in_later(state, button, move || state.ask_for_poster())
        .child(icon("poster"))
        .child(el("span", "").text(state.text().poster_make()))
}

/// A frame in the poster's form, so that nothing moves when the picture comes, and a foot for what can be done with it.
/// The module finds them by their ids.
pub(super) fn poster_layer(state: State) -> El {
    let text = state.text();
    let close = |class: &str| {
        el("button", class)
            .attr("type", "button")
            .attr("aria-label", text.close())
            .on_click(move || state.referral.close())
    };
    let layer = el("div", "poster")
        .attr("role", "dialog")
        .attr("aria-modal", "true")
        .attr("aria-label", text.poster_make())
        .child(close("icon-button poster__close").attr("id", FOCUS).child(icon("close")))
        .child(el("div", "poster__frame").attr("id", "poster-frame").child(el("span", "poster__wait spinner")))
        .child(el("div", "poster__foot").attr("id", "poster-foot").attr("role", "status"));
    el("div", "overlay").child(close("overlay__scrim overlay__scrim--deep").attr("tabindex", "-1")).child(layer)
}
