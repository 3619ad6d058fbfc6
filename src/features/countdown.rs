//! The time left.

use std::borrow::Cow;

use leptos::prelude::on_cleanup;

use crate::state::State;
use crate::state::round::URGENT_MS;
use crate::text::{COUNTDOWN, COUNTDOWN_LONG, fill_with};
use crate::ui::{El, digits, el, rolling_digits};
use crate::var::Derived;
use carnival_domain::number::push_plain;
use carnival_domain::round::RoundPhase;
use carnival_domain::time::Timestamp;

/// The big board: the time to the next change of the round's phase.
pub(crate) fn countdown(state: State) -> El {
    let text = state.text();
    let remaining = move || state.round.left_ms(state.clock.shown());
    let seconds = move || (remaining().max(0) + 999) / 1000;
    let stands =
        Derived::new(move || u32::from(state.round.counts_down_to().is_none() || state.round.pause_note().is_some()));
    let say = move |seconds: i64, said: &mut String| {
        fill_with(said, text.remaining(), &|place, said| {
            push_plain(if place == 0 { seconds / 60 } else { seconds % 60 }.unsigned_abs(), said);
        });
    };
    // A live region speaks whenever it changes: so this one changes at full minutes and once near the end.
    let speak = move |said: &mut String| {
        let seconds = seconds();
        say(if seconds <= URGENT_MS / 1000 { URGENT_MS / 1000 } else { (seconds + 59) / 60 * 60 }, said);
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
        .attr_ticking("aria-label", move |said| say(seconds(), said));
    let clock = clock.attr_with("data-idle", move || is_idle().then_some("")).child_with(move || {
        let picture = if state.round.is_far() { COUNTDOWN_LONG } else { COUNTDOWN };
        if stands.is() { digits(picture, remaining) } else { running(state, picture, remaining) }
    });
    let face = el("div", "board__face")
        .child(clock)
        .child(el("p", "board__caption").text_with(caption))
        .child(el("p", "sr-only").attr("aria-live", "polite").text_ticking(speak));
    el("div", "board").attr_with("data-urgent", move || state.round.is_urgent().then_some("")).child(face)
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
    running(state, COUNTDOWN_LONG, move || at.ms_since(state.clock.shown()))
}
