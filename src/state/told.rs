//! What the back end said last, as it said it. Each file of the page reads what it shows of it, when it is there: the code that
//! reads all of it would be a tenth of what comes first.

use std::cell::RefCell;

use carnival_contract::live::{OfferClaims, RoundView};
use carnival_contract::replies::{RoundRecord, VotesCast};
use carnival_contract::snapshot::CampaignView;
use carnival_contract::snapshot::StarView;
use carnival_domain::campaign::{Item, Prize};
use carnival_domain::coupon::CouponOffer;
use carnival_domain::ids::RoundId;
use carnival_domain::leaderboard::Tally;
use carnival_domain::time::Timestamp;
use wasm_bindgen::JsValue;

use crate::api::{Node as _, Read, decode};

/// What it was about.
#[derive(Clone, Copy)]
pub(crate) enum Topic {
    /// The campaign: `CampaignSnapshot`.
    Campaign,
    /// What changes by the second: `LiveFrame`.
    Frame,
    /// What this participant has: `Me`.
    Me,
}

/// Of the campaign, what the first page is kept alive by.
pub(crate) struct CampaignSight {
    pub(crate) live: FrameSight,
}

/// The same of a frame.
pub(crate) struct FrameSight {
    pub(crate) at: Timestamp,
    pub(crate) revision: String,
    pub(crate) round: Option<RoundView>,
    pub(crate) ended_round_id: Option<RoundId>,
}

/// Of the campaign, what a round of it can add to the pool.
pub(crate) struct Prizes(pub(crate) Vec<Prize>);

/// Of the campaign, what the board is drawn from.
pub(crate) struct StarsSight {
    pub(crate) stars: Vec<StarView>,
    pub(crate) reveals_at: Vec<Timestamp>,
    pub(crate) live: Tallies,
}

/// The same of a frame.
pub(crate) struct Tallies {
    pub(crate) tallies: Vec<Tally>,
}

/// The same of what a participant has.
pub(crate) struct Votes {
    pub(crate) votes: VotesCast,
}

/// What is in the campaign besides.
pub(crate) struct Besides {
    pub(crate) campaign: CampaignView,
    pub(crate) offers: Vec<CouponOffer>,
    pub(crate) items: Vec<Item>,
    pub(crate) last_rounds: Vec<RoundRecord>,
    pub(crate) live: Claims,
}

/// What is in a frame besides.
pub(crate) struct Claims {
    pub(crate) claims: Vec<OfferClaims>,
    pub(crate) ended_round_id: Option<RoundId>,
}

thread_local! {
    static TOLD: RefCell<[JsValue; 3]> = const { RefCell::new([JsValue::NULL; 3]) };
}

/// Keeps what was said.
pub(crate) fn keep(topic: Topic, said: JsValue) {
    TOLD.with_borrow_mut(|told| told[topic as usize] = said);
}

/// Whether anything was said.
pub(super) fn is_known(topic: Topic) -> bool {
    TOLD.with_borrow(|told| !told[topic as usize].is_null() && !told[topic as usize].is_undefined())
}

/// What a round can add to the pool, as it was said last.
pub(crate) fn prizes() -> Vec<Prize> {
    read(Topic::Campaign).map_or_else(Vec::new, |Prizes(prizes)| prizes)
}

/// Whether that is all of the campaign. A document begins with what its first files show.
pub(super) fn is_whole() -> bool {
    TOLD.with_borrow(|told| told[Topic::Campaign as usize].field("offers").is_some())
}

/// Reads a part of it; none if nothing was said.
pub(super) fn read<T: Read>(topic: Topic) -> Option<T> {
    let said = TOLD.with_borrow(|told| told[topic as usize].clone());
    decode(said).ok()
}
