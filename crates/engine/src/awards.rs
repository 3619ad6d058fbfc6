//! What becomes of prizes: promised at the draw, claimed in time or passed on to the next reserve, sent, forgotten.

use std::collections::HashMap;

use carnival_contract::events::Fact;
use carnival_contract::replies::{AwardsReply, Coupon, PrizeCoupon};
use carnival_domain::award::{Award, AwardState, Occasion, PrizeKind, reserves_left};
use carnival_domain::coupon::coupon_code;
use carnival_domain::erasure::is_nobody;
use carnival_domain::ids::{DrawId, EntryId, ParticipantId, PrizeId};
use carnival_domain::time::{DAY_MS, Timestamp};

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{AwardRow, DrawRow, Ledger};

/// How many promises are settled at once: a transaction that no write has to wait long for.
const SETTLED_AT_ONCE: u32 = 500;
/// How a prize is given that the campaign no longer knows: somebody took it out of the file after it was won.
const UNKNOWN_PRIZE: PrizeKind = PrizeKind::Thing { claim_within_ms: 3 * DAY_MS };

impl Engine {
    /// The public log of a draw's prizes.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn awards<L: Ledger>(&self, ledger: &L, id: &DrawId) -> Result<AwardsReply, Failure<L::Error>> {
        self.finished(ledger, id)?;
        let awards = ledger.awards_of_draw(id)?.into_iter().map(|row| row.award);
        Ok(AwardsReply { draw_id: id.clone(), awards: awards.collect() })
    }

    /// Promises a draw's prizes to its winners, in the order of the proof.
    pub(crate) fn promise_prizes<L: Ledger>(
        &self,
        ledger: &mut L,
        draw: &DrawRow,
        occasion: &Occasion,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        let Some(proof) = &draw.proof else { return Ok(()) };
        let owners = owners(ledger, &draw.draw_id)?;
        let mut given_up = Vec::new();
        for (place, winner) in (1..).zip(&proof.winners) {
            let Some(owner) = owners.get(&winner.entry_id) else { continue };
            let kind = self.kind(&winner.prize_id);
            let award = Award::promise(kind, place, winner.prize_id.clone(), winner.entry_id, None, now);
            let coupon = self.prize_coupon(kind, &draw.draw_id, winner.entry_id, now);
            let (draw_id, occasion) = (draw.draw_id.clone(), occasion.clone());
            let row = AwardRow { draw_id, occasion, participant_id: *owner, award, coupon };
            let row = if is_nobody(*owner) {
                let lapsed = AwardRow { award: row.award.now_is(AwardState::Lapsed, now), coupon: None, ..row };
                given_up.push(lapsed.clone());
                lapsed
            } else {
                row
            };
            self.give(ledger, &row)?;
        }
        // What nobody won goes on at once, after all winners have theirs.
        for lapsed in &given_up {
            self.promise_to_next(ledger, lapsed, now)?;
        }
        Ok(())
    }

    /// Passes on what was not claimed in time, and forgets addresses that nobody needs any more.
    pub(crate) fn settle_awards<L: Ledger>(&self, ledger: &mut L, now: Timestamp) -> Result<(), L::Error> {
        for row in ledger.due_awards(now, SETTLED_AT_ONCE)? {
            if row.award.claim_by.is_none() {
                self.set_deadline(ledger, row, now)?;
                continue;
            }
            let lapsed = AwardRow { award: row.award.now_is(AwardState::Lapsed, now), ..row };
            ledger.put_award(&lapsed)?;
            self.promise_to_next(ledger, &lapsed, now)?;
        }
        let sent_until = now.plus_ms(-self.deliveries_kept_ms());
        if ledger.first_sent_with_address()?.is_some_and(|sent| sent <= sent_until) {
            ledger.forget_deliveries(sent_until)?;
        }
        Ok(())
    }

    /// When [`settle_awards`](Self::settle_awards) has something to do next.
    pub(crate) fn next_of_awards<L: Ledger>(&self, ledger: &L) -> Result<Option<Timestamp>, L::Error> {
        let forgetting = ledger.first_sent_with_address()?.map(|sent| sent.plus_ms(self.deliveries_kept_ms()));
        Ok(ledger.next_claim_by()?.into_iter().chain(forgetting).min())
    }

    /// A prize that was won under a version without deadlines gets the time that its kind has from now on.
    fn set_deadline<L: Ledger>(&self, ledger: &mut L, row: AwardRow, now: Timestamp) -> Result<(), L::Error> {
        let Award { place, prize_id, entry_id, .. } = row.award.clone();
        ledger.put_award(&AwardRow {
            award: Award::promise(self.kind_sent(&prize_id), place, prize_id, entry_id, None, now),
            ..row
        })
    }

    /// Whoever is next in the proof's order, and was not asked in this draw before. If nobody is left, the prize has lapsed
    /// for good.
    pub(crate) fn promise_to_next<L: Ledger>(
        &self,
        ledger: &mut L,
        lapsed: &AwardRow,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        let Some(proof) = ledger.draw(&lapsed.draw_id)?.and_then(|draw| draw.proof) else { return Ok(()) };
        let log = ledger.awards_of_draw(&lapsed.draw_id)?;
        let awards: Vec<_> = log.iter().map(|row| row.award.clone()).collect();
        let owners = owners(ledger, &lapsed.draw_id)?;
        let mut asked: Vec<ParticipantId> = log.iter().map(|row| row.participant_id).collect();
        for (rank, entry_id) in reserves_left(&proof.reserves, &awards) {
            let Some(owner) = owners.get(&entry_id) else { continue };
            let Award { place, prize_id, .. } = lapsed.award.clone();
            // A coupon, which has no deadline, comes up again only if its winner was nobody.
            let is_given = lapsed.award.claim_by.is_none();
            let kind = if is_given { self.kind(&prize_id) } else { self.kind_sent(&prize_id) };
            let award = Award::promise(kind, place, prize_id.clone(), entry_id, Some(rank), now);
            // Two entries that the draw took for two people's may turn out to be one person's, who signed in since.
            if asked.contains(owner) || is_nobody(*owner) {
                let award = award.now_is(AwardState::PassedOver, now);
                ledger.put_award(&AwardRow { participant_id: *owner, award, coupon: None, ..lapsed.clone() })?;
                asked.push(*owner);
                continue;
            }
            let coupon = self.prize_coupon(kind, &lapsed.draw_id, entry_id, now);
            self.give(ledger, &AwardRow { participant_id: *owner, award, coupon, ..lapsed.clone() })?;
            let (draw_id, occasion) = (lapsed.draw_id.clone(), lapsed.occasion.clone());
            let fact = Fact::PrizeWon { draw_id, occasion, entry_id, prize_id };
            return self.tell(ledger, fact, &entry_id.to_string(), now);
        }
        Ok(())
    }

    /// Writes a line down. A coupon that comes with it is one that shops know, under the prize's id.
    fn give<L: Ledger>(&self, ledger: &mut L, row: &AwardRow) -> Result<(), L::Error> {
        ledger.put_award(row)?;
        let Some(PrizeCoupon { code, valid_until }) = row.coupon.clone() else { return Ok(()) };
        let (offer_id, claimed_at) = (row.award.prize_id.as_offer(), row.award.promised_at);
        ledger.add_coupon(row.participant_id, &Coupon { offer_id, code, claimed_at, valid_until, redeemed_at: None })
    }

    /// The coupon that an entry won, if it is one. Its code follows from the back end's secret, which nobody else has: so a
    /// draw that is done again after a crash gives the same.
    fn prize_coupon(&self, kind: PrizeKind, draw: &DrawId, entry: EntryId, now: Timestamp) -> Option<PrizeCoupon> {
        let PrizeKind::Coupon { valid_for_ms } = kind else { return None };
        let mac = self.mac("carnival/prize-coupon/v1", &[draw.as_str(), &entry.to_string()]);
        let [a, b, c, d, e, f, g, h, ..] = mac;
        Some(PrizeCoupon { code: coupon_code([a, b, c, d, e, f, g, h]), valid_until: now.plus_ms(valid_for_ms) })
    }

    fn deliveries_kept_ms(&self) -> i64 {
        i64::from(self.campaign.privacy.delivery_keep_days) * DAY_MS
    }

    fn kind(&self, id: &PrizeId) -> PrizeKind {
        self.campaign.prize(id).map_or(UNKNOWN_PRIZE, |prize| prize.kind)
    }

    /// How a prize is sent that was promised as something to send, whatever the campaign makes of it since.
    fn kind_sent(&self, id: &PrizeId) -> PrizeKind {
        match self.kind(id) {
            PrizeKind::Coupon { .. } => UNKNOWN_PRIZE,
            thing @ PrizeKind::Thing { .. } => thing,
        }
    }
}

fn owners<L: Ledger>(ledger: &L, draw: &DrawId) -> Result<HashMap<EntryId, ParticipantId>, L::Error> {
    let entries = ledger.entries_of_draw(draw)?;
    Ok(entries.into_iter().map(|entry| (entry.entry_id, entry.participant_id)).collect())
}
