//! The guide: the one best next step for a participant now.
//!
//! A step is a place to go and a reason to go there. It is chosen by the rules themselves, so that nobody is ever sent where
//! they would be refused. What runs out comes before what stays, what is the participant's own before what is everybody's;
//! with nothing to do, it says what happens next.

use crate::coupon::{CouponOffer, OfferState, offer_state};
use crate::entry::enter_round;
use crate::ids::{OfferId, StarId};
use crate::round::{RoundEnding, RoundPhase, phase_at};
use crate::schedule::RoundSlot;
use crate::time::Timestamp;

/// A coupon that opens sooner than this is counted down to, before anything that can wait, ms.
pub const COUPON_SOON_MS: i64 = 15 * 60_000;

/// How exactly is said what is left, ms: a sentence is no clock.
pub const SAID_TO_MS: i64 = 10_000;

/// The round that is open, or the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundFacts {
    /// Its place in the timetable.
    pub slot: RoundSlot,
    /// How it ended, if it did.
    pub ending: Option<RoundEnding>,
    /// Since when the rounds are paused, if they are.
    pub paused_from: Option<Timestamp>,
    /// Whether the participant is in it.
    pub is_in: bool,
}

/// A star that can be voted for, or will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarFacts<'a> {
    /// Who.
    pub star_id: &'a StarId,
    /// Its place now, and at the last look.
    pub rank: u32,
    /// The place that it had then; none if it was not there.
    pub rank_before: Option<u32>,
    /// Whether the participant voted for it today.
    pub is_mine: bool,
    /// Whether a vote of theirs for it would count now.
    pub can_be_voted_for: bool,
    /// Whether they have not seen it since it was revealed.
    pub is_new: bool,
}

/// An offer, and what the participant has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferFacts<'a> {
    /// What it is.
    pub offer: &'a CouponOffer,
    /// How many were claimed by all.
    pub claimed: u32,
    /// How many the participant has.
    pub mine: u32,
    /// Whether they are in the draw of its first moments.
    pub is_drawing: bool,
}

/// What the choice depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct GuideFacts<'a> {
    /// The back end's clock.
    pub now: Timestamp,
    /// The round that is open, or the next one; none once all are over.
    pub round: Option<RoundFacts>,
    /// Until when the prizes that wait for an address can be claimed, in any order.
    pub claims_by: &'a [Timestamp],
    /// Whether the draw of an entry of theirs is done and they have not looked.
    pub has_result: bool,
    /// The stars that are revealed.
    pub stars: &'a [StarFacts<'a>],
    /// How many votes are left today.
    pub votes_left: u32,
    /// When votes come back; none if the campaign ends before.
    pub votes_return_at: Option<Timestamp>,
    /// The offers.
    pub offers: &'a [OfferFacts<'a>],
    /// When the next star is revealed.
    pub reveals_at: Option<Timestamp>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Say where a prize goes.
    ClaimPrize {
        /// Until when.
        by: Timestamp,
    },
    /// Enter the round.
    Enter {
        /// How long it is open still, ms.
        left_ms: i64,
    },
    /// Look at the result of a draw that they were in.
    Result,
    /// The list is sealed; the result comes at once.
    Drawing,
    /// Look at a coupon that opens soon.
    CouponSoon {
        /// Of which offer.
        offer_id: OfferId,
        /// How long until then, ms.
        left_ms: i64,
    },
    /// Look after a star they voted for, which has fallen.
    StarFell {
        /// Which.
        star_id: StarId,
        /// To which place.
        rank: u32,
    },
    /// Meet a star that was revealed.
    NewStar {
        /// Which.
        star_id: StarId,
    },
    /// Vote.
    Vote {
        /// How many votes are left today.
        left: u32,
    },
    /// Claim a coupon.
    ClaimCoupon {
        /// Of which offer.
        offer_id: OfferId,
    },
    /// Nothing to do: this happens next.
    Wait {
        /// What.
        happens: Next,
        /// When.
        at: Timestamp,
        /// How long until then by the clock that it goes by, ms.
        left_ms: i64,
    },
    /// The rounds are paused, and nothing else is to be done.
    Paused,
    /// All is over.
    Over,
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Next {
    /// The draw of the round they are in.
    Draw,
    /// The next round begins.
    Round,
    /// A coupon opens.
    Coupon,
    /// A star is revealed.
    Star,
    /// Votes come back.
    Votes,
}

/// Chooses. Every participant has exactly one step at every instant, and the same facts have the same step.
pub fn next_step(facts: &GuideFacts<'_>) -> Step {
    let round = facts.round.map(|round| (round, phase_of(&round, facts.now)));
    let enter = round.and_then(|(round, phase)| entering(&round, phase, facts.now));
    let claim = facts.claims_by.iter().copied().filter(|by| *by > facts.now).min();
    match (&enter, claim) {
        // Of two that run out, the one that does so sooner.
        (Some((_, closes_at)), Some(by)) if by < *closes_at => return Step::ClaimPrize { by },
        (Some((left_ms, _)), _) => return Step::Enter { left_ms: *left_ms },
        (None, Some(by)) => return Step::ClaimPrize { by },
        (None, None) => {}
    }
    if round.is_some_and(|(round, phase)| round.is_in && phase == RoundPhase::Sealed) {
        return Step::Drawing;
    }
    if facts.has_result {
        return Step::Result;
    }
    worth_a_look(facts).unwrap_or_else(|| waiting(facts, round))
}

/// Until when the step stays what it is and is said in the same words, unless one of the facts changes; ten seconds at most. So it
/// need not be chosen at every tick.
pub fn stands_until(facts: &GuideFacts<'_>, step: &Step) -> Timestamp {
    let left_ms = match step {
        Step::Enter { left_ms } | Step::CouponSoon { left_ms, .. } | Step::Wait { left_ms, .. } => *left_ms,
        _ => 0,
    };
    let round = facts.round.iter().flat_map(|round| [round.slot.opens_at, round.slot.closes_at]);
    let offers = facts
        .offers
        .iter()
        .flat_map(|OfferFacts { offer, .. }| [offer.opens_at.plus_ms(1 - COUPON_SOON_MS), offer.closes_at]);
    // What can only be waited for is one of them or what is left until then.
    let to_come = round.chain(offers).chain(facts.claims_by.iter().copied()).filter(|at| *at > facts.now);
    to_come.fold(facts.now.plus_ms(said_for_ms(left_ms)), Timestamp::min)
}

/// How long it can be said in the same words that so much is left, ms.
pub fn said_for_ms(left_ms: i64) -> i64 {
    (left_ms.max(0) - 1).rem_euclid(SAID_TO_MS) + 1
}

/// What does not run out within the round.
fn worth_a_look(facts: &GuideFacts<'_>) -> Option<Step> {
    if let Some((offer, left_ms)) = next_offer(facts).filter(|(_, left_ms)| *left_ms < COUPON_SOON_MS) {
        return Some(Step::CouponSoon { offer_id: offer.id.clone(), left_ms });
    }
    let fell = |star: &&StarFacts<'_>| star.is_mine && star.rank_before.is_some_and(|before| star.rank > before);
    if let Some(star) = facts.stars.iter().filter(fell).min_by_key(|star| star.rank) {
        return Some(Step::StarFell { star_id: star.star_id.clone(), rank: star.rank });
    }
    if let Some(star) = facts.stars.iter().rev().find(|star| star.is_new) {
        return Some(Step::NewStar { star_id: star.star_id.clone() });
    }
    if facts.votes_left > 0 && facts.stars.iter().any(|star| star.can_be_voted_for) {
        return Some(Step::Vote { left: facts.votes_left });
    }
    let mut offers = facts.offers.iter();
    let open = offers.find(|of| stands(of, facts.now) == OfferState::Open);
    open.map(|of| Step::ClaimCoupon { offer_id: of.offer.id.clone() })
}

/// What happens next, and soonest; of two at once, the one named first in [`Next`].
fn waiting(facts: &GuideFacts<'_>, round: Option<(RoundFacts, RoundPhase)>) -> Step {
    let now = facts.now;
    let mut next: Vec<(i64, Next, Timestamp)> = Vec::new();
    let mut add = |happens, at: Timestamp, by: Timestamp| next.push((at.ms_since(by).max(0), happens, at));
    if let Some((round, phase)) = round {
        match phase {
            RoundPhase::Scheduled if round.paused_from.is_none() => add(Next::Round, round.slot.opens_at, now),
            RoundPhase::Open if round.paused_from.is_none() => add(Next::Draw, round.slot.closes_at, now),
            // One that drew at its target has its bell to come, and the next begins after that.
            RoundPhase::Drawn if round.slot.closes_at > now && round.paused_from.is_none() => {
                add(Next::Round, round.slot.closes_at, now);
            }
            _ => {}
        }
    }
    if let Some((offer, _)) = next_offer(facts) {
        add(Next::Coupon, offer.opens_at, now);
    }
    if let Some(at) = facts.reveals_at.filter(|at| *at > now) {
        add(Next::Star, at, now);
    }
    if let Some(at) = facts.votes_return_at.filter(|at| *at > now) {
        add(Next::Votes, at, now);
    }
    match next.into_iter().min() {
        Some((left_ms, happens, at)) => Step::Wait { happens, at, left_ms },
        None if round.is_some_and(|(_, phase)| phase == RoundPhase::Sealed) => Step::Drawing,
        None if round.is_some_and(|(round, _)| round.paused_from.is_some()) => Step::Paused,
        None => Step::Over,
    }
}

/// A pause stops the rounds' clock.
fn phase_of(round: &RoundFacts, now: Timestamp) -> RoundPhase {
    phase_at(&round.slot, round.ending, round.paused_from.map_or(now, |from| now.min(from)))
}

/// How long the round can be entered still, ms, and until when, for somebody who is not in it.
fn entering(round: &RoundFacts, phase: RoundPhase, now: Timestamp) -> Option<(i64, Timestamp)> {
    let accepted = enter_round(Some(&round.slot), phase, round.paused_from.is_some(), None).is_ok();
    let closes_at = round.slot.closes_at;
    (accepted && !round.is_in).then(|| (closes_at.ms_since(now).max(0), closes_at))
}

/// The offer that opens next of those the participant can have something of, and how long until then, ms.
fn next_offer<'a>(facts: &GuideFacts<'a>) -> Option<(&'a CouponOffer, i64)> {
    let soon = facts.offers.iter().filter(|of| stands(of, facts.now) == OfferState::Soon);
    let next = soon.min_by(|a, b| a.offer.opens_at.cmp(&b.offer.opens_at).then_with(|| a.offer.id.cmp(&b.offer.id)));
    next.map(|of| (of.offer, of.offer.opens_at.ms_since(facts.now)))
}

fn stands(of: &OfferFacts<'_>, now: Timestamp) -> OfferState {
    match offer_state(of.offer, of.claimed, of.mine, now) {
        OfferState::Open | OfferState::SoldOut if of.is_drawing => OfferState::Drawing,
        stands => stands,
    }
}

#[cfg(test)]
mod tests;
