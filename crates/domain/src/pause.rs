//! Pausing the rounds: their clock stands still, so nobody loses time, and all later rounds come as much later.
//!
//! While it stands, no bell rings and **nobody can enter**. Who stops the rounds has a reason to: a wrong prize, a
//! fraud, a fault. An entry made in that time would be one of which the operator has just said that something is wrong,
//! and it could meet a target that draws at once. Nobody is worse off for it: the time that is left to enter is the same
//! for everybody once the rounds go on. What was entered before stays entered, and votes and coupons go on as ever. So does
//! the time in which a prize is to be claimed: it is the winner's, not the round's.

use serde::{Deserialize, Serialize};

use crate::schedule::RoundSlot;
use crate::time::Timestamp;

/// The longest note, in characters: two lines on a phone.
pub const NOTE_MAX: usize = 120;

/// A time in which the rounds stood still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub from: Timestamp,
    /// Until when; none while it lasts.
    pub until: Option<Timestamp>,
    /// Why, in the operator's words, for everybody to read.
    pub note: String,
}

/// The rounds' own clock: the timetable goes by it, and it stands in every pause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundClock(Vec<Pause>);

impl RoundClock {
    /// The clock after these pauses, in the order in which they were; only the last may be going on.
    pub fn new(pauses: Vec<Pause>) -> Self {
        Self(pauses)
    }

    /// The pause that is going on.
    pub fn paused(&self) -> Option<&Pause> {
        self.0.last().filter(|pause| pause.until.is_none())
    }

    /// `now`, or the instant at which the clock came to stand.
    pub fn standing(&self, now: Timestamp) -> Timestamp {
        self.paused().map_or(now, |pause| now.min(pause.from))
    }

    /// What the clock shows at `now`: the instant of the timetable.
    pub fn reading(&self, now: Timestamp) -> Timestamp {
        let stood: i64 = self
            .0
            .iter()
            .filter(|pause| pause.from < now)
            .map(|pause| pause.until.unwrap_or(now).min(now).ms_since(pause.from))
            .sum();
        now.plus_ms(-stood)
    }

    /// When the clock shows an instant of the timetable; for one that a pause stands before, as if it ended this moment.
    pub fn instant(&self, on_timetable: Timestamp) -> Timestamp {
        let mut at = on_timetable;
        for pause in &self.0 {
            // What was due when a pause began had its moment: a bell rings before the operator is heard.
            if pause.from >= at {
                break;
            }
            at = at.plus_ms(pause.until.map_or(0, |until| until.ms_since(pause.from)));
        }
        at
    }

    /// A round's place in real time.
    pub fn slot(&self, on_timetable: RoundSlot) -> RoundSlot {
        RoundSlot {
            id: on_timetable.id,
            opens_at: self.instant(on_timetable.opens_at),
            closes_at: self.instant(on_timetable.closes_at),
        }
    }

    /// The pauses within a round.
    pub fn pauses_in(&self, slot: &RoundSlot) -> impl Iterator<Item = &Pause> {
        let (from, to) = (slot.opens_at, slot.closes_at);
        self.0.iter().filter(move |pause| pause.from < to && pause.until.is_none_or(|until| until > from))
    }
}

/// A note that can be shown: something is said, on one line, and not too much.
pub fn checked_note(note: &str) -> Option<String> {
    let note = note.trim();
    let fits = !note.is_empty() && note.chars().count() <= NOTE_MAX && !note.chars().any(char::is_control);
    fits.then(|| note.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn pause(from: i64, until: Option<i64>) -> Pause {
        Pause { from: at(from), until: until.map(at), note: "a fault".to_owned() }
    }

    #[test]
    fn the_clock_stands_while_a_pause_lasts_and_all_that_follows_is_later_by_it() {
        let lasting = RoundClock::new(vec![pause(100, None)]);
        assert_eq!((lasting.standing(at(90)), lasting.standing(at(150))), (at(90), at(100)));
        assert_eq!(lasting.reading(at(150)), at(100));
        assert_eq!(lasting.instant(at(160)), at(160), "as if it ended now");
        let over = RoundClock::new(vec![pause(100, Some(130))]);
        assert_eq!(over.paused(), None);
        assert_eq!(over.instant(at(160)), at(190));
        assert_eq!(over.reading(at(190)), at(160));
    }

    #[test]
    fn a_bell_at_the_very_moment_of_a_pause_has_rung() {
        let clock = RoundClock::new(vec![pause(100, Some(130))]);
        assert_eq!(clock.instant(at(100)), at(100));
        assert_eq!(clock.instant(at(101)), at(131));
    }

    #[test]
    fn a_note_says_something_on_one_line() {
        assert_eq!(checked_note("  设备检修 ").as_deref(), Some("设备检修"));
        for bad in ["", "  ", "two\nlines", &"长".repeat(NOTE_MAX + 1)] {
            assert_eq!(checked_note(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_timetable_comes_back_from_real_time(
            spans in prop::collection::vec((1i64..500, 0i64..500), 0..6), lasts: bool, moment in 0i64..4000,
        ) {
            let mut now = 0;
            let mut pauses: Vec<_> = spans.iter().map(|(gap, length)| {
                let from = now + gap;
                now = from + length;
                pause(from, Some(now))
            }).collect();
            if lasts && let Some(last) = pauses.last_mut() {
                last.until = None;
            }
            let clock = RoundClock::new(pauses);
            let shown = clock.reading(at(moment));
            prop_assert!(clock.instant(shown) <= at(moment), "what is shown now is not yet to come");
            prop_assert!(shown <= at(moment));
            prop_assert!(clock.reading(at(moment + 1)) >= shown, "it never runs backwards");
            if clock.paused().is_none() {
                prop_assert_eq!(clock.reading(clock.instant(at(moment))), at(moment), "nothing is early or late");
            }
        }
    }
}
