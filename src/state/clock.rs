//! The page's one clock: the back end's time, carried on by the browser's monotonic clock.
//!
//! A changed phone clock moves nothing here. A nap may stop the monotonic clock on some engines, so every return to
//! the page asks the back end again, and a difference between the two local clocks does as well.

use crate::browser::timer;
use crate::browser::view::beat;
use crate::var::{Kept, Var};
use carnival_contract::replies::ServerTime;
use carnival_domain::time::Timestamp;

/// What a tick of the page is long.
const TICK_MS: i64 = 1000;
/// The same while something on it shows tenths.
const TENTH_MS: i64 = 100;
/// The local clocks drift apart by no more than this unless one was set or the other stood still.
const DRIFT_MS: f64 = 1500.0;
/// Time is only shown to run backwards when it was wrong by more than this; less is waited out.
const STEP_BACK_MS: i64 = 1000;

/// What is known of the back end's clock.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Anchor {
    /// The back end's time when the monotonic clock read 0, ms.
    base_ms: f64,
    /// How wrong that can be: half the round trip it came with.
    error_ms: f64,
    /// How many of the back end's seconds go by in one of ours: 1, or more in a rehearsal.
    pace: f64,
}

impl Anchor {
    /// The back end read its clock somewhere between `sent` and `received`; the middle errs least.
    fn of(server_ms: f64, sent_ms: f64, received_ms: f64, pace: f64) -> Self {
        let base_ms = server_ms - (sent_ms + received_ms) / 2.0 * pace;
        Self { base_ms, error_ms: (received_ms - sent_ms) / 2.0 * pace, pace }
    }

    /// The better of two, as long as both are of one stretch of the monotonic clock.
    fn better(self, other: Self) -> Self {
        if other.error_ms <= self.error_ms { other } else { self }
    }

    fn at(self, monotonic_ms: f64) -> i64 {
        (self.base_ms + monotonic_ms * self.pace) as i64
    }
}

/// The clock. Its signals are for views: whoever reads one is drawn again when it changes.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    anchor: Kept<Anchor>,
    /// Wall minus monotonic clock when the anchor was taken.
    local_difference: Kept<f64>,
    /// Of the last tick.
    shown: Kept<i64>,
    second: Var<i64>,
    shows_tenths: Kept<bool>,
}

impl Clock {
    /// A clock set by one reading of the back end's.
    pub(crate) fn new(time: ServerTime, sent_ms: f64, received_ms: f64) -> Self {
        let anchor = anchor_of(time, sent_ms, received_ms);
        let now = anchor.at(timer::monotonic_ms());
        Self {
            anchor: Kept::new(anchor),
            local_difference: Kept::new(local_difference()),
            shown: Kept::new(now),
            second: Var::new(now),
            shows_tenths: Kept::new(false),
        }
    }

    /// Takes another reading. After a possible sleep the old ones count for nothing.
    pub(super) fn take(self, time: ServerTime, sent_ms: f64, received_ms: f64) {
        let taken = anchor_of(time, sent_ms, received_ms);
        let anchor = if self.may_have_slept() { taken } else { self.anchor.get().better(taken) };
        self.anchor.set(anchor);
        self.local_difference.set(local_difference());
        self.tick();
    }

    /// Whether one of the local clocks was set or stood still since the last reading.
    pub(super) fn may_have_slept(self) -> bool {
        (local_difference() - self.local_difference.get()).abs() > DRIFT_MS
    }

    /// Now, without being drawn again for it.
    pub(crate) fn now(self) -> Timestamp {
        let now = self.anchor.get().at(timer::monotonic_ms());
        let shown = self.shown.get();
        let steps_back_a_little = now < shown && shown - now < STEP_BACK_MS;
        Timestamp::from_ms(if steps_back_a_little { shown } else { now })
    }

    /// When it ticked last: now, to the second or to the tenth. Who shows that is told by `ui::each_tick`.
    pub(crate) fn shown(self) -> Timestamp {
        Timestamp::from_ms(self.shown.get())
    }

    /// Now, to the second; listens to it, so what depends on it and is not the time itself had better be a `Derived`.
    pub(crate) fn second(self) -> Timestamp {
        Timestamp::from_ms(self.second.get())
    }

    /// How many times as fast as the browser's own it runs, if it is a rehearsal's.
    pub(crate) fn rehearsal_pace(self) -> Option<i64> {
        let pace = self.pace();
        (pace > 1).then_some(pace)
    }

    fn pace(self) -> i64 {
        self.anchor.with(|anchor| anchor.pace as i64)
    }

    /// Moves the signals on; says what time it is, and whether another real second is over.
    pub(super) fn tick(self) -> (Timestamp, bool) {
        let now = self.now().as_ms();
        self.shown.set(now);
        let second_ms = 1000 * self.pace();
        let new_second = now / second_ms != self.second.get_untracked() / second_ms;
        if new_second {
            self.second.set(now);
        }
        beat::tick();
        (Timestamp::from_ms(now), new_second)
    }

    /// The seconds that this clock's days are made of, as they really go by.
    pub(super) fn real_seconds_at(self, now: Timestamp) -> i64 {
        now.as_ms() / (1000 * self.pace())
    }

    /// Whether something that ticks draw shows tenths: then there are as many ticks.
    pub(crate) fn show_tenths(self, shows: bool) {
        self.shows_tenths.set(shows);
    }

    /// How long until the next real second begins, or its next tenth where those are shown, ms; no longer than until
    /// `awaited`, if that is to come.
    pub(super) fn until_next_tick_ms(self, awaited: Option<Timestamp>) -> i32 {
        let tick_ms = self.pace() * if self.shows_tenths.get() { TENTH_MS } else { TICK_MS };
        let now = self.now();
        let until_tick = tick_ms - now.as_ms().rem_euclid(tick_ms);
        let until_awaited = awaited.map(|at| at.ms_since(now)).filter(|until| *until > 0);
        (until_awaited.map_or(until_tick, |until| until.min(until_tick)) / self.pace()) as i32
            + i32::from(self.pace() > 1)
    }
}

fn anchor_of(time: ServerTime, sent_ms: f64, received_ms: f64) -> Anchor {
    Anchor::of(time.server_time.as_ms() as f64, sent_ms, received_ms, f64::from(time.pace.unwrap_or(1)))
}

fn local_difference() -> f64 {
    timer::wall_ms() - timer::monotonic_ms()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_back_end_read_its_clock_in_the_middle_of_the_round_trip() {
        let anchor = Anchor::of(1_000_000.0, 400.0, 600.0, 1.0);
        assert_eq!(anchor.at(500.0), 1_000_000);
        assert_eq!(anchor.at(1500.0), 1_001_000);
        assert!((anchor.error_ms - 100.0).abs() < f64::EPSILON);
    }

    #[test]
    fn in_a_rehearsal_sixty_seconds_go_by_in_one() {
        let anchor = Anchor::of(1_000_000.0, 400.0, 600.0, 60.0);
        assert_eq!(anchor.at(500.0), 1_000_000);
        assert_eq!(anchor.at(1500.0), 1_060_000);
        assert!((anchor.error_ms - 6000.0).abs() < f64::EPSILON, "a round trip is as much worse");
    }

    #[test]
    fn the_shorter_round_trip_is_believed() {
        let slow = Anchor::of(1_000_000.0, 0.0, 900.0, 1.0);
        let quick = Anchor::of(1_005_030.0, 5000.0, 5060.0, 1.0);
        assert_eq!(slow.better(quick), quick);
        assert_eq!(quick.better(slow), quick);
    }

    #[test]
    fn no_round_trip_can_put_the_clock_wrong_by_more_than_its_half() {
        for read_at in [100.0, 250.0, 399.0] {
            let truth = 5_000_000.0;
            let anchor = Anchor::of(truth + read_at, 100.0, 400.0, 1.0);
            assert!((anchor.base_ms - truth).abs() <= anchor.error_ms);
        }
    }
}
