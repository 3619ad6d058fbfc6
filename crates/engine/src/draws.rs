//! Doing a draw whose list is closed, whatever it is for: the proof is made, the prizes are promised, and it is told.

use carnival_contract::replies::receipt_message;
use carnival_domain::award::Occasion;
use carnival_domain::draw::proof::{DrawProof, ProofBeacon, ProofPrize};
use carnival_domain::draw::{EntryOfDraw, VERSION, commitment, draw};
use carnival_domain::fans::FansEnding;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{DrawId, EntryId, PrizeId};
use carnival_domain::round::PrizePool;
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::ledger::{DrawRow, FansDrawRow, Ledger, RoundRow};

/// What goes into a proof besides the entries.
pub(crate) struct Closed<'a> {
    pub(crate) draw_id: &'a DrawId,
    pub(crate) seed: Hash32,
    pub(crate) opened_at: Timestamp,
    pub(crate) closed_at: Timestamp,
    pub(crate) beacon: Option<&'a ProofBeacon>,
    pub(crate) pool: &'a PrizePool,
    pub(crate) reserve_count: u32,
}

/// Draws, and makes the proof of it, without its list of entries.
pub(crate) fn prove(closed: &Closed, entries: &[EntryOfDraw], title: impl Fn(&PrizeId) -> String) -> DrawProof {
    let Closed { draw_id, seed, pool, reserve_count, beacon, .. } = *closed;
    let randomness = beacon.map_or(&[][..], |beacon| &beacon.randomness.0);
    let result = draw(draw_id, &seed.0, randomness, pool, reserve_count, entries);
    let prizes = pool.0.iter().map(|lot| ProofPrize {
        prize_id: lot.prize_id.clone(),
        title: title(&lot.prize_id),
        count: lot.count,
    });
    DrawProof {
        version: VERSION.to_owned(),
        draw_id: draw_id.clone(),
        opened_at: closed.opened_at,
        closed_at: closed.closed_at,
        commitment: commitment(&seed.0),
        seed,
        beacon: beacon.cloned(),
        prizes: prizes.collect(),
        reserve_count,
        entries: None,
        entries_url: None,
        root: result.root,
        winners: result.winners,
        reserves: result.reserves,
        passed_over: result.passed_over,
    }
}

/// A draw that is closed and not drawn.
pub(crate) struct SealedDraw {
    pub(crate) draw: DrawRow,
    pub(crate) occasion: Occasion,
    pub(crate) pool: PrizePool,
    pub(crate) reserve_count: u32,
    pub(crate) closed_at: Timestamp,
}

impl Engine {
    /// Opens a draw: from now on its commitment is public, and its beacon fixed.
    pub(crate) fn open_draw<L: Ledger>(
        &self,
        ledger: &mut L,
        draw_id: DrawId,
        now: Timestamp,
        seed: [u8; 32],
    ) -> Result<DrawId, L::Error> {
        ledger.put_draw(&DrawRow {
            draw_id: draw_id.clone(),
            seed: Hash32(seed),
            opened_at: now,
            beacon: self.campaign.draw.beacon,
            entry_count: 0,
            proof: None,
        })?;
        Ok(draw_id)
    }

    /// The signature of a receipt; none where a back end has no key.
    pub(crate) fn sign(&self, draw: &DrawId, entry: EntryId, accepted_at: Timestamp) -> Option<String> {
        self.sign_receipt.as_ref().map(|sign| sign(&receipt_message(draw, entry, accepted_at)))
    }

    /// The draws that are closed and not drawn, since each waits for a beacon: those of rounds first, in their order.
    pub(crate) fn sealed_draws<L: Ledger>(&self, ledger: &L) -> Result<Vec<SealedDraw>, L::Error> {
        let mut sealed = Vec::new();
        for round in ledger.undrawn_rounds()? {
            let draw = ledger.draw(&round.draw_id)?;
            sealed.extend(draw.and_then(|draw| self.sealed_round(&round, draw)));
        }
        for fans in ledger.fans_draws()?.iter().filter(|fans| !fans.is_done) {
            let draw = ledger.draw(&fans.draw_id)?;
            sealed.extend(draw.and_then(|draw| self.sealed_fans(fans, draw)));
        }
        Ok(sealed)
    }

    /// The draw of a round that ended with it.
    pub(crate) fn sealed_round(&self, round: &RoundRow, draw: DrawRow) -> Option<SealedDraw> {
        Some(SealedDraw {
            draw,
            occasion: Occasion::Round(round.account.round_id),
            pool: round.account.pool(),
            reserve_count: self.campaign.rounds.reserve_count,
            closed_at: round.ended_at?,
        })
    }

    /// The draw of a star's fans that is to be held.
    pub(crate) fn sealed_fans(&self, fans: &FansDrawRow, draw: DrawRow) -> Option<SealedDraw> {
        Some(SealedDraw {
            draw,
            occasion: Occasion::Star(fans.star_id.clone()),
            pool: fans.pool.clone(),
            reserve_count: self.campaign.fans_draw.as_ref().map_or(0, |fans| fans.reserve_count),
            closed_at: fans.ended_at.filter(|_| fans.ending == Some(FansEnding::Held))?,
        })
    }

    /// Draws, promises the prizes and tells of it.
    pub(crate) fn run_draw<L: Ledger>(
        &self,
        ledger: &mut L,
        sealed: SealedDraw,
        beacon: Option<&ProofBeacon>,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        let SealedDraw { mut draw, occasion, pool, reserve_count, closed_at } = sealed;
        let entries = ledger.entries_of_draw(&draw.draw_id)?;
        let DrawRow { draw_id, seed, opened_at, .. } = &draw;
        let closed =
            Closed { draw_id, seed: *seed, opened_at: *opened_at, closed_at, beacon, pool: &pool, reserve_count };
        let title = |id: &PrizeId| self.campaign.prize(id).map(|prize| prize.title.zh.clone());
        let proof = prove(&closed, &entries, |id| title(id).unwrap_or_else(|| id.to_string()));
        draw.proof = Some(proof.clone());
        ledger.put_draw(&draw)?;
        self.promise_prizes(ledger, &draw, &occasion, now)?;
        self.tell_of_draw(ledger, &draw, &proof, &occasion, now)
    }
}
