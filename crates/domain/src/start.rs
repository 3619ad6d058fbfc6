//! A fair start: whoever taps in an offer's first moments is in a draw, so that a quicker telephone is no better one.
//!
//! The draw is the provable one, with the offer's stock as its prizes. What is left of the stock afterwards goes to whoever
//! comes first.

use crate::coupon::CouponOffer;
use crate::ids::PrizeId;
use crate::round::{PrizeLot, PrizePool};
use crate::time::Timestamp;

impl CouponOffer {
    /// When its first moments are over and drawn; none if taps are raced from the first one on.
    pub fn drawn_at(&self) -> Option<Timestamp> {
        self.fair_start_ms.map(|ms| self.opens_at.plus_ms(ms))
    }

    /// Whether a tap is drawn rather than raced.
    pub fn is_drawing(&self, now: Timestamp) -> bool {
        self.drawn_at().is_some_and(|drawn_at| self.opens_at <= now && now < drawn_at)
    }

    /// What the draw of its first moments gives: the whole stock. The prize has the offer's own name.
    pub fn start_pool(&self) -> PrizePool {
        PrizePool(vec![PrizeLot { prize_id: PrizeId::from(self.id.clone()), count: self.stock }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coupon::tests::offer;

    #[test]
    fn a_tap_is_drawn_from_the_opening_until_the_result() {
        let offer = CouponOffer { fair_start_ms: Some(3), ..offer(5, 1) };
        let drawing: Vec<_> = (8..15).filter(|now| offer.is_drawing(Timestamp::from_ms(*now))).collect();
        assert_eq!(drawing, [10, 11, 12]);
        assert_eq!(offer.drawn_at(), Some(Timestamp::from_ms(13)));
        assert_eq!(offer.start_pool().prize_count(), 5);
    }

    #[test]
    fn without_a_fair_start_nothing_is_drawn() {
        let offer = offer(5, 1);
        assert!(!offer.is_drawing(offer.opens_at));
        assert_eq!(offer.drawn_at(), None);
    }
}
