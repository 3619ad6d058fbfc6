//! What may be had, and what one has.

use super::check_button::check_button;
use super::countdown_to;
use crate::state::State;
use crate::state::coupons::Offer;
use crate::text::{fill, grouped, moment_of, money};
use crate::ui::{El, el, icon, progress};
use carnival_contract::replies::Coupon;
use carnival_domain::coupon::{CouponOffer, OfferState};
use carnival_domain::ids::DrawId;
use carnival_domain::time::DAY_MS;

/// What opens later than this is said with its date instead of counted down to.
const COUNT_DOWN_MS: i64 = DAY_MS;
/// One in so many left is few.
const FEW: u32 = 20;

/// An offer in one of its six states.
pub(crate) fn coupon_card(state: State, offer: &Offer) -> El {
    let text = state.text();
    let terms = &offer.terms;
    let days = (terms.valid_for_ms / DAY_MS).max(1).to_string();
    let stands = state.stands(offer);
    let refused = offer.refused;
    let (stock_of, id) = (offer.clone(), terms.id.clone());
    let foot = el("div", "coupon-card__foot")
        .child(el("div", "coupon-card__stock").child_with(move || stock(state, &stock_of, stands())))
        .child(claim_button(state, offer, stands));
    let body = body(state, terms, &[&state.local(&terms.scope), " · ", &fill(text.valid_days(), &[&days])].concat())
        .child(terms.fair_start_ms.map(|ms| {
            let seconds = (ms / 1000).max(1).to_string();
            el("p", "coupon-card__scope").text(&fill(text.fair_start(), &[&seconds]))
        }))
        .child_with(move || (stands() == OfferState::Mine).then(|| stamp(text.claimed())))
        .child(foot)
        .child_with(move || state.not_drawn(&id).map(|draw| not_drawn(state, &draw)))
        .child_with(move || {
            let sentence = refused.get().map(|problem| state.refusal(&problem))?;
            Some(el("p", "hint").attr("role", "status").attr("data-tone", "refused").text(&sentence))
        });
    el("li", "coupon-card")
        .testid("coupon")
        .attr_with("data-state", move || Some(stands().as_str()))
        .child(stub(state, terms))
        .child(body)
}

/// A coupon that is had, with its code.
pub(crate) fn my_coupon(state: State, coupon: &Coupon, offer: &Offer) -> El {
    let text = state.text();
    let zone = state.session.campaign_untracked().utc_offset;
    let is_used = coupon.redeemed_at.is_some();
    let code = coupon.code.clone();
    let copy = el("button", "button button--quiet")
        .attr("type", "button")
        .on_click(move || state.copy(code.clone()))
        .child(icon("copy"))
        .text(text.copy());
    // What was used can't be used again: its code is for looking it up only.
    let foot = el("div", "coupon-card__foot")
        .child(el("span", "coupon-card__code").text(&coupon.code))
        .child((!is_used).then_some(copy));
    let body = body(state, &offer.terms, &fill(text.valid_until(), &[&moment_of(text, coupon.valid_until, zone)]))
        .child(stamp(if is_used { text.used() } else { text.claimed() }))
        .child(foot);
    el("li", "coupon-card")
        .testid("my-coupon")
        .attr("data-state", if is_used { "used" } else { OfferState::Mine.as_str() })
        .child(stub(state, &offer.terms))
        .child(body)
}

/// The amount, and from which sum on it counts.
fn stub(state: State, terms: &CouponOffer) -> El {
    let text = state.text();
    let threshold = match terms.threshold_fen.0 {
        0 => text.no_threshold().to_owned(),
        _ => fill(text.threshold(), &[&money(terms.threshold_fen)]),
    };
    let amount = money(terms.amount_fen);
    let amount = el("p", "coupon-card__amount").child(el("small", "").text("¥")).text(amount.trim_start_matches('¥'));
    el("div", "coupon-card__stub").child(amount).child(el("p", "coupon-card__threshold").text(&threshold))
}

fn body(state: State, terms: &CouponOffer, scope: &str) -> El {
    el("div", "coupon-card__body")
        .child(el("p", "coupon-card__title").text(&state.local(&terms.title)))
        .child(el("p", "coupon-card__scope").text(scope))
}

/// That a draw was without luck, and the way to check it.
fn not_drawn(state: State, draw: &DrawId) -> El {
    let words = el("span", "").text(state.text().not_drawn());
    el("div", "ledger__facts").attr("role", "status").child(words).child(check_button(state, draw, "ledger__proof"))
}

fn stamp(word: &str) -> El {
    el("span", "coupon-card__stamp").text(word)
}

/// What is left, or when it opens, or why there is nothing.
fn stock(state: State, offer: &Offer, stands: OfferState) -> El {
    let text = state.text();
    let terms = &offer.terms;
    let line = el("div", "");
    match stands {
        OfferState::Open => {
            let (stock, claimed) = (terms.stock, offer.claimed);
            let left = move || stock.saturating_sub(claimed.get());
            let said = move || {
                let template = if left() <= stock / FEW { text.stock_few() } else { text.stock_left() };
                fill(template, &[&grouped(u64::from(left())), &grouped(u64::from(stock))])
            };
            line.text_with(said).child(progress(move || (left(), stock)))
        }
        OfferState::Drawing => {
            let result = terms.drawn_at().map(|at| countdown_to(state, at));
            line.text(text.in_draw()).child(el("br", "")).child(result)
        }
        OfferState::Soon if terms.opens_at.ms_since(state.clock.now()) < COUNT_DOWN_MS => {
            line.text(text.opens_in()).child(el("br", "")).child(countdown_to(state, terms.opens_at))
        }
        OfferState::Soon => {
            let zone = state.session.campaign_untracked().utc_offset;
            line.text(&fill(text.opens_at(), &[&moment_of(text, terms.opens_at, zone)]))
        }
        OfferState::Mine => line.text(text.have_it()),
        OfferState::SoldOut => line.text(&fill(text.sold_out(), &[&grouped(u64::from(terms.stock))])),
        OfferState::Over => line.text(text.over()),
    }
}

/// Claims the offer, when it can be claimed.
fn claim_button(state: State, offer: &Offer, stands: impl Fn() -> OfferState + Copy + 'static) -> El {
    let text = state.text();
    let sending = offer.sending;
    let label = move || match stands() {
        OfferState::Open if sending.get() => text.claiming(),
        OfferState::Open => text.claim(),
        OfferState::Drawing => text.drawing(),
        OfferState::Soon => text.claim_soon(),
        OfferState::Mine => text.claimed(),
        OfferState::SoldOut => text.claim_sold_out(),
        OfferState::Over => text.claim_over(),
    };
    let offer = offer.clone();
    el("button", "button")
        .attr("type", "button")
        .testid("claim")
        .attr_with("data-state", move || sending.get().then_some("sending"))
        .attr_with("aria-busy", move || sending.get().then_some("true"))
        .attr_with("aria-disabled", move || (stands() != OfferState::Open).then_some("true"))
        .on_click(move || state.claim_coupon(&offer))
        .text_with(label)
}
