//! Coupon offers and claiming from them.

use serde::{Deserialize, Serialize};

use crate::ids::{OfferId, StarId};
use crate::local_text::LocalText;
use crate::money::Fen;
use crate::time::Timestamp;

/// What may be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouponOffer {
    /// Its id.
    pub id: OfferId,
    /// Its name.
    pub title: LocalText,
    /// What it is good for.
    pub scope: LocalText,
    /// What it takes off.
    pub amount_fen: Fen,
    /// From which sum on; zero means any.
    pub threshold_fen: Fen,
    /// How many there are in all.
    pub stock: u32,
    /// How many of them one participant may have.
    pub per_participant: u32,
    /// From when on it can be claimed.
    pub opens_at: Timestamp,
    /// Until when it can be claimed.
    pub closes_at: Timestamp,
    /// How long from its opening on taps are drawn and not raced, ms; none if they are raced from the first one on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fair_start_ms: Option<i64>,
    /// How long a coupon can be used once claimed, ms.
    pub valid_for_ms: i64,
    /// The star it belongs to, if any.
    pub star_id: Option<StarId>,
}

/// How an offer stands for one participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// Its window has not opened.
    Soon,
    /// It can be claimed.
    Open,
    /// The participant is in the draw of its first moments.
    Drawing,
    /// The participant has all they may have of it.
    Mine,
    /// Nothing is left.
    SoldOut,
    /// Its window has closed.
    Over,
}

impl OfferState {
    /// The state's word, for attributes and style sheets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Soon => "soon",
            Self::Open => "open",
            Self::Drawing => "drawing",
            Self::Mine => "mine",
            Self::SoldOut => "sold_out",
            Self::Over => "over",
        }
    }
}

/// How an offer stands, given how many were claimed by all and by this participant.
pub fn offer_state(offer: &CouponOffer, claimed: u32, mine: u32, now: Timestamp) -> OfferState {
    if mine >= offer.per_participant {
        OfferState::Mine
    } else if now < offer.opens_at {
        OfferState::Soon
    } else if now >= offer.closes_at {
        OfferState::Over
    } else if claimed >= offer.stock {
        OfferState::SoldOut
    } else {
        OfferState::Open
    }
}

/// Why a coupon cannot be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimRefused {
    /// There is no such offer.
    UnknownOffer,
    /// Its window has not opened.
    NotOpenYet {
        /// When it does.
        opens_at: Timestamp,
    },
    /// Its window has closed.
    Over {
        /// When it did.
        closed_at: Timestamp,
    },
    /// Nothing is left.
    SoldOut,
    /// The participant has all they may have of it.
    LimitReached {
        /// How many that is.
        limit: u32,
    },
}

/// What a claim comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A coupon.
    Coupon {
        /// Until when it will be valid.
        valid_until: Timestamp,
    },
    /// A place in the draw of the offer's first moments.
    Draw,
}

/// Decides whether a coupon can be claimed, and what comes of it.
pub fn claim_coupon(
    offer: Option<&CouponOffer>,
    claimed: u32,
    mine: u32,
    now: Timestamp,
) -> Result<Claim, ClaimRefused> {
    let offer = offer.ok_or(ClaimRefused::UnknownOffer)?;
    match offer_state(offer, claimed, mine, now) {
        OfferState::Open | OfferState::Drawing if offer.is_drawing(now) => Ok(Claim::Draw),
        OfferState::Open | OfferState::Drawing => Ok(Claim::Coupon { valid_until: now.plus_ms(offer.valid_for_ms) }),
        OfferState::Soon => Err(ClaimRefused::NotOpenYet { opens_at: offer.opens_at }),
        OfferState::Over => Err(ClaimRefused::Over { closed_at: offer.closes_at }),
        OfferState::SoldOut => Err(ClaimRefused::SoldOut),
        OfferState::Mine => Err(ClaimRefused::LimitReached { limit: offer.per_participant }),
    }
}

/// A coupon's code from random bytes: 60 bits in three groups, such as `7K2M-Q9XA-44ZE`, without letters
/// that look alike. Unguessable: at a million coupons and a thousand tries a second, a hit takes 13 days.
pub fn coupon_code(random: [u8; 8]) -> String {
    let text = crate::base32::encode(&random);
    format!("{}-{}-{}", &text[..4], &text[4..8], &text[8..12])
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn offer(stock: u32, per_participant: u32) -> CouponOffer {
        CouponOffer {
            id: "c".parse().expect("a slug"),
            title: LocalText::default(),
            scope: LocalText::default(),
            amount_fen: Fen(100),
            threshold_fen: Fen(0),
            stock,
            per_participant,
            opens_at: Timestamp::from_ms(10),
            closes_at: Timestamp::from_ms(20),
            fair_start_ms: None,
            valid_for_ms: 5,
            star_id: None,
        }
    }

    #[test]
    fn the_window_includes_its_opening_and_not_its_closing() {
        let claim = |now| claim_coupon(Some(&offer(1, 1)), 0, 0, Timestamp::from_ms(now));
        assert!(matches!(claim(9), Err(ClaimRefused::NotOpenYet { .. })));
        assert_eq!(claim(10), Ok(Claim::Coupon { valid_until: Timestamp::from_ms(15) }));
        assert!(claim(19).is_ok());
        assert!(matches!(claim(20), Err(ClaimRefused::Over { .. })));
    }

    #[test]
    fn the_first_moments_of_a_fair_start_are_drawn_and_the_rest_is_raced() {
        let offer = CouponOffer { fair_start_ms: Some(4), ..offer(1, 1) };
        let claim = |now| claim_coupon(Some(&offer), 0, 0, Timestamp::from_ms(now));
        assert_eq!((claim(10), claim(13)), (Ok(Claim::Draw), Ok(Claim::Draw)));
        assert_eq!(claim(14), Ok(Claim::Coupon { valid_until: Timestamp::from_ms(19) }));
    }

    #[test]
    fn what_one_has_is_shown_as_mine_whatever_else_holds() {
        for now in [0, 15, 99] {
            assert_eq!(offer_state(&offer(1, 1), 1, 1, Timestamp::from_ms(now)), OfferState::Mine);
        }
    }

    proptest! {
        #[test]
        fn no_order_of_claims_gives_more_than_the_stock_or_the_limit(
            stock in 0u32..20, limit in 1u32..4, claims in prop::collection::vec(0usize..8, 0..100),
        ) {
            let offer = offer(stock, limit);
            let (mut claimed, mut mine) = (0, [0; 8]);
            for who in claims {
                if claim_coupon(Some(&offer), claimed, mine[who], Timestamp::from_ms(15)).is_ok() {
                    claimed += 1;
                    mine[who] += 1;
                }
            }
            prop_assert!(claimed <= stock);
            prop_assert!(mine.iter().all(|count| *count <= limit));
        }
    }
}
