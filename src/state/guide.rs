//! The one best next step for this shopper now. A pure choice; its words are in `text`.

use carnival_contract::replies::Me;
use carnival_domain::coupon::{OfferState, offer_state};
use carnival_domain::round::RoundPhase;
use carnival_domain::time::Timestamp;

use super::State;

/// A coupon that opens later than this is no news yet.
const SOON_MS: i64 = 15 * 60_000;

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The round closes in this many ms, and they are not in.
    Enter(i64),
    /// They won something that they have not seen.
    Votes(u32),
    /// A coupon opens in this many ms.
    CouponSoon(i64),
    /// A coupon can be claimed.
    ClaimCoupon,
    /// They are in: the draw is in this many ms.
    WaitForDraw(i64),
    /// The next round begins in this many ms.
    WaitForRound(i64),
    /// The bell has rung.
    Drawing,
    /// Nothing is left to do.
    Over,
}

/// What the choice depends on.
pub(crate) struct Facts {
    /// Where the round stands; none once all are over.
    pub(crate) phase: Option<RoundPhase>,
    /// How long the phase lasts, ms.
    pub(crate) remaining_ms: i64,
    /// Whether this shopper is in.
    pub(crate) is_in: bool,
    /// Votes left today.
    pub(crate) votes_left: u32,
    /// Whether a coupon can be claimed now.
    pub(crate) coupon_open: bool,
    /// How long until the next coupon opens, ms.
    pub(crate) coupon_opens_in_ms: Option<i64>,
}

/// Chooses. What runs out soonest comes first; what can wait, waits.
pub(crate) fn next_step(facts: &Facts) -> Step {
    match facts.phase {
        Some(RoundPhase::Open) if !facts.is_in => return Step::Enter(facts.remaining_ms),
        Some(RoundPhase::Sealed) if facts.is_in => return Step::Drawing,
        _ => {}
    }
    match facts.coupon_opens_in_ms {
        Some(ms) if ms < SOON_MS => return Step::CouponSoon(ms),
        _ => {}
    }
    if facts.votes_left > 0 {
        return Step::Votes(facts.votes_left);
    }
    if facts.coupon_open {
        return Step::ClaimCoupon;
    }
    match facts.phase {
        Some(RoundPhase::Open) => Step::WaitForDraw(facts.remaining_ms),
        // One that drew at its target has its bell to come, and the next begins after that.
        Some(RoundPhase::Scheduled | RoundPhase::Drawn) => Step::WaitForRound(facts.remaining_ms),
        Some(RoundPhase::Sealed) => Step::Drawing,
        _ => Step::Over,
    }
}

impl State {
    /// The step to show.
    pub(crate) fn next_step(self) -> Step {
        let now = self.clock.second();
        let offers = self.coupons.offers();
        let state = |me: &Me, offer: &super::coupons::Offer| {
            let mine = me.coupons.iter().filter(|coupon| coupon.offer_id == offer.terms.id).count() as u32;
            offer_state(&offer.terms, offer.claimed.get(), mine, now)
        };
        let (coupon_open, coupon_opens_in_ms) = self.session.me(|me| {
            let open = offers.iter().any(|offer| state(me, offer) == OfferState::Open);
            let soon = offers.iter().filter(|offer| state(me, offer) == OfferState::Soon);
            (open, soon.map(|offer| offer.terms.opens_at.ms_since(now)).min())
        });
        next_step(&Facts {
            phase: self.round.current().map(|_| self.round.phase()),
            remaining_ms: self
                .round
                .counts_down_to()
                .map_or(0, |at: Timestamp| at.ms_since(self.round.standing(now)).max(0)),
            // While the rounds are paused nobody can enter: then other things come first.
            is_in: self.my_entry().is_some() || self.round.pause_note().is_some(),
            votes_left: self.leaderboard.votes_left(),
            coupon_open,
            coupon_opens_in_ms,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            phase: Some(RoundPhase::Open),
            remaining_ms: 41_000,
            is_in: true,
            votes_left: 2,
            coupon_open: true,
            coupon_opens_in_ms: None,
        }
    }

    #[test]
    fn the_round_that_closes_comes_before_everything_else() {
        assert_eq!(next_step(&Facts { is_in: false, ..facts() }), Step::Enter(41_000));
    }

    #[test]
    fn who_is_in_is_shown_what_opens_soon_then_their_votes_then_the_coupons() {
        assert_eq!(next_step(&Facts { coupon_opens_in_ms: Some(60_000), ..facts() }), Step::CouponSoon(60_000));
        assert_eq!(next_step(&Facts { coupon_opens_in_ms: Some(SOON_MS), ..facts() }), Step::Votes(2));
        assert_eq!(next_step(&Facts { votes_left: 0, ..facts() }), Step::ClaimCoupon);
        assert_eq!(next_step(&Facts { votes_left: 0, coupon_open: false, ..facts() }), Step::WaitForDraw(41_000));
    }

    #[test]
    fn a_round_that_drew_before_its_bell_is_not_the_end_of_all() {
        let drawn = Facts { phase: Some(RoundPhase::Drawn), votes_left: 0, coupon_open: false, ..facts() };
        assert_eq!(next_step(&drawn), Step::WaitForRound(41_000));
    }

    #[test]
    fn when_all_is_over_nothing_is_asked_for() {
        let over = Facts { phase: None, is_in: false, votes_left: 0, coupon_open: false, ..facts() };
        assert_eq!(next_step(&over), Step::Over);
    }
}
