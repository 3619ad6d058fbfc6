//! A path that is not ours.

use super::{Page, plain_page};
use crate::state::State;
use crate::ui::el;

pub(super) fn page(state: State) -> Page {
    let text = state.text();
    let card = el("div", "card missing")
        .child(el("p", "missing__number").text("404"))
        .child(el("p", "round-card__title").text(text.missing_title()))
        .child(el("p", "hint").text(text.missing_text()))
        .child(el("a", "button").attr("href", "/").text(text.to_rush()));
    let name = state.local(&state.session.campaign().title);
    plain_page(state, &name, None, Vec::new(), vec![card])
}
