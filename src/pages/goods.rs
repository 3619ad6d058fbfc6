//! `/goods`: what can be bought elsewhere.

use leptos::prelude::untrack;

use super::{Page, plain_page};
use crate::browser::frame;
use crate::features::item_card;
use crate::state::State;
use crate::ui::{El, IntoEls, el};

pub(super) fn page(state: State) -> Page {
    let text = state.text();
    state.open_goods();
    let fact = el("span", "").text(text.goods_fact());
    let body = vec![el("div", "").child_with(move || goods(state))];
    plain_page(state, text.goods_title(), None, vec![fact], body)
}

/// The switches and the cards, or what stands in for them while the order is not known.
fn goods(state: State) -> Vec<El> {
    let words = state.goods_text();
    let Some(items) = state.goods_by_reason() else {
        return frame::skeleton("goods", false).into_els();
    };
    let cards: Vec<_> = items.iter().map(|(reason, item)| item_card(state, item, *reason)).collect();
    let rules_only = untrack(|| state.goods.rules_only());
    let choose_order = move |is_on| state.goods.set_rules_only(is_on);
    let shown = untrack(|| state.shows_picks());
    vec![
        switch(words.rules_only, "", rules_only, choose_order).testid("rules-only"),
        el("ul", "goods").child(cards),
        switch(words.show_picks, words.show_picks_note, shown, move |is_on| state.show_picks(is_on))
            .testid("show-picks"),
        el("p", "hint").text(words.popular_note),
        el("p", "hint").text(words.rules_only_note),
    ]
}

/// A switch, with what it does under its name where that does not say it already.
fn switch(name: &str, note: &str, is_on: bool, then: impl Fn(bool) + 'static) -> El {
    let input = el("input", "switch__box").attr("type", "checkbox").attr("role", "switch").checked(is_on);
    let note = (!note.is_empty()).then(|| el("small", "switch__note").text(note));
    let said = el("span", "switch__text").text(name).child(note);
    el("label", "switch").child(said).child(input.on_switch(then)).child(el("span", "switch__track"))
}
