//! `/goods`: what can be bought elsewhere.

use leptos::prelude::untrack;

use super::{Page, plain_page};
use crate::features::item_card;
use crate::state::State;
use crate::ui::el;

pub(super) fn page(state: State) -> Page {
    let text = state.text();
    let cards = move || {
        let items = state.goods_by_reason();
        items.iter().map(|(reason, item)| item_card(state, item, *reason)).collect::<Vec<_>>()
    };
    let switch = el("input", "switch__box")
        .attr("type", "checkbox")
        .attr("role", "switch")
        .checked(untrack(|| state.goods.rules_only()))
        .on_switch(move |is_on| state.goods.set_rules_only(is_on));
    let switch = el("label", "switch")
        .child(el("span", "switch__text").text(text.rules_only))
        .child(switch)
        .child(el("span", "switch__track"));
    let fact = el("span", "").text(text.goods_fact);
    let body = vec![switch, el("ul", "goods").child_with(cards)];
    plain_page(state, text.goods_title, None, vec![fact], body)
}
