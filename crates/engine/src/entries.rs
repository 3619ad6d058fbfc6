//! Entering a round.

use carnival_contract::replies::{EntryAccepted, EntryReceipt};
use carnival_domain::entry::{AwaitedAct, enter_round};
use carnival_domain::ids::{EntryId, ParticipantId, RoundId};
use carnival_domain::round::{RoundPhase, phase_at};
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{EntryRow, Ledger, RoundRow};
use crate::once::{Write, once};

impl Engine {
    /// Enters a round, under a fresh random pseudonym. Whoever is in already gets the same receipt again. Where the tap is
    /// not enough, the entry waits.
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
            let schedule = &self.campaign.rounds.schedule;
            let clock = self.round_clock(ledger)?;
            let slot = schedule.slot(round).map(|slot| clock.slot(slot));
            let now = clock.standing(write.now);
            let ending = row.as_ref().and_then(|row| row.account.ending);
            let phase = match (&slot, &row) {
                // Opened in the timetable, but without a row: its time went by before the back end began.
                (Some(slot), None) if slot.closes_at <= now => RoundPhase::Sealed,
                (Some(slot), _) => phase_at(slot, ending, now),
                (None, _) => RoundPhase::Scheduled,
            };
            let after = slot.as_ref().map_or(now, |slot| slot.closes_at.max(now));
            let next = schedule.current_or_next(clock.reading(after));
            let next_opens_at = next.map(|next| clock.instant(next.opens_at));
            let is_paused = clock.paused().is_some();
            enter_round(slot.as_ref(), phase, is_paused, next_opens_at).map_err(Failure::refused)?;
            // An open round always has its row: `settle` ran before this command.
            let row = row.ok_or_else(|| Failure::refused(carnival_contract::error_code::ErrorCode::UnknownRound))?;
            let entry = EntryRow {
                participant_id: write.who,
                round_id: round,
                draw_id: row.draw_id.clone(),
                entry_id: EntryId(random),
                accepted_at: write.now,
                is_waiting: self.campaign.rounds.participation.awaits().is_some(),
            };
            ledger.add_entry(&entry)?;
            Ok(self.accepted(&row, &entry, u32::from(!entry.is_waiting)))
        })
    }

    /// Lets a participant's entry in the open round count, if it waited for this. Also during a pause: what was entered
    /// before is not lost, and nobody can make a friend come twice.
    pub(crate) fn count_waiting<L: Ledger>(
        &self,
        ledger: &mut L,
        who: ParticipantId,
        done: AwaitedAct,
        now: Timestamp,
    ) -> Result<Option<EntryReceipt>, L::Error> {
        if self.campaign.rounds.participation.awaits() != Some(done) {
            return Ok(None);
        }
        // The round that is open is the latest: `settle` ran before this command.
        let Some(round) = ledger.latest_round()?.filter(|round| round.account.ending.is_none()) else {
            return Ok(None);
        };
        let waiting = ledger.entry(who, round.account.round_id)?.filter(|entry| entry.is_waiting);
        let Some(waiting) = waiting else { return Ok(None) };
        ledger.count_entry(&waiting, now)?;
        Ok(Some(self.receipt(&EntryRow { accepted_at: now, is_waiting: false, ..waiting })))
    }

    fn accepted(&self, row: &RoundRow, entry: &EntryRow, added: u32) -> EntryAccepted {
        EntryAccepted { receipt: self.receipt(entry), participant_count: row.account.participant_count + added }
    }

    /// An entry's receipt. Ed25519 signatures of the same message are the same, so it need not be kept.
    pub(crate) fn receipt(&self, entry: &EntryRow) -> EntryReceipt {
        // Only what is in the draw is signed for.
        let signature =
            if entry.is_waiting { None } else { self.sign(&entry.draw_id, entry.entry_id, entry.accepted_at) };
        EntryReceipt {
            round_id: entry.round_id,
            draw_id: entry.draw_id.clone(),
            entry_id: entry.entry_id,
            accepted_at: entry.accepted_at,
            signature,
            waits_for: self.campaign.rounds.participation.awaits().filter(|_| entry.is_waiting),
        }
    }
}
