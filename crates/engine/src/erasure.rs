//! Erasing a participant, for good.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::Erased;
use carnival_domain::award::AwardState;
use carnival_domain::ids::ParticipantId;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{AwardRow, Ledger};
use crate::once::Write;

impl Engine {
    /// Erases a participant. What they had and others may have goes on: a prize that is not on its way yet goes to the next
    /// reserve at once, on the public log. Coupons end. What is on the public record stays, and is nobody's: entries in the lists
    /// of draws, the sums of votes; so every proof and every receipt still verifies. Consents go as well: a yes that names nobody
    /// proves nothing.
    ///
    /// It is repeated by what was done and not by its key, which is forgotten with everything else.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn erase<L: Ledger>(&self, ledger: &mut L, write: &Write) -> Result<Erased, Failure<L::Error>> {
        if let Some(erased_at) = ledger.erased_at(write.who)? {
            return Ok(Erased { erased_at });
        }
        let who = ledger.acting(write.who)?;
        let is_open = |row: &AwardRow| matches!(row.award.state, AwardState::Promised | AwardState::Claimed);
        let mut given_up: Vec<_> = ledger.awards_of(who)?.into_iter().filter(is_open).collect();
        given_up.reverse();
        for row in &mut given_up {
            row.award = row.award.now_is(AwardState::Lapsed, write.now);
            ledger.put_award(row)?;
        }
        // First, so that no prize goes to another entry of theirs.
        ledger.erase(who, write.now)?;
        for row in &given_up {
            self.promise_to_next(ledger, row, write.now)?;
        }
        Ok(Erased { erased_at: write.now })
    }

    /// Refuses whoever has erased themselves.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn is_there<L: Ledger>(&self, ledger: &L, who: ParticipantId) -> Result<(), Failure<L::Error>> {
        match ledger.erased_at(who)? {
            None => Ok(()),
            Some(_) => Err(Failure::refused(ErrorCode::ParticipantErased)),
        }
    }
}
