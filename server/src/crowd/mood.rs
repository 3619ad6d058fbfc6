//! What simulated shoppers like, and how fast they are about it.

use std::time::Duration;

use carnival_contract::snapshot::CampaignSnapshot;
use carnival_domain::coupon::{CouponOffer, OfferState, offer_state};
use carnival_domain::ids::{OfferId, RoundId, StarId};
use carnival_domain::time::Timestamp;

/// A pause of this length on average; short ones are common and long ones rare, as among people.
pub(super) fn pause(mean: Duration) -> Duration {
    let chance = fastrand::f64().max(1e-6);
    mean.mul_f64((-chance.ln()).min(6.0))
}

/// Which share of the crowd is in for a round: a little more or less than three fifths, so that two hundred
/// reach a target of 120 more often than not.
pub(super) fn is_in_for(round: RoundId) -> bool {
    let mut dice = fastrand::Rng::with_seed(u64::from(round.0));
    let share = 0.56 + 0.14 * dice.f64();
    fastrand::f64() < share
}

/// A star to vote for. Everybody knows the first few, and a shopper has a taste: of three that come to mind,
/// the one that is ahead.
pub(super) fn favourite(snapshot: &CampaignSnapshot) -> Option<StarId> {
    let count = snapshot.stars.len();
    let thought_of = || {
        // Squared, so that the front of the file comes to mind more often.
        let place = (fastrand::f64().powi(2) * count as f64) as usize;
        snapshot.stars.get(place)
    };
    let votes = |id: &StarId| {
        let tally = snapshot.live.tallies.iter().find(|tally| tally.star_id == *id);
        tally.map_or(0, |tally| tally.vote_count)
    };
    let thought_of = [thought_of(), thought_of()].into_iter().flatten();
    let star = if fastrand::f64() < 0.4 {
        thought_of.max_by_key(|star| votes(&star.id))
    } else {
        thought_of.min_by_key(|_| fastrand::u32(..))
    };
    star.map(|star| star.id.clone())
}

/// An offer to claim: what is nearly gone draws people.
pub(super) fn bargain(snapshot: &CampaignSnapshot, now: Timestamp) -> Option<OfferId> {
    let left = |offer: &CouponOffer| {
        let claims = snapshot.live.claims.iter().find(|claims| claims.offer_id == offer.id);
        offer.stock.saturating_sub(claims.map_or(0, |claims| claims.claimed_count))
    };
    let open = |offer: &&CouponOffer| offer_state(offer, offer.stock - left(offer), 0, now) == OfferState::Open;
    let mut offers: Vec<_> = snapshot.offers.iter().filter(open).collect();
    offers.sort_unstable_by_key(|offer| left(offer));
    let place = (fastrand::f64().powi(2) * offers.len() as f64) as usize;
    offers.get(place).map(|offer| offer.id.clone())
}
