//! `/`: the round that counts down, and what became of the last ones.

use leptos::prelude::untrack;

use super::{Page, guided};
use crate::browser::frame;
use crate::features::{
    ShareLook, countdown, coupon_card, draw_result, draw_said, entry_button, entry_hint, ledger, poster_button,
    prize_pool, share_button, standings,
};
use crate::later::later;
use crate::state::State;
use crate::state::coupons::Offer;
use crate::text::{fill, grouped, plain};
use crate::ui::{El, IntoEls, Section, el, progress, section};
use crate::var::Derived;
use carnival_domain::coupon::OfferState;
use carnival_domain::round::RoundPhase;
use carnival_domain::schedule::CARNIVAL_ROUND_MS;

/// How many stars and coupons the page shows of theirs.
const STARS_SHOWN: usize = 3;
const COUPONS_SHOWN: usize = 2;

pub(super) fn page(state: State) -> Page {
    let body = vec![
        el("div", "section").child_with(prize_pool(state)),
        el("div", "section").child_with(move || match later(state.rest.later().arrival()) {
            Some(ways) => untrack(|| (ways.more_of_rush)(state)),
            None => frame::skeleton("rush", true).into_els(),
        }),
    ];
    Page { title: String::new(), head: hero(state), body: guided(state, body) }
}

/// What stands below the first screen.
pub(super) fn more(state: State) -> Vec<El> {
    let text = state.text();
    let top_stars = Section { title: text.top_stars(), more: Some(("/stars", text.see_all())), ..Section::default() };
    let part = || el("div", "section");
    vec![
        part()
            .child(el("p", "sr-only").attr("aria-live", "polite").text_with(move || draw_said(state)))
            .child_with(move || draw_result(state)),
        section(&top_stars, el("div", "").child_with(standings(state, STARS_SHOWN, Vec::new))),
        part().child_with(open_coupons(state)),
        part().child_with(move || ledger(state)),
    ]
}

fn hero(state: State) -> El {
    let campaign = state.session.campaign();
    let name = state.local(&campaign.title);
    let is_carnival = campaign.round_length_ms == CARNIVAL_ROUND_MS;
    let title = if is_carnival { state.text().rush_title() } else { &name };
    let bar =
        el("div", "hero__bar").child(el("p", "hero__brand").text(&name)).child(share_button(state, ShareLook::Bar));
    let ways_out = el("div", "hero__ways")
        .child(share_button(state, ShareLook::Hero))
        .child(poster_button(state, "button hero__again").attr("data-tap", "poster"));
    el("header", "hero")
        .child(el("img", "hero__art").attr("src", "/art/hero.svg").attr("alt", ""))
        .child(bar)
        .child(el("h1", "hero__title").text(title))
        .child(round_line(state))
        .child(countdown(state))
        .child(target(state))
        .child(entry_button(state))
        .child(entry_hint(state))
        .child(ways_out)
}

fn round_line(state: State) -> El {
    let text = state.text();
    let number = Derived::new(move || state.round.current().map_or(0, |round| round.round_id.0));
    let phase = move || match state.round.phase() {
        _ if !number.is() => text.phase_over(),
        _ if state.round.pause_note().is_some() => text.phase_paused(),
        RoundPhase::Scheduled => text.phase_scheduled(),
        RoundPhase::Open => text.phase_open(),
        RoundPhase::Sealed => text.phase_sealed(),
        _ => text.ledger_drawn(),
    };
    let said = move || if number.is() { fill(text.round(), &[&plain(number.get())]) } else { String::new() };
    let phase =
        el("span", "phase").attr_with("data-phase", move || Some(state.round.phase().as_str())).text_with(phase);
    el("p", "hero__round").child(el("span", "hero__number").text_with(said)).child(phase)
}

fn target(state: State) -> El {
    let text = state.text();
    let of = move || state.round.current().map_or((0, 0), |round| (round.participant_count, round.target));
    let count = move || grouped(u64::from(of().0));
    let target = move || [" / ", &fill(text.of_target(), &[&grouped(u64::from(of().1))])].concat();
    let said =
        el("span", "target__count").testid("participants").child(el("strong", "").text_with(count)).text_with(target);
    let line = el("p", "target__line").child(el("span", "").text(text.participants())).child(said);
    el("div", "target").child(line).child(progress(of))
}

/// The offers that can be claimed now. Which they are changes rarely; each card lives on its own.
fn open_coupons(state: State) -> impl Fn() -> Option<El> + 'static {
    let text = state.text();
    let is_open = move |offer: &Offer| state.offer_state(offer) == OfferState::Open;
    // One bit an offer: which of the first 32 are open.
    let open = Derived::new(move || {
        let offers = state.coupons.offers();
        offers.iter().take(32).enumerate().fold(0, |open, (place, offer)| open | u32::from(is_open(offer)) << place)
    });
    move || {
        let offers = state.coupons.offers();
        let open = open.get();
        let shown = offers.iter().take(32).enumerate().filter(|(place, _)| open >> place & 1 == 1).take(COUPONS_SHOWN);
        let cards: Vec<_> = shown.map(|(_, offer)| coupon_card(state, offer)).collect();
        let over =
            Section { title: text.open_coupons(), more: Some(("/coupons", text.see_all())), ..Section::default() };
        (!cards.is_empty()).then(|| section(&over, el("ul", "").child(cards)))
    }
}
