//! When rounds run. Pure arithmetic: any round's times follow from its number.

use serde::{Deserialize, Serialize};

use crate::ids::RoundId;
use crate::time::{DAY_MS, Timestamp};

/// The carnival's own round: 6 minutes 18 seconds.
pub const CARNIVAL_ROUND_MS: i64 = 378_000;

/// The timetable of a campaign's rounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundSchedule {
    /// Midnight of the campaign's first day.
    pub starts_at: Timestamp,
    /// How long after midnight the first round of a day opens, ms.
    pub first_at_ms: i64,
    /// How long a round is open, ms; 378,000 is the carnival's 6:18.
    pub length_ms: i64,
    /// Pause between a round's end and the next one's start, ms.
    pub gap_ms: i64,
    /// Rounds a day.
    pub per_day: u32,
    /// On which days of the campaign there are rounds, counted from 1, ascending.
    pub on_days: Vec<u32>,
}

/// One round's place in the timetable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundSlot {
    /// Which round.
    pub id: RoundId,
    /// From when on it can be entered.
    pub opens_at: Timestamp,
    /// The bell: from here on it cannot be entered.
    pub closes_at: Timestamp,
}

impl RoundSchedule {
    /// How many rounds there are in the whole campaign.
    pub fn round_count(&self) -> u32 {
        self.on_days.len() as u32 * self.per_day
    }

    /// The place of a round, if the campaign has it.
    pub fn slot(&self, id: RoundId) -> Option<RoundSlot> {
        let index = id.0.checked_sub(1)?;
        let day = *self.on_days.get((index / self.per_day) as usize)?;
        let opens_at = self.starts_at.plus_ms(
            i64::from(day - 1) * DAY_MS
                + self.first_at_ms
                + i64::from(index % self.per_day) * (self.length_ms + self.gap_ms),
        );
        Some(RoundSlot { id, opens_at, closes_at: opens_at.plus_ms(self.length_ms) })
    }

    /// Whether this is the campaign's last round, which always draws.
    pub fn is_last(&self, id: RoundId) -> bool {
        id.0 == self.round_count()
    }

    /// The first round whose bell comes after `now`: the one that is open, or else the next to open.
    pub fn current_or_next(&self, now: Timestamp) -> Option<RoundSlot> {
        let (mut low, mut high) = (1, self.round_count() + 1);
        while low < high {
            let middle = low.midpoint(high);
            if self.slot(RoundId(middle)).is_some_and(|slot| slot.closes_at > now) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        self.slot(RoundId(low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn schedule(per_day: u32, gap_ms: i64, on_days: Vec<u32>) -> RoundSchedule {
        RoundSchedule {
            starts_at: Timestamp::from_ms(1_000_000),
            first_at_ms: 5_000,
            length_ms: 378_000,
            gap_ms,
            per_day,
            on_days,
        }
    }

    #[test]
    fn days_without_rounds_are_passed_over() {
        let schedule = schedule(2, 0, vec![1, 3]);
        let third = schedule.slot(RoundId(3)).expect("four rounds");
        assert_eq!(third.opens_at, Timestamp::from_ms(1_005_000 + 2 * DAY_MS));
        assert!(schedule.is_last(RoundId(4)));
        assert_eq!(schedule.slot(RoundId(5)), None);
        assert_eq!(schedule.slot(RoundId(0)), None);
    }

    #[test]
    fn at_the_bell_the_next_round_is_the_current_one() {
        let schedule = schedule(2, 0, vec![1]);
        let bell = schedule.slot(RoundId(1)).expect("first").closes_at;
        let at = |now| schedule.current_or_next(now).map(|slot| slot.id.0);
        assert_eq!(at(bell.plus_ms(-1)), Some(1));
        assert_eq!(at(bell), Some(2));
        assert_eq!(at(bell.plus_ms(378_000)), None);
    }

    proptest! {
        #[test]
        fn a_round_found_by_time_is_the_first_that_has_not_ended(
            per_day in 1u32..200, gap_ms in 0i64..50_000, day_count in 1u32..20, at in 0i64..3_000_000_000,
        ) {
            let schedule = schedule(per_day, gap_ms, (1..=day_count).collect());
            let now = Timestamp::from_ms(at);
            let expected = (1..=schedule.round_count())
                .filter_map(|n| schedule.slot(RoundId(n)))
                .find(|slot| slot.closes_at > now);
            prop_assert_eq!(schedule.current_or_next(now), expected);
        }
    }
}
