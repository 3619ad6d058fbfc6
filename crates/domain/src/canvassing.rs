//! Canvassing (拉票): whose link a vote is counted for.
//!
//! A vote counts for whoever brought the voter to that very star, once, as a number: who voted is in no answer. Nothing hangs on
//! it, and it is kept only where the campaign's file says so, as the chats forbid counters that reward sharing.
//!
//! What decides is the visits as they are known anyway: of one owner's links a visitor has the first that they came by, and
//! nothing more is written down about them. So whoever came to the whole board first, and by another link of the same person
//! to the star, counts for nobody: rather a vote too few than a record of everybody's every step.

use crate::campaign::{Campaign, PolicyProfile};
use crate::ids::ParticipantId;
use crate::time::Timestamp;

/// How many visits of one voter to one star are looked at, the last ones. The rule needs one; a second is there for the case
/// that the clock was set back.
pub const VISITS_LOOKED_AT: u32 = 8;

/// A visit by somebody's link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CameBy {
    /// By whose.
    pub owner: ParticipantId,
    /// When.
    pub at: Timestamp,
}

impl Campaign {
    /// Whether votes are counted for whose link brought them. Under the strict policy they are not, whatever else is set.
    pub fn counts_canvassing(&self) -> bool {
        self.policy == PolicyProfile::Open && self.canvassing_counter
    }
}

/// For whom a vote counts that `voter` casts `now`: the owner of the link to its star that they came by last in the campaign,
/// never the voter. `visits` are theirs to that star, in any order; of two at one instant, the owner with the higher id.
pub fn canvasser(
    campaign: &Campaign,
    voter: ParticipantId,
    visits: &[CameBy],
    now: Timestamp,
) -> Option<ParticipantId> {
    if !campaign.counts_canvassing() {
        return None;
    }
    let counts = |visit: &&CameBy| visit.owner != voter && visit.at >= campaign.starts_at && visit.at <= now;
    visits.iter().filter(counts).max_by_key(|visit| (visit.at, visit.owner)).map(|visit| visit.owner)
}
