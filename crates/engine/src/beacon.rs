//! Draws that wait for a public beacon: sealed at the bell, drawn when the round that was fixed in advance is there.
//! The rounds after them go on meanwhile, each in its own draw.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::live::AwaitedBeacon;
use carnival_domain::draw::proof::ProofBeacon;
use carnival_domain::ids::DrawId;
use carnival_domain::round::RoundEnding;
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{DrawRow, Ledger, RoundRow};

/// A draw whose list is closed, and what it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitedDraw {
    /// Which draw.
    pub draw_id: DrawId,
    /// The beacon, its round, and when that comes.
    pub beacon: AwaitedBeacon,
}

impl Engine {
    /// The draws that wait, the one that was closed first at the front.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn awaited_draws<L: Ledger>(&self, ledger: &L) -> Result<Vec<AwaitedDraw>, L::Error> {
        let sealed = self.sealed_draws(ledger)?.into_iter();
        let awaited = sealed.filter_map(|sealed| {
            let beacon = AwaitedBeacon::of(sealed.draw.beacon?, sealed.closed_at);
            Some(AwaitedDraw { draw_id: sealed.draw.draw_id, beacon })
        });
        Ok(awaited.collect())
    }

    /// Draws a draw that waited. Whoever calls this MUST have checked that `beacon` is what the draw waits for and that
    /// its signature is the network's: the mathematics of that has no place here. False if the draw is done already.
    ///
    /// # Errors
    /// A refusal for a draw that does not wait for this, or the ledger's own.
    pub fn finish_draw<L: Ledger>(
        &self,
        ledger: &mut L,
        draw_id: &DrawId,
        beacon: &ProofBeacon,
        now: Timestamp,
    ) -> Result<bool, Failure<L::Error>> {
        let draw = ledger.draw(draw_id)?.ok_or_else(|| Failure::refused(ErrorCode::UnknownDraw))?;
        if draw.proof.is_some() {
            return Ok(false);
        }
        let not_done = || Failure::refused(ErrorCode::DrawNotDone);
        let sealed = self.sealed_draws(ledger)?.into_iter().find(|sealed| sealed.draw.draw_id == *draw_id);
        let sealed = sealed.ok_or_else(not_done)?;
        let awaited = AwaitedBeacon::of(sealed.draw.beacon.ok_or_else(not_done)?, sealed.closed_at);
        if (beacon.chain, beacon.round) != (awaited.chain, awaited.round) {
            return Err(not_done());
        }
        self.run_draw(ledger, sealed, Some(beacon), now)?;
        Ok(true)
    }
}

/// What a round's draw waits for, if it does.
pub(crate) fn awaited_beacon(round: &RoundRow, draw: &DrawRow) -> Option<AwaitedBeacon> {
    let closed_at = round.ended_at.filter(|_| round.account.ending == Some(RoundEnding::Drawn))?;
    let beacon = draw.beacon.filter(|_| draw.proof.is_none())?;
    Some(AwaitedBeacon::of(beacon, closed_at))
}
