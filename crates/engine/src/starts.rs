//! Offers with a fair start: their draws are committed to before they open, and done when their first moments are over.

use std::collections::HashMap;

use carnival_contract::replies::{Coupon, StartEntry};
use carnival_domain::coupon::CouponOffer;
use carnival_domain::erasure;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{DrawId, EntryId, ParticipantId};
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::draws::{Closed, prove};
use crate::ledger::{Ledger, StartDrawRow, StartEntryRow};
use crate::once::Write;

impl Engine {
    /// Commits to the draws of offers that are still to open, and does those that are due.
    pub(crate) fn settle_starts<L: Ledger>(
        &self,
        ledger: &mut L,
        now: Timestamp,
        random: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<(), L::Error> {
        for offer in &self.campaign.offers {
            let Some(drawn_at) = offer.drawn_at() else {
                continue;
            };
            match ledger.start_draw(&offer.id)? {
                // An offer whose first moments went by without a back end was never promised a draw.
                None if now < drawn_at => {
                    let draw_id = DrawId::of_offer(&self.campaign.id, &offer.id);
                    let row = StartDrawRow {
                        offer_id: offer.id.clone(),
                        draw_id,
                        seed: Hash32(random()),
                        opened_at: now,
                        is_done: false,
                    };
                    ledger.add_start_draw(&row)?;
                }
                Some(row) if !row.is_done && drawn_at <= now => {
                    self.draw_start(ledger, offer, &row, drawn_at, random)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// When the next draw of an offer's first moments is due.
    pub(crate) fn next_start<L: Ledger>(&self, ledger: &L) -> Result<Option<Timestamp>, L::Error> {
        let mut next: Option<Timestamp> = None;
        for offer in &self.campaign.offers {
            if let Some(drawn_at) = offer.drawn_at()
                && ledger.start_draw(&offer.id)?.is_some_and(|row| !row.is_done)
            {
                next = Some(next.map_or(drawn_at, |next| next.min(drawn_at)));
            }
        }
        Ok(next)
    }

    /// Takes a tap into the draw of an offer. Whoever is in it already is told so again.
    pub(crate) fn enter_start<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        offer: &CouponOffer,
        row: &StartDrawRow,
        random: [u8; 16],
    ) -> Result<StartEntry, L::Error> {
        let known = ledger.start_entries_of(write.who)?.into_iter().find(|entry| entry.offer_id == offer.id);
        let entry = match known {
            Some(entry) => entry,
            None => {
                let entry = StartEntryRow {
                    participant_id: write.who,
                    offer_id: offer.id.clone(),
                    entry_id: EntryId(random),
                    accepted_at: write.now,
                    is_drawn: None,
                };
                ledger.add_start_entry(&entry)?;
                entry
            }
        };
        Ok(self.start_entry(&entry, offer, row))
    }

    /// A participant's places in draws of offers' first moments.
    pub(crate) fn starts_of<L: Ledger>(&self, ledger: &L, who: ParticipantId) -> Result<Vec<StartEntry>, L::Error> {
        let mut starts = Vec::new();
        for entry in ledger.start_entries_of(who)? {
            if let Some(offer) = self.campaign.offer(&entry.offer_id)
                && let Some(row) = ledger.start_draw(&entry.offer_id)?
            {
                starts.push(self.start_entry(&entry, offer, &row));
            }
        }
        Ok(starts)
    }

    fn start_entry(&self, entry: &StartEntryRow, offer: &CouponOffer, row: &StartDrawRow) -> StartEntry {
        StartEntry {
            offer_id: entry.offer_id.clone(),
            draw_id: row.draw_id.clone(),
            entry_id: entry.entry_id,
            accepted_at: entry.accepted_at,
            signature: self.sign(&row.draw_id, entry.entry_id, entry.accepted_at),
            result_at: offer.drawn_at().unwrap_or(entry.accepted_at),
            is_drawn: entry.is_drawn,
        }
    }

    fn draw_start<L: Ledger>(
        &self,
        ledger: &mut L,
        offer: &CouponOffer,
        row: &StartDrawRow,
        closed_at: Timestamp,
        random: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<(), L::Error> {
        let entries = ledger.start_entries(&offer.id)?;
        let pool = offer.start_pool();
        let closed = Closed {
            draw_id: &row.draw_id,
            seed: row.seed,
            opened_at: row.opened_at,
            closed_at,
            beacon: None,
            pool: &pool,
            reserve_count: 0,
        };
        let proof = prove(&closed, &entries, |_| offer.title.zh.clone());
        let owners: HashMap<EntryId, ParticipantId> =
            entries.iter().map(|entry| (entry.entry_id, entry.participant_id)).collect();
        for winner in &proof.winners {
            let [a, b, c, d, e, f, g, h, ..] = random();
            // What nobody won is left for whoever comes first.
            if let Some(owner) = owners.get(&winner.entry_id)
                && !erasure::is_nobody(*owner)
                && let Some(code) = self.next_code(ledger, &offer.id, [a, b, c, d, e, f, g, h])?
            {
                let valid_until = closed_at.plus_ms(offer.valid_for_ms);
                let offer_id = offer.id.clone();
                let coupon = Coupon { offer_id, code, claimed_at: closed_at, valid_until, redeemed_at: None };
                self.give_coupon(ledger, *owner, &coupon)?;
            }
        }
        ledger.finish_start_draw(&offer.id, &proof)
    }
}
