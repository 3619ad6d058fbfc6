//! What webhooks say: the bodies of messages, as Standard Webhooks 1.0 wants them. Nothing in here says who a participant is.

use carnival_domain::award::Occasion;
use carnival_domain::checkout::OrderId;
use carnival_domain::ids::{DrawId, EntryId, OfferId, PrizeId, ReservationId, RoundId, StarId};
use carnival_domain::time::Timestamp;
use carnival_domain::webhook::EventKind;
use serde::{Deserialize, Serialize};

/// A message's body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When it happened.
    pub timestamp: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub fact: Fact,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum Fact {
    /// A draw gave somebody a prize. Who it is they know by their entry's pseudonym.
    #[serde(rename = "prize.won")]
    PrizeWon {
        /// In which draw.
        draw_id: DrawId,
        /// At the bell of which round, or for the fans of which star.
        #[serde(flatten)]
        occasion: Occasion,
        /// By which entry.
        entry_id: EntryId,
        /// What.
        prize_id: PrizeId,
    },
    /// Somebody took a coupon.
    #[serde(rename = "coupon.claimed")]
    CouponClaimed {
        /// Of which offer.
        offer_id: OfferId,
        /// What the shop will be shown.
        code: String,
        /// Until when it can be used.
        valid_until: Timestamp,
    },
    /// A shop's order used one.
    #[serde(rename = "coupon.redeemed")]
    CouponRedeemed {
        /// Of which offer; of a coupon that was won, which prize.
        offer_id: OfferId,
        /// Which coupon.
        code: String,
        /// The shop's number of the order.
        order_id: OrderId,
        /// By which reservation.
        reservation_id: ReservationId,
    },
    /// A round ended with its draw.
    #[serde(rename = "round.drawn")]
    RoundDrawn {
        /// Which round.
        round_id: RoundId,
        /// Which draw.
        draw_id: DrawId,
        /// How many entries were in it.
        entry_count: u32,
        /// How many of them won.
        winner_count: u32,
        /// Path of the proof, which names the winners.
        proof: String,
    },
    /// The fans of a star had their draw.
    #[serde(rename = "fans.drawn")]
    FansDrawn {
        /// Which star.
        star_id: StarId,
        /// Which draw.
        draw_id: DrawId,
        /// How many entries were in it.
        entry_count: u32,
        /// How many of them won.
        winner_count: u32,
        /// Path of the proof, which names the winners.
        proof: String,
    },
}

impl Fact {
    /// Its kind.
    pub fn kind(&self) -> EventKind {
        match self {
            Self::PrizeWon { .. } => EventKind::PrizeWon,
            Self::CouponClaimed { .. } => EventKind::CouponClaimed,
            Self::CouponRedeemed { .. } => EventKind::CouponRedeemed,
            Self::RoundDrawn { .. } => EventKind::RoundDrawn,
            Self::FansDrawn { .. } => EventKind::FansDrawn,
        }
    }
}
