//! What changes by the second, and travels over the live stream.

use carnival_domain::draw::beacon::Beacon;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{DrawId, OfferId, RoundId};
use carnival_domain::leaderboard::Tally;
use carnival_domain::pause::Pause;
use carnival_domain::round::{PrizePool, RoundEnding, RoundPhase, phase_at};
use carnival_domain::schedule::RoundSlot;
use carnival_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One frame: complete in itself, so that a missed one is no loss.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveFrame {
    /// `epoch-sequence`: the epoch changes when the server starts, the sequence with every frame.
    pub id: String,
    /// When it was made.
    pub at: Timestamp,
    /// Changes when the rest of the snapshot does: fetch that again.
    pub revision: String,
    /// The round that is open, or else the next one; none once all are over.
    pub round: Option<RoundView>,
    /// The round that ended last: when it changes, the ledger has a new line.
    pub ended_round_id: Option<RoundId>,
    /// The votes of every revealed star.
    pub tallies: Vec<Tally>,
    /// How many were claimed of every offer.
    pub claims: Vec<OfferClaims>,
}

/// A round as everybody sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundView {
    /// Which round.
    pub round_id: RoundId,
    /// The draw its entries are in.
    pub draw_id: DrawId,
    /// The draw's commitment, public before the first entry.
    pub commitment: Hash32,
    /// The beacon that the draw will wait for, if it is drawn at this round's bell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beacon: Option<AwaitedBeacon>,
    /// From when on it can be entered.
    pub opens_at: Timestamp,
    /// The bell.
    pub closes_at: Timestamp,
    /// How it ended, if it did.
    pub ending: Option<RoundEnding>,
    /// How many participants it needs for its draw.
    pub target: u32,
    /// How many entered it.
    pub participant_count: u32,
    /// How many entries of earlier rounds are still in the draw.
    pub carried_entry_count: u32,
    /// What the draw will pay, as far as is known: what was carried in and what this round adds.
    pub pool: PrizePool,
    /// What earlier rounds left in it.
    pub carried_in: PrizePool,
    /// Whether it is the campaign's last, which always draws.
    pub is_last: bool,
    /// The pause that stops it. As long as it lasts, the time left is that at its beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<Pause>,
}

impl RoundView {
    /// Its place in the timetable.
    pub fn slot(&self) -> RoundSlot {
        RoundSlot { id: self.round_id, opens_at: self.opens_at, closes_at: self.closes_at }
    }

    /// Where it stands at `now`.
    pub fn phase_at(&self, now: Timestamp) -> RoundPhase {
        phase_at(&self.slot(), self.ending, self.standing(now))
    }

    /// `now`, or the instant at which the rounds came to stand.
    pub fn standing(&self, now: Timestamp) -> Timestamp {
        self.paused.as_ref().map_or(now, |pause| now.min(pause.from))
    }
}

/// A round of a public beacon that a draw waits for. The rule is fixed: the first round whose time is at least 10 s after
/// the close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitedBeacon {
    /// The chain's hash.
    pub chain: Hash32,
    /// Which round.
    pub round: u64,
    /// When it comes.
    pub comes_at: Timestamp,
}

impl AwaitedBeacon {
    /// What a draw that is closed at `closed_at` waits for.
    pub fn of(beacon: Beacon, closed_at: Timestamp) -> Self {
        let round = beacon.round_for(closed_at);
        Self { chain: beacon.chain(), round, comes_at: beacon.round_at(round) }
    }
}

/// How many coupons of an offer were claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferClaims {
    /// Which offer.
    pub offer_id: OfferId,
    /// How many.
    pub claimed_count: u32,
    /// The draw of its first moments, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<StartDraw>,
}

/// The draw of an offer's first moments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartDraw {
    /// Which draw.
    pub draw_id: DrawId,
    /// Its commitment, public before the offer opens.
    pub commitment: Hash32,
}
