//! What becomes of a prize after its draw: whom it is promised to, until when they may claim it, and who is next.
//!
//! Everything that happens to a draw's prizes is a public log of [`Award`]s. With the draw's proof it says who has what,
//! and why: winners and reserves are the proof's, and a reserve comes up only in the order in which the proof names them.
//!
//! A prize that is not claimed, and for which no reserve is left, **lapses**: it stays with the organiser, and everybody
//! can see that it does. It does not go into a later pool, for what a pool pays is published before the first entry into it,
//! and the time to claim may end after the last round.

use serde::{Deserialize, Serialize};

use crate::ids::{EntryId, PrizeId, RoundId, StarId};
use crate::time::Timestamp;

/// What a prize was drawn for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Occasion {
    /// A round: at its bell.
    #[serde(rename = "round_id")]
    Round(RoundId),
    /// A star: among its fans, at the end.
    #[serde(rename = "star_id")]
    Star(StarId),
}

/// How a prize gets to who won it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PrizeKind {
    /// It is sent: the winner says where to.
    Thing {
        /// How long they have for that, ms.
        claim_within_ms: i64,
    },
    /// It is a code, given with the result.
    Coupon {
        /// How long the code can be used, ms.
        valid_for_ms: i64,
    },
}

/// How it stands between a prize and an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardState {
    /// It is theirs, if they claim it in time.
    Promised,
    /// They said where it goes.
    Claimed,
    /// It is on its way.
    Dispatched,
    /// It was a coupon, and is theirs.
    Given,
    /// They did not claim it in time, or gave it up.
    Lapsed,
    /// It was their turn as a reserve, but the same person was asked in this draw before, or had given everything up.
    PassedOver,
}

impl AwardState {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Promised, Self::Claimed, Self::Dispatched, Self::Given, Self::Lapsed, Self::PassedOver];

    /// The state's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Promised => "promised",
            Self::Claimed => "claimed",
            Self::Dispatched => "dispatched",
            Self::Given => "given",
            Self::Lapsed => "lapsed",
            Self::PassedOver => "passed_over",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// A line of a draw's log: a prize, an entry, and how it stands between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// Which of the draw's prizes: its place in the order in which they are given, from 1.
    pub place: u32,
    /// What it is.
    pub prize_id: PrizeId,
    /// Whose turn it is or was.
    pub entry_id: EntryId,
    /// Which reserve of the proof, from 1; none for a winner.
    pub reserve: Option<u32>,
    /// Since when.
    pub promised_at: Timestamp,
    /// Until when it can be claimed; none where there is nothing to claim.
    pub claim_by: Option<Timestamp>,
    /// How it stands.
    pub state: AwardState,
    /// Since when it stands so.
    pub changed_at: Timestamp,
}

impl Award {
    /// Promises a prize; a coupon is given at once.
    pub fn promise(
        kind: PrizeKind,
        place: u32,
        prize_id: PrizeId,
        entry_id: EntryId,
        reserve: Option<u32>,
        now: Timestamp,
    ) -> Self {
        let (state, claim_by) = match kind {
            PrizeKind::Thing { claim_within_ms } => (AwardState::Promised, Some(now.plus_ms(claim_within_ms))),
            PrizeKind::Coupon { .. } => (AwardState::Given, None),
        };
        Self { place, prize_id, entry_id, reserve, promised_at: now, claim_by, state, changed_at: now }
    }

    /// Whether the prize is this entry's, or may still become so.
    pub fn holds(&self) -> bool {
        !matches!(self.state, AwardState::Lapsed | AwardState::PassedOver)
    }

    /// Whether the time to claim it is over.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.state == AwardState::Promised && self.claim_by.is_some_and(|by| by <= now)
    }

    /// The same, in another state from `now` on.
    #[must_use]
    pub fn now_is(&self, state: AwardState, now: Timestamp) -> Self {
        Self { state, changed_at: now, ..self.clone() }
    }
}

/// The reserves whose turn has not come in a draw, each with which one it is, from 1.
pub fn reserves_left<'r>(reserves: &'r [EntryId], log: &[Award]) -> impl Iterator<Item = (u32, EntryId)> + use<'r> {
    let last = log.iter().filter_map(|award| award.reserve).max().unwrap_or(0);
    (1..).zip(reserves.iter().copied()).skip(last as usize)
}

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimRefused {
    /// It is a coupon.
    NothingToSend,
    /// The time to claim it is over, and it is another's or nobody's now.
    Lapsed {
        /// When it ended.
        claim_by: Option<Timestamp>,
    },
    /// It is on its way to the address that was given.
    Dispatched,
}

/// Decides whether an address can be given for a prize, or another in its place: until the prize is sent, as long as it was
/// claimed in time.
///
/// # Errors
/// Why not.
pub fn claim_prize(award: &Award, now: Timestamp) -> Result<Award, ClaimRefused> {
    match award.state {
        AwardState::Promised if award.is_due(now) => Err(ClaimRefused::Lapsed { claim_by: award.claim_by }),
        AwardState::Promised => Ok(award.now_is(AwardState::Claimed, now)),
        AwardState::Claimed => Ok(award.clone()),
        AwardState::Dispatched => Err(ClaimRefused::Dispatched),
        AwardState::Given => Err(ClaimRefused::NothingToSend),
        AwardState::Lapsed | AwardState::PassedOver => Err(ClaimRefused::Lapsed { claim_by: award.claim_by }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THING: PrizeKind = PrizeKind::Thing { claim_within_ms: 100 };

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn award(kind: PrizeKind, reserve: Option<u32>) -> Award {
        Award::promise(kind, 1, "phone".parse().expect("a slug"), EntryId([1; 16]), reserve, at(1000))
    }

    #[test]
    fn a_thing_waits_for_its_winner_and_a_coupon_does_not() {
        let thing = award(THING, None);
        assert_eq!((thing.state, thing.claim_by), (AwardState::Promised, Some(at(1100))));
        assert_eq!((thing.is_due(at(1099)), thing.is_due(at(1100))), (false, true));
        let coupon = award(PrizeKind::Coupon { valid_for_ms: 5 }, None);
        assert_eq!((coupon.state, coupon.claim_by), (AwardState::Given, None));
        assert_eq!(claim_prize(&coupon, at(1000)), Err(ClaimRefused::NothingToSend));
    }

    #[test]
    fn an_address_can_be_given_in_time_and_changed_until_the_prize_is_sent() {
        let claimed = claim_prize(&award(THING, None), at(1099)).expect("in time");
        assert_eq!((claimed.state, claimed.changed_at), (AwardState::Claimed, at(1099)));
        assert_eq!(claim_prize(&claimed, at(5000)), Ok(claimed.clone()), "another address, the same claim");
        let sent = claimed.now_is(AwardState::Dispatched, at(6000));
        assert_eq!(claim_prize(&sent, at(6001)), Err(ClaimRefused::Dispatched));
        let late = claim_prize(&award(THING, None), at(1100));
        assert_eq!(late, Err(ClaimRefused::Lapsed { claim_by: Some(at(1100)) }));
    }

    #[test]
    fn reserves_come_up_in_the_order_of_the_proof_and_each_once() {
        let reserves = [EntryId([7; 16]), EntryId([8; 16]), EntryId([9; 16])];
        let left = |log: &[Award]| reserves_left(&reserves, log).map(|(rank, _)| rank).collect::<Vec<_>>();
        assert_eq!(left(&[]), [1, 2, 3]);
        assert_eq!(left(&[award(THING, None), award(THING, Some(2))]), [3]);
        assert_eq!(left(&[award(THING, Some(3))]), [] as [u32; 0]);
    }

    #[test]
    fn every_state_has_a_word_of_its_own() {
        for state in AwardState::ALL {
            assert_eq!(AwardState::parse(state.as_str()), Some(state));
            assert_eq!(serde_json::to_value(state).expect("a word"), state.as_str());
        }
    }
}
