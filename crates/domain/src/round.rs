//! A round's phases, its pool, and what becomes of both at the bell.

use serde::{Deserialize, Serialize};

use crate::campaign::{DrawAt, Prize, RoundSettings};
use crate::ids::{PrizeId, RoundId};
use crate::schedule::RoundSlot;
use crate::time::Timestamp;

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundPhase {
    /// It has not begun.
    Scheduled,
    /// It can be entered.
    Open,
    /// The bell has rung; the draw is not public yet.
    Sealed,
    /// Its draw has happened.
    Drawn,
    /// The target was missed: pool and entries went on into the next round.
    RolledOver,
}

impl RoundPhase {
    /// The phase's word, for attributes and style sheets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Open => "open",
            Self::Sealed => "sealed",
            Self::Drawn => "drawn",
            Self::RolledOver => "rolled_over",
        }
    }
}

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundEnding {
    /// With its draw.
    Drawn,
    /// By rolling over.
    RolledOver,
}

/// Where a round stands at `now`, given how it ended, if it did.
pub fn phase_at(slot: &RoundSlot, ending: Option<RoundEnding>, now: Timestamp) -> RoundPhase {
    match ending {
        Some(RoundEnding::Drawn) => RoundPhase::Drawn,
        Some(RoundEnding::RolledOver) => RoundPhase::RolledOver,
        None if now < slot.opens_at => RoundPhase::Scheduled,
        None if now < slot.closes_at => RoundPhase::Open,
        None => RoundPhase::Sealed,
    }
}

/// Whether a round that has not ended must end at `now`, and how.
///
/// `participant_count` counts the round's own entries: those carried in stay eligible, but the target is
/// the round's own to meet.
pub fn ending_due(
    settings: &RoundSettings,
    slot: &RoundSlot,
    participant_count: u32,
    now: Timestamp,
) -> Option<RoundEnding> {
    let target_met = participant_count >= settings.target;
    if now >= slot.closes_at {
        let draws = target_met || settings.schedule.is_last(slot.id);
        return Some(if draws { RoundEnding::Drawn } else { RoundEnding::RolledOver });
    }
    let early = settings.draw_at == DrawAt::Target && target_met && now >= slot.opens_at;
    early.then_some(RoundEnding::Drawn)
}

/// Some of one prize.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrizeLot {
    /// Which prize.
    pub prize_id: PrizeId,
    /// How many.
    pub count: u32,
}

/// What a round pays, in the order in which a draw gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrizePool(pub Vec<PrizeLot>);

impl PrizePool {
    /// These prizes, in their order.
    pub fn of(prizes: &[Prize]) -> Self {
        let lots = prizes.iter().map(|prize| PrizeLot { prize_id: prize.id.clone(), count: prize.count });
        Self(lots.collect())
    }

    /// This pool with another one added: prizes of a kind are counted together, the order stays.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for lot in &other.0 {
            match self.0.iter_mut().find(|mine| mine.prize_id == lot.prize_id) {
                Some(mine) => mine.count += lot.count,
                None => self.0.push(lot.clone()),
            }
        }
        self
    }

    /// How many prizes there are.
    pub fn prize_count(&self) -> u32 {
        self.0.iter().map(|lot| lot.count).sum()
    }
}

/// A round's line in the public ledger: carried in + added = pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundAccount {
    /// Which round.
    pub round_id: RoundId,
    /// What the rounds before left in the pool.
    pub carried_in: PrizePool,
    /// What this round brought.
    pub added: PrizePool,
    /// How many participants entered this very round.
    pub participant_count: u32,
    /// How it ended, if it did.
    pub ending: Option<RoundEnding>,
}

impl RoundAccount {
    /// The account of a round that opens with `carried_in`.
    pub fn open(round_id: RoundId, carried_in: PrizePool, added: PrizePool) -> Self {
        Self { round_id, carried_in, added, participant_count: 0, ending: None }
    }

    /// What a draw of this round pays.
    pub fn pool(&self) -> PrizePool {
        self.carried_in.clone().plus(&self.added)
    }

    /// What the next round carries in: everything if this one rolled over, nothing if it drew.
    pub fn carried_out(&self) -> PrizePool {
        match self.ending {
            Some(RoundEnding::RolledOver) => self.pool(),
            _ => PrizePool::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Participation;
    use crate::schedule::RoundSchedule;
    use proptest::prelude::*;

    fn settings(target: u32, draw_at: DrawAt) -> RoundSettings {
        RoundSettings {
            schedule: RoundSchedule {
                starts_at: Timestamp::from_ms(0),
                first_at_ms: 0,
                length_ms: 1000,
                gap_ms: 0,
                per_day: 3,
                on_days: vec![1],
            },
            target,
            participation: Participation::Join,
            draw_at,
            reserve_count: 0,
            prizes: Vec::new(),
        }
    }

    fn due(settings: &RoundSettings, round: u32, participant_count: u32, now: i64) -> Option<RoundEnding> {
        let slot = settings.schedule.slot(RoundId(round)).expect("three rounds");
        ending_due(settings, &slot, participant_count, Timestamp::from_ms(now))
    }

    #[test]
    fn a_round_below_its_target_rolls_over_at_the_bell() {
        let settings = settings(2, DrawAt::Bell);
        assert_eq!(due(&settings, 1, 1, 999), None);
        assert_eq!(due(&settings, 1, 1, 1000), Some(RoundEnding::RolledOver));
        assert_eq!(due(&settings, 1, 2, 1000), Some(RoundEnding::Drawn));
    }

    #[test]
    fn the_last_round_always_draws() {
        assert_eq!(due(&settings(2, DrawAt::Bell), 3, 0, 3000), Some(RoundEnding::Drawn));
    }

    #[test]
    fn a_round_that_draws_at_its_target_does_not_wait_for_the_bell() {
        assert_eq!(due(&settings(2, DrawAt::Target), 1, 2, 500), Some(RoundEnding::Drawn));
        assert_eq!(due(&settings(2, DrawAt::Bell), 1, 2, 500), None);
    }

    fn pool() -> impl Strategy<Value = PrizePool> {
        let lot = (0u8..4, 1u32..9)
            .prop_map(|(kind, count)| PrizeLot { prize_id: format!("p{kind}").parse().expect("a slug"), count });
        prop::collection::vec(lot, 0..4).prop_map(|lots| PrizePool::default().plus(&PrizePool(lots)))
    }

    proptest! {
        #[test]
        fn prizes_are_conserved_over_any_run_of_rounds(
            rounds in prop::collection::vec((pool(), any::<bool>()), 1..20),
        ) {
            let (mut carried, mut paid, mut added) = (PrizePool::default(), 0, 0);
            for (number, (brought, draws)) in rounds.into_iter().enumerate() {
                added += brought.prize_count();
                let mut account = RoundAccount::open(RoundId(number as u32 + 1), carried, brought);
                account.ending = Some(if draws { RoundEnding::Drawn } else { RoundEnding::RolledOver });
                if draws {
                    paid += account.pool().prize_count();
                }
                carried = account.carried_out();
            }
            prop_assert_eq!(paid + carried.prize_count(), added);
        }
    }
}
