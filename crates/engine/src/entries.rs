//! Entering a round.

use carnival_contract::replies::{EntryAccepted, EntryReceipt, receipt_message};
use carnival_domain::entry::enter_round;
use carnival_domain::ids::{EntryId, RoundId};
use carnival_domain::round::{RoundPhase, phase_at};

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{EntryRow, Ledger, RoundRow};
use crate::once::{Write, once};

impl Engine {
    /// Enters a round, under a fresh random pseudonym. Whoever is in already gets the same receipt again.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn enter_round<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        round: RoundId,
        random: [u8; 16],
    ) -> Result<EntryAccepted, Failure<L::Error>> {
        once(ledger, write, format!("enter {round}"), |ledger, write| {
            let row = ledger.round(round)?;
            if let (Some(row), Some(entry)) = (&row, ledger.entry(write.who, round)?) {
                return Ok(self.accepted(row, &entry, 0));
            }
            let slot = self.campaign.rounds.schedule.slot(round);
            let ending = row.as_ref().and_then(|row| row.account.ending);
            let phase = match (&slot, &row) {
                // Opened in the timetable, but without a row: its time went by before the back end began.
                (Some(slot), None) if slot.closes_at <= write.now => RoundPhase::Sealed,
                (Some(slot), _) => phase_at(slot, ending, write.now),
                (None, _) => RoundPhase::Scheduled,
            };
            let after = slot.as_ref().map_or(write.now, |slot| slot.closes_at.max(write.now));
            let next = self.campaign.rounds.schedule.current_or_next(after);
            let next_opens_at = next.map(|next| next.opens_at);
            enter_round(slot.as_ref(), phase, next_opens_at).map_err(Failure::refused)?;
            // An open round always has its row: `settle` ran before this command.
            let row = row.ok_or_else(|| Failure::refused(carnival_contract::error_code::ErrorCode::UnknownRound))?;
            let entry = EntryRow {
                participant_id: write.who,
                round_id: round,
                draw_id: row.draw_id.clone(),
                entry_id: EntryId(random),
                accepted_at: write.now,
            };
            ledger.add_entry(&entry)?;
            Ok(self.accepted(&row, &entry, 1))
        })
    }

    fn accepted(&self, row: &RoundRow, entry: &EntryRow, added: u32) -> EntryAccepted {
        EntryAccepted { receipt: self.receipt(entry), participant_count: row.account.participant_count + added }
    }

    /// An entry's receipt. Ed25519 signatures of the same message are the same, so it need not be kept.
    pub(crate) fn receipt(&self, entry: &EntryRow) -> EntryReceipt {
        let message = receipt_message(&entry.draw_id, entry.entry_id, entry.accepted_at);
        EntryReceipt {
            round_id: entry.round_id,
            draw_id: entry.draw_id.clone(),
            entry_id: entry.entry_id,
            accepted_at: entry.accepted_at,
            signature: self.sign_receipt.as_ref().map(|sign| sign(&message)),
        }
    }
}
