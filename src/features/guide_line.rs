//! The one best next step.

use carnival_domain::guide::{Next, Step, said_for_ms};
use carnival_domain::ids::StarId;
use carnival_domain::round::RoundPhase;
use carnival_domain::time::Timestamp;
use leptos::prelude::untrack;

use crate::later::later;
use crate::routes::Route;
use crate::state::State;
use crate::text::{GuideText, clock_of, fill, moment_of, time_left};
use crate::ui::{El, el, icon};

/// What is further away than this is said with its date, ms.
const WITHIN_A_DAY_MS: i64 = 20 * 3_600_000;
/// A round that begins later than this is said with its time instead of counted down to, ms.
const COUNTED_DOWN_MS: i64 = 3_600_000;

/// One line at the top of the page. Until all of the page is there it knows of the round alone.
pub(crate) fn guide_line(state: State) -> El {
    el("div", "").child_with(move || match later(state.rest.later().arrival()) {
        Some(ways) => untrack(|| (ways.guide)(state)),
        None => line("p").child(el("span", "guide__text").text_with(move || of_the_round(state))),
    })
}

fn line(tag: &str) -> El {
    el(tag, "guide").testid("guide").child(icon("bell"))
}

fn of_the_round(state: State) -> String {
    let text = state.text();
    let left_ms = state.round.left_ms(state.clock.shown());
    state.guide.holds_until(state.clock.shown().plus_ms(said_for_ms(left_ms)));
    if state.round.counts_down_to().is_none() {
        return String::new();
    }
    let words = match state.round.phase() {
        RoundPhase::Open if state.my_entry().is_some() => text.guide_wait_draw(),
        RoundPhase::Open => text.guide_enter(),
        _ => text.guide_wait_round(),
    };
    fill(words, &[&time_left(text, left_ms)])
}

/// The whole of it: the line leads to where its step is done, unless that is here.
pub(crate) fn guide_link(state: State) -> El {
    let step = move || state.next_step();
    let here = state.navigation.route_untracked().path();
    let leads_to = move || Some(path(&step())).filter(|path| *path != here);
    line("a")
        .attr_with("href", leads_to)
        .child(el("span", "guide__text").text_with(move || sentence(state, &step())))
        .child(icon("next"))
}

/// Where a step is done.
fn path(step: &Step) -> String {
    let route = match step {
        Step::Enter { .. } | Step::Drawing | Step::Paused => Route::Rush,
        Step::ClaimPrize { .. } | Step::Result | Step::Over => Route::Mine,
        Step::CouponSoon { .. } | Step::ClaimCoupon { .. } => Route::Coupons,
        Step::StarFell { star_id, .. } | Step::NewStar { star_id } => Route::Star(star_id.clone()),
        Step::Vote { .. } => Route::Stars,
        Step::Wait { happens, .. } => match happens {
            Next::Draw | Next::Round => Route::Rush,
            Next::Coupon => Route::Coupons,
            Next::Star | Next::Votes => Route::Stars,
        },
    };
    route.path()
}

fn sentence(state: State, step: &Step) -> String {
    let (text, words) = (state.text(), GuideText::of(state.session.language_untracked()));
    let left = |ms: &i64| time_left(text, *ms);
    match step {
        Step::ClaimPrize { by } => fill(words.prize, &[&when(state, *by)]),
        Step::Enter { left_ms } => fill(text.guide_enter(), &[&left(left_ms)]),
        Step::Result => words.result.to_owned(),
        Step::Drawing => words.drawing.to_owned(),
        Step::CouponSoon { left_ms, .. } => fill(words.coupon_soon, &[&left(left_ms)]),
        Step::StarFell { star_id, rank } => fill(words.star_fell, &[&name(state, star_id), &rank.to_string()]),
        Step::NewStar { star_id } => fill(words.new_star, &[&name(state, star_id)]),
        Step::Vote { left } => fill(words.votes, &[&left.to_string()]),
        Step::ClaimCoupon { .. } => words.claim.to_owned(),
        Step::Wait { happens, at, left_ms } => match happens {
            Next::Draw => fill(text.guide_wait_draw(), &[&left(left_ms)]),
            Next::Round if *left_ms < COUNTED_DOWN_MS => fill(text.guide_wait_round(), &[&left(left_ms)]),
            Next::Round => fill(words.wait_round, &[&when(state, *at)]),
            Next::Coupon => fill(words.wait_coupon, &[&when(state, *at)]),
            Next::Star => fill(words.wait_star, &[&when(state, *at)]),
            Next::Votes => fill(words.wait_votes, &[&when(state, *at)]),
        },
        Step::Paused => words.paused.to_owned(),
        Step::Over => words.over.to_owned(),
    }
}

/// An instant by the clock, with its date if it is not soon.
fn when(state: State, at: Timestamp) -> String {
    let zone = state.session.campaign_untracked().utc_offset;
    if at.ms_since(state.clock.shown()) < WITHIN_A_DAY_MS {
        clock_of(at, zone)
    } else {
        moment_of(state.text(), at, zone)
    }
}

fn name(state: State, star: &StarId) -> String {
    state.leaderboard.row(star).map(|row| state.local(&row.star.name)).unwrap_or_default()
}
