//! The draws of stars' fans, as everybody sees them. They are asked for where they are shown: the snapshot has no room for
//! what the first screen does not show.

use carnival_domain::campaign::Prize;
use carnival_domain::fans::FansEnding;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{DrawId, StarId};
use serde::{Deserialize, Serialize};

use crate::live::AwaitedBeacon;

/// `GET fans`. It changes when the snapshot's revision does, but for the counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FansReply {
    /// The draws; none in a campaign without any.
    pub fans: Option<FansView>,
}

/// The draws of stars' fans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FansView {
    /// How many of the first stars' draws are held.
    pub top: u32,
    /// How many reserves each of them names.
    pub reserve_count: u32,
    /// What each of them gives, in this order.
    pub prizes: Vec<Prize>,
    /// The draws of the stars that are revealed, in the campaign's order.
    pub draws: Vec<FansDrawView>,
    /// The commitments of the others, ascending: public before anybody can vote, and say nothing of whose they are.
    pub hidden_commitments: Vec<Hash32>,
}

/// The draw of one star's fans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FansDrawView {
    /// Whose fans'.
    pub star_id: StarId,
    /// Which draw.
    pub draw_id: DrawId,
    /// The draw's commitment, public before the first vote for the star.
    pub commitment: Hash32,
    /// How many entries are in it: with the prizes, everybody's odds.
    pub entry_count: u32,
    /// The beacon that it waits for after its close, until it is there; none without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beacon: Option<AwaitedBeacon>,
    /// How it ended; none while there are votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<FansEnding>,
    /// Whether it is drawn, and its proof public.
    pub is_drawn: bool,
}
