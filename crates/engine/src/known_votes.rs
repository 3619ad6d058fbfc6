//! What a vote comes to when the participant's votes are known beforehand, and the ledger is not needed for it.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_contract::replies::VoteCounted;
use carnival_domain::ids::{ParticipantId, StarId};
use carnival_domain::time::{Day, Timestamp};

use crate::Engine;
use crate::ledger::{CastRow, KeyMark};
use crate::votes::{REPEATED_DAYS, Repeated, repeated};

/// All votes of a participant of some days in a row, as a command left them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownVotes {
    /// Whose: who acts, whatever id they asked under.
    pub who: ParticipantId,
    /// The first of the days; the same as the last, or the first on which a repetition is recognised.
    pub first: Day,
    /// The last of the days.
    pub day: Day,
    /// The votes, in any order; of some it is known what was told of them.
    pub cast: Vec<CastRow>,
}

/// What is answered to a vote that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recalled {
    /// It was cast before: what was told then.
    Again(VoteCounted),
    /// It is refused.
    Refused {
        /// Why.
        problem: Problem,
        /// In whose audit it counts, if in any.
        counts_on: Option<Day>,
    },
}

impl Engine {
    /// Whether anything can be answered by known votes. Where friends earn votes, each visit may have changed what is left.
    pub fn recalls_votes(&self) -> bool {
        self.campaign.friends_earn().is_none()
    }

    /// What [`cast_vote`](Self::cast_vote) answers to whoever these votes are known of, as long as they are all; none if it takes the
    /// ledger to say so. It never is for a vote that counts. `may_know` is the ledger's own [`may_know`](crate::Ledger::may_know).
    pub fn recall_vote(
        &self,
        known: &KnownVotes,
        key: KeyMark,
        star: &StarId,
        now: Timestamp,
        may_know: impl FnOnce() -> bool,
    ) -> Option<Recalled> {
        let day = self.campaign.day_at(now);
        if !self.recalls_votes() || day < known.day {
            return None;
        }
        // Of a later day all are known as well, and some of them are too old.
        let first = Day(day.0 - REPEATED_DAYS);
        let cast = || known.cast.iter().filter(|row| row.vote.day >= first);
        let are_all = known.first <= first;
        match repeated(cast(), key, star) {
            Some(Repeated::Vote(row)) => {
                // A place in a draw has a signature, which is in the ledger's hands.
                let told = row.told.filter(|_| self.campaign.fans_draw.is_none())?;
                return Some(Recalled::Again(Self::told_again(row, told, cast(), None, None)));
            }
            Some(Repeated::KeyOnly) if are_all => {
                return Some(Recalled::Refused { problem: ErrorCode::IdempotencyKeyReused.into(), counts_on: None });
            }
            Some(Repeated::KeyOnly) => return None,
            None => {}
        }
        // It may be the key of one from before those that are known; or of one of these, whose answer was kept beside it.
        if (!are_all || cast().any(|row: &CastRow| row.key.is_none())) && may_know() {
            return None;
        }
        let refused = self.judge(star, &Self::used(day, cast(), None), day, now).err()?;
        let counts_on = Some(day).filter(|day| self.is_audited(*day));
        Some(Recalled::Refused { problem: refused.into(), counts_on })
    }
}
