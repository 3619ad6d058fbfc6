//! What the public can look up: the ledger of rounds, the proofs of draws.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::paths;
use carnival_contract::problem::Problem;
use carnival_contract::replies::{ReceiptProof, RoundRecord, RoundsPage};
use carnival_domain::coupon::CouponOffer;
use carnival_domain::draw::merkle;
use carnival_domain::draw::proof::{DrawProof, INLINE_ENTRIES_MAX};
use carnival_domain::ids::{DrawId, EntryId, RoundId};
use carnival_domain::round::RoundEnding;

use crate::Engine;
use crate::beacon::awaited_beacon;
use crate::failure::Failure;
use crate::ledger::{Ledger, RoundRow};

/// How many ended rounds a page of the ledger shows.
const ROUNDS_A_PAGE: u32 = 20;

impl Engine {
    /// A page of the public ledger of rounds.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn rounds<L: Ledger>(&self, ledger: &L, before: Option<RoundId>) -> Result<RoundsPage, L::Error> {
        let rows = ledger.ended_rounds(before, ROUNDS_A_PAGE + 1)?;
        let more = rows.len() > ROUNDS_A_PAGE as usize;
        let shown = rows.into_iter().take(ROUNDS_A_PAGE as usize);
        let rounds: Vec<_> = shown.map(|round| self.round_record(ledger, round)).collect::<Result<_, _>>()?;
        let next_before = rounds.last().filter(|_| more).map(|round| round.round_id);
        Ok(RoundsPage { rounds, next_before })
    }

    /// The public proof of a draw; over 10,000 entries, with a link to the list in place of the list.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn proof<L: Ledger>(&self, ledger: &L, id: &DrawId) -> Result<DrawProof, Failure<L::Error>> {
        let mut proof = self.finished(ledger, id)?;
        let entries = self.draw_entries(ledger, id)?;
        if entries.len() > INLINE_ENTRIES_MAX {
            proof.entries_url = Some(paths::draw_entries(id));
        } else {
            proof.entries = Some(entries);
        }
        Ok(proof)
    }

    /// The entries of a finished draw, ascending.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn draw_entries<L: Ledger>(&self, ledger: &L, id: &DrawId) -> Result<Vec<EntryId>, Failure<L::Error>> {
        self.finished(ledger, id)?;
        let entries = match ledger.start_draw_by_id(id)? {
            Some(start) => ledger.start_entries(&start.offer_id)?,
            None => ledger.entries_of_draw(id)?,
        };
        let mut entries: Vec<_> = entries.into_iter().map(|entry| entry.entry_id).collect();
        entries.sort_unstable();
        Ok(entries)
    }

    /// The way from an entry to the root of its draw.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn receipt_proof<L: Ledger>(
        &self,
        ledger: &L,
        id: &DrawId,
        entry_id: EntryId,
    ) -> Result<ReceiptProof, Failure<L::Error>> {
        let entries = self.draw_entries(ledger, id)?;
        let unknown = || Failure::refused(ErrorCode::UnknownEntry);
        let index = entries.binary_search(&entry_id).map_err(|_| unknown())?;
        Ok(ReceiptProof {
            draw_id: id.clone(),
            entry_id,
            index: index as u64,
            path: merkle::path(&entries, index).ok_or_else(unknown)?,
            root: merkle::root(&entries),
        })
    }

    pub(crate) fn finished<L: Ledger>(&self, ledger: &L, id: &DrawId) -> Result<DrawProof, Failure<L::Error>> {
        if let Some(start) = ledger.start_draw_by_id(id)? {
            let drawn_at = self.campaign.offer(&start.offer_id).and_then(CouponOffer::drawn_at);
            let not_done = || Failure::refused(Problem::new(ErrorCode::DrawNotDone).available_at(drawn_at));
            return ledger.start_proof(&start.offer_id)?.ok_or_else(not_done);
        }
        let row = ledger.draw(id)?.ok_or_else(|| Failure::refused(ErrorCode::UnknownDraw))?;
        if let Some(proof) = row.proof {
            return Ok(proof);
        }
        let awaited = self.awaited_draws(ledger)?.into_iter().find(|awaited| awaited.draw_id == *id);
        let fans = ledger.fans_draws()?.into_iter().find(|fans| fans.draw_id == *id);
        let available_at = match (awaited, fans) {
            (Some(awaited), _) => Some(awaited.beacon.comes_at),
            (None, Some(fans)) if fans.ending.is_some() => return Err(Failure::refused(ErrorCode::DrawNotHeld)),
            (None, Some(_)) => Some(self.campaign.ends_at),
            (None, None) => self.next_bell(ledger)?,
        };
        Err(Failure::refused(Problem::new(ErrorCode::DrawNotDone).available_at(available_at)))
    }

    pub(crate) fn round_record<L: Ledger>(&self, ledger: &L, row: RoundRow) -> Result<RoundRecord, L::Error> {
        let drawn = row.account.ending == Some(RoundEnding::Drawn);
        let draw = if drawn { ledger.draw(&row.draw_id)? } else { None };
        let awaits = draw.as_ref().and_then(|draw| awaited_beacon(&row, draw));
        let account = row.account;
        let clock = self.round_clock(ledger)?;
        let slot = self.campaign.rounds.schedule.slot(account.round_id).map(|slot| clock.slot(slot));
        let pauses = slot.as_ref().map_or_else(Vec::new, |slot| clock.pauses_in(slot).cloned().collect());
        let ended_at = row.ended_at.unwrap_or_default();
        let ending = account.ending.unwrap_or(RoundEnding::RolledOver);
        Ok(RoundRecord {
            round_id: account.round_id,
            draw_id: drawn.then_some(row.draw_id),
            opens_at: slot.map_or(ended_at, |slot| slot.opens_at),
            ended_at,
            ending,
            target: self.campaign.rounds.target,
            participant_count: account.participant_count,
            carried_in: account.carried_in,
            added: account.added,
            awaits,
            winners: draw.and_then(|draw| draw.proof).map_or_else(Vec::new, |proof| proof.winners),
            pauses,
        })
    }
}
