//! `/coupons`: what one has, and what may be had.

use super::{Page, guided, plain_page};
use crate::features::{coupon_card, my_coupon};
use crate::state::State;
use crate::ui::{El, Section, el, section};

pub(super) fn page(state: State) -> Page {
    let text = state.text();
    let cards = move || state.coupons.offers().iter().map(|offer| coupon_card(state, offer)).collect::<Vec<_>>();
    let all = Section { title: text.all_coupons(), ..Section::default() };
    let body =
        vec![el("div", "section").child_with(move || my_coupons(state)), section(&all, el("ul", "").child_with(cards))];
    let fact = el("span", "").text(text.coupons_fact());
    plain_page(state, text.coupons_title(), None, vec![fact], guided(state, body))
}

/// The coupons that this participant has, with their codes.
pub(super) fn my_coupons(state: State) -> Option<El> {
    let offers = state.coupons.offers();
    let coupons = state.session.me(|me| me.coupons.clone());
    let cards: Vec<_> = coupons
        .iter()
        .filter_map(|coupon| {
            let offer = offers.iter().find(|offer| offer.terms.id == coupon.offer_id)?;
            Some(my_coupon(state, coupon, offer))
        })
        .collect();
    let note = cards.len().to_string();
    let over = Section { title: state.text().my_coupons(), note: &note, more: None };
    (!cards.is_empty()).then(|| section(&over, el("ul", "").child(cards)))
}
