//! What a campaign can cost at the very most.

use crate::campaign::{Campaign, Prize};
use crate::coupon::CouponOffer;
use crate::money::Fen;

/// What everything comes to if every prize is won and claimed and every coupon is claimed and used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ceiling {
    /// The market prices of all prizes of all draws.
    pub prizes_fen: Fen,
    /// The face values of all coupons.
    pub coupons_fen: Fen,
}

impl Ceiling {
    /// Of draws, each kind with how many there are and what one of them brings, and of these offers.
    ///
    /// A prize that rolls over is paid later and not twice; one that its winner does not claim goes to a reserve, and is one
    /// prize still, for of each only one promise holds at a time. So neither costs more. A sum that is too large for the
    /// number that holds it stays at the largest there is, which no budget covers.
    pub fn of(draws: &[(u32, &[Prize])], offers: &[CouponOffer]) -> Self {
        let times = |fen: Fen, count: u32| Fen(fen.0.saturating_mul(i64::from(count)));
        let of_one = |prizes: &[Prize]| total(prizes.iter().map(|prize| times(prize.value_fen, prize.count)));
        Self {
            prizes_fen: total(draws.iter().map(|(count, prizes)| times(of_one(prizes), *count))),
            coupons_fen: total(offers.iter().map(|offer| times(offer.amount_fen, offer.stock))),
        }
    }

    /// Of a campaign.
    pub fn of_campaign(campaign: &Campaign) -> Self {
        let rounds = &campaign.rounds;
        let of_fans = campaign.fans_draw.as_ref().map(|fans| (fans.top, &fans.prizes[..]));
        let of_rounds = (rounds.schedule.round_count(), &rounds.prizes[..]);
        let draws: Vec<_> = [of_rounds].into_iter().chain(of_fans).collect();
        Self::of(&draws, &campaign.offers)
    }

    /// All of it together.
    pub fn all_fen(self) -> Fen {
        total([self.prizes_fen, self.coupons_fen].into_iter())
    }
}

fn total(amounts: impl Iterator<Item = Fen>) -> Fen {
    Fen(amounts.fold(0_i64, |sum, amount| sum.saturating_add(amount.0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::award::PrizeKind;
    use crate::coupon::tests::offer;
    use crate::local_text::LocalText;

    fn prize(count: u32, value_fen: i64) -> Prize {
        Prize {
            id: "phone".parse().expect("a slug"),
            title: LocalText::default(),
            count,
            value_fen: Fen(value_fen),
            image: String::new(),
            kind: PrizeKind::Thing { claim_within_ms: 1 },
        }
    }

    #[test]
    fn every_prize_of_every_round_and_every_coupon_counts_once() {
        let ceiling = Ceiling::of(&[(228, &[prize(1, 299_900), prize(10, 3900)])], &[offer(50, 1), offer(7, 2)]);
        assert_eq!(ceiling.prizes_fen, Fen(228 * (299_900 + 39_000)));
        assert_eq!(ceiling.coupons_fen, Fen(57 * 100));
        assert_eq!(ceiling.all_fen(), Fen(228 * 338_900 + 5700));
    }

    proptest! {
        #[test]
        fn no_number_is_so_large_that_the_sum_comes_out_small(
            rounds in 1u32.., count in 1u32.., value in 1..i64::MAX, stock in 1u32..,
        ) {
            let ceiling = Ceiling::of(&[(rounds, &[prize(count, value)])], &[offer(stock, 1)]);
            prop_assert!(ceiling.prizes_fen.0 >= value);
            prop_assert!(ceiling.all_fen() >= ceiling.prizes_fen && ceiling.all_fen() >= ceiling.coupons_fen);
        }
    }
}
