//! The time left.

use std::borrow::Cow;

use leptos::prelude::on_cleanup;

use crate::state::State;
use crate::text::{COUNTDOWN, COUNTDOWN_LONG, fill, plain};
use crate::ui::{El, digits, el, rolling_digits};
use crate::var::Derived;
use carnival_domain::round::RoundPhase;
use carnival_domain::time::Timestamp;

/// The last seconds are urgent: the board turns red, and the end is said aloud once.
const URGENT_MS: i64 = 10_000;
/// What minutes, seconds and tenths can't show any more.
const LONG_MS: i64 = 100 * 60_000;

/// The big board: the time to the next change of the round's phase.
pub(crate) fn countdown(state: State) -> El {
    let text = state.text();
    // While the rounds are paused, their time stands, and so does what is left of it.
    let left = move |now| state.round.counts_down_to().map_or(0, |at| at.ms_since(state.round.standing(now)));
    let remaining = move || left(state.clock.ticked());
    let seconds = move || (left(state.clock.second()).max(0) + 999) / 1000;
    let is_long = Derived::new(move || u32::from(remaining() >= LONG_MS));
    let stands =
        Derived::new(move || u32::from(state.round.counts_down_to().is_none() || state.round.pause_note().is_some()));
    let is_urgent = Derived::new(move || u32::from(state.round.phase() == RoundPhase::Open && remaining() < URGENT_MS));
    let number = |number: i64| plain(number.unsigned_abs());
    let said = move |seconds: i64| fill(text.remaining(), &[&number(seconds / 60), &number(seconds % 60)]);
    // A live region speaks whenever it changes: so this one changes at full minutes and once near the end.
    let spoken = move || {
        let seconds = seconds();
        said(if seconds <= URGENT_MS / 1000 { URGENT_MS / 1000 } else { (seconds + 59) / 60 * 60 })
    };
    let phase = move || match state.round.current().map(|_| state.round.phase()) {
        Some(RoundPhase::Scheduled) => text.caption_scheduled(),
        Some(RoundPhase::Open) => text.caption_open(),
        Some(RoundPhase::Sealed) => text.caption_sealed(),
        // It drew at its target, before its bell.
        Some(_) => text.caption_drawn(),
        None => text.caption_over(),
    };
    let caption = move || state.round.pause_note().map_or_else(|| Cow::from(phase()), Cow::from);
    let is_idle = move || state.round.phase() != RoundPhase::Open || state.round.pause_note().is_some();
    let clock = el("div", "countdown")
        .testid("countdown")
        .attr("role", "timer")
        .attr_with("aria-label", move || Some(said(seconds())))
        .attr_with("data-idle", move || is_idle().then_some(""))
        .child_with(move || {
            let picture = if is_long.is() { COUNTDOWN_LONG } else { COUNTDOWN };
            if stands.is() { digits(picture, remaining) } else { running(state, picture, remaining) }
        });
    let face = el("div", "board__face")
        .child(clock)
        .child(el("p", "board__caption").text_with(caption))
        .child(el("p", "sr-only").attr("aria-live", "polite").text_with(spoken));
    el("div", "board").attr_with("data-urgent", move || is_urgent.is().then_some("")).child(face)
}

/// Digits that run. In a rehearsal a tenth of theirs is no tenth of the shopper's; there, and where nothing can roll, the
/// page ticks for them.
fn running(state: State, picture: &'static str, remaining: impl Fn() -> i64 + Clone + 'static) -> El {
    let rolling =
        if state.clock.rehearsal_pace().is_some() { None } else { rolling_digits(picture, remaining.clone()) };
    rolling.unwrap_or_else(|| {
        if picture == COUNTDOWN {
            state.clock.show_tenths(true);
            on_cleanup(move || state.clock.show_tenths(false));
        }
        digits(picture, remaining)
    })
}

/// A small countdown in hours, minutes and seconds.
pub(crate) fn countdown_to(state: State, at: Timestamp) -> El {
    running(state, COUNTDOWN_LONG, move || at.ms_since(state.clock.second()))
}
