//! The guide's choice: a table of rules, and laws.

use proptest::prelude::*;

use super::*;
use crate::award::{Award, PrizeKind, claim_prize};
use crate::coupon::claim_coupon;
use crate::coupon::tests::offer;
use crate::ids::{EntryId, RoundId};

/// A round that opened at 0 and closes at 378 s; it is 337 s: 0:41 is left.
const NOW: Timestamp = Timestamp::from_ms(337_000);
const SLOT: RoundSlot =
    RoundSlot { id: RoundId(7), opens_at: Timestamp::from_ms(0), closes_at: Timestamp::from_ms(378_000) };
const OPEN: RoundFacts = RoundFacts { slot: SLOT, ending: None, paused_from: None, is_in: false };
const IN: RoundFacts = RoundFacts { is_in: true, ..OPEN };
const HOUR_MS: i64 = 3_600_000;

fn after(ms: i64) -> Timestamp {
    NOW.plus_ms(ms)
}

fn kemi() -> StarId {
    "kemi".parse().expect("a slug")
}

fn star(star_id: &StarId) -> StarFacts<'_> {
    StarFacts { star_id, rank: 1, rank_before: Some(1), is_mine: false, can_be_voted_for: false, is_new: false }
}

/// An offer that opens and closes so long after now.
fn window(opens_ms: i64, closes_ms: i64) -> CouponOffer {
    CouponOffer { opens_at: after(opens_ms), closes_at: after(closes_ms), ..offer(5, 1) }
}

fn fresh(offer: &CouponOffer) -> OfferFacts<'_> {
    OfferFacts { offer, claimed: 0, mine: 0, is_drawing: false }
}

fn now(round: Option<RoundFacts>) -> GuideFacts<'static> {
    GuideFacts { now: NOW, round, ..GuideFacts::default() }
}

#[test]
fn a_round_that_closes_comes_before_what_can_wait() {
    let kemi = kemi();
    let stars = [StarFacts { can_be_voted_for: true, is_new: true, ..star(&kemi) }];
    let facts = GuideFacts { has_result: true, stars: &stars, votes_left: 3, ..now(Some(OPEN)) };
    assert_eq!(next_step(&facts), Step::Enter { left_ms: 41_000 });
}

#[test]
fn a_prize_that_waits_for_an_address_comes_next_and_of_two_the_more_urgent() {
    let claims_by = [after(60 * HOUR_MS), after(2 * HOUR_MS), after(-1)];
    let facts = GuideFacts { claims_by: &claims_by, has_result: true, ..now(Some(IN)) };
    assert_eq!(next_step(&facts), Step::ClaimPrize { by: after(2 * HOUR_MS) });
}

#[test]
fn a_prize_that_lapses_before_the_bell_comes_before_the_round() {
    let (sooner, later) = ([after(40_999)], [after(41_000)]);
    assert_eq!(next_step(&GuideFacts { claims_by: &sooner, ..now(Some(OPEN)) }), Step::ClaimPrize { by: sooner[0] });
    assert_eq!(next_step(&GuideFacts { claims_by: &later, ..now(Some(OPEN)) }), Step::Enter { left_ms: 41_000 });
}

#[test]
fn who_is_in_a_sealed_round_waits_for_its_result_and_then_looks_at_it() {
    let sealed = |is_in| Some(RoundFacts { is_in, ..OPEN });
    let at_the_bell = |is_in| GuideFacts { now: SLOT.closes_at, ..now(sealed(is_in)) };
    assert_eq!(next_step(&at_the_bell(true)), Step::Drawing);
    assert_eq!(next_step(&GuideFacts { has_result: true, ..now(Some(IN)) }), Step::Result);
}

#[test]
fn a_coupon_that_opens_within_a_quarter_of_an_hour_is_counted_down_to() {
    let (kemi, soon, later) = (kemi(), window(60_000, HOUR_MS), window(COUPON_SOON_MS, HOUR_MS));
    let stars = [StarFacts { can_be_voted_for: true, ..star(&kemi) }];
    let step = |of| next_step(&GuideFacts { offers: &[of], stars: &stars, votes_left: 2, ..now(Some(IN)) });
    assert_eq!(step(fresh(&soon)), Step::CouponSoon { offer_id: soon.id.clone(), left_ms: 60_000 });
    assert_eq!(step(fresh(&later)), Step::Vote { left: 2 });
    assert_eq!(step(OfferFacts { mine: 1, ..fresh(&soon) }), Step::Vote { left: 2 }, "it is no use to them");
}

#[test]
fn a_star_they_voted_for_that_fell_is_told_of_and_no_other() {
    let kemi = kemi();
    let fell = StarFacts { rank: 2, is_mine: true, ..star(&kemi) };
    let step = |star| next_step(&GuideFacts { stars: &[star], ..now(Some(IN)) });
    assert_eq!(step(fell), Step::StarFell { star_id: kemi.clone(), rank: 2 });
    let waits = Step::Wait { happens: Next::Draw, at: SLOT.closes_at, left_ms: 41_000 };
    for other in [
        StarFacts { is_mine: false, ..fell },
        StarFacts { rank_before: Some(3), ..fell },
        StarFacts { rank_before: None, ..fell },
    ] {
        assert_eq!(step(other), waits);
    }
}

#[test]
fn a_star_that_was_revealed_is_met_before_votes_are_spent() {
    let kemi = kemi();
    let stars = [StarFacts { is_new: true, can_be_voted_for: true, ..star(&kemi) }];
    let facts = GuideFacts { stars: &stars, votes_left: 1, ..now(Some(IN)) };
    assert_eq!(next_step(&facts), Step::NewStar { star_id: kemi.clone() });
}

#[test]
fn votes_are_offered_only_where_one_would_count() {
    let kemi = kemi();
    let (ready, spent) = ([StarFacts { can_be_voted_for: true, ..star(&kemi) }], [star(&kemi)]);
    let facts = |stars, votes_left| GuideFacts { stars, votes_left, ..now(Some(IN)) };
    assert_eq!(next_step(&facts(&ready, 2)), Step::Vote { left: 2 });
    let waits = Step::Wait { happens: Next::Draw, at: SLOT.closes_at, left_ms: 41_000 };
    assert_eq!(next_step(&facts(&ready, 0)), waits);
    assert_eq!(next_step(&facts(&spent, 2)), waits, "every star has had what it may have");
}

#[test]
fn a_coupon_to_claim_is_the_last_thing_to_do() {
    let open = window(-1, HOUR_MS);
    let facts = |of| next_step(&GuideFacts { offers: &[of], ..now(Some(IN)) });
    assert_eq!(facts(fresh(&open)), Step::ClaimCoupon { offer_id: open.id.clone() });
    let waits = Step::Wait { happens: Next::Draw, at: SLOT.closes_at, left_ms: 41_000 };
    for of in [
        OfferFacts { claimed: 5, ..fresh(&open) },
        OfferFacts { mine: 1, ..fresh(&open) },
        OfferFacts { is_drawing: true, ..fresh(&open) },
    ] {
        assert_eq!(facts(of), waits);
    }
}

#[test]
fn with_nothing_to_do_it_says_what_happens_next_and_soonest() {
    let coupon = window(COUPON_SOON_MS, HOUR_MS);
    let offers = [fresh(&coupon)];
    let scheduled = RoundFacts { slot: RoundSlot { opens_at: after(5 * HOUR_MS), ..SLOT }, ..OPEN };
    let facts = |round, offers, reveals_at, votes_return_at| {
        let at = |ms: Option<i64>| ms.map(after);
        let facts =
            GuideFacts { offers, reveals_at: at(reveals_at), votes_return_at: at(votes_return_at), ..now(round) };
        match next_step(&facts) {
            Step::Wait { happens, left_ms, .. } => (happens, left_ms),
            other => panic!("nothing is to be done: {other:?}"),
        }
    };
    assert_eq!(facts(Some(IN), &offers[..], Some(1), None), (Next::Star, 1));
    assert_eq!(facts(Some(IN), &offers[..], Some(HOUR_MS), Some(2 * HOUR_MS)), (Next::Draw, 41_000));
    assert_eq!(facts(Some(scheduled), &offers[..], None, Some(HOUR_MS)), (Next::Coupon, COUPON_SOON_MS));
    assert_eq!(facts(Some(scheduled), &[], None, Some(HOUR_MS)), (Next::Votes, HOUR_MS));
    assert_eq!(facts(Some(scheduled), &[], None, None), (Next::Round, 5 * HOUR_MS));
}

#[test]
fn a_round_that_drew_before_its_bell_is_not_the_end_of_all() {
    let drawn = RoundFacts { ending: Some(RoundEnding::Drawn), ..IN };
    assert_eq!(next_step(&now(Some(drawn))), Step::Wait { happens: Next::Round, at: SLOT.closes_at, left_ms: 41_000 });
}

#[test]
fn while_the_rounds_are_paused_nobody_is_sent_there() {
    let paused = RoundFacts { paused_from: Some(after(-1000)), ..OPEN };
    assert_eq!(next_step(&now(Some(paused))), Step::Paused);
    let open = window(-1, HOUR_MS);
    let facts = GuideFacts { offers: &[fresh(&open)], ..now(Some(paused)) };
    assert_eq!(next_step(&facts), Step::ClaimCoupon { offer_id: open.id.clone() });
}

#[test]
fn when_all_is_over_nothing_is_asked_for() {
    assert_eq!(next_step(&now(None)), Step::Over);
}

/// What a property plays with: all instants lie around [`NOW`].
#[derive(Clone, Debug)]
struct Played {
    round: Option<RoundFacts>,
    awards: Vec<Award>,
    has_result: bool,
    stars: Vec<(u32, Option<u32>, bool, bool, bool)>,
    votes_left: u32,
    offers: Vec<(CouponOffer, u32, u32, bool)>,
    reveals_at: Option<Timestamp>,
    votes_return_at: Option<Timestamp>,
}

fn around() -> impl Strategy<Value = Timestamp> {
    (-400_000i64..400_000).prop_map(after)
}

prop_compose! {
    fn round()(
        opens_at in around(), length in 1i64..400_000,
        ending in prop::option::of(prop_oneof![Just(RoundEnding::Drawn), Just(RoundEnding::RolledOver)]),
        paused_from in prop::option::of(around()), is_in: bool,
    ) -> RoundFacts {
        let slot = RoundSlot { id: RoundId(1), opens_at, closes_at: opens_at.plus_ms(length) };
        // A pause that is to come is none yet.
        RoundFacts { slot, ending, paused_from: paused_from.filter(|from| *from <= NOW), is_in }
    }
}

prop_compose! {
    fn some_offer()(
        opens_at in prop_oneof![(-400_000i64..1_000_000).prop_map(after), Just(after(COUPON_SOON_MS))], length in 1i64..400_000, stock in 1u32..4, limit in 1u32..3, drawn in prop::option::of(1i64..60_000),
        claimed in 0u32..5, mine in 0u32..3, is_drawing: bool,
    ) -> (CouponOffer, u32, u32, bool) {
        let closes_at = opens_at.plus_ms(length);
        (CouponOffer { opens_at, closes_at, fair_start_ms: drawn, ..offer(stock, limit) }, claimed, mine, is_drawing)
    }
}

prop_compose! {
    fn played()(
        round in prop::option::of(round()),
        promised in prop::collection::vec(around(), 0..3),
        has_result: bool,
        stars in prop::collection::vec((1u32..5, prop::option::of(1u32..5), any::<bool>(), any::<bool>(), any::<bool>()), 0..4),
        votes_left in 0u32..3,
        offers in prop::collection::vec(some_offer(), 0..4),
        reveals_at in prop::option::of(around()),
        votes_return_at in prop::option::of(around()),
    ) -> Played {
        let kind = PrizeKind::Thing { claim_within_ms: 100_000 };
        let promise = |at| Award::promise(kind, 1, "phone".parse().expect("a slug"), EntryId([1; 16]), None, at);
        let awards = promised.into_iter().map(promise).collect();
        Played { round, awards, has_result, stars, votes_left, offers, reveals_at, votes_return_at }
    }
}

/// Looks at what was played, at an instant.
fn at_instant<T>(played: &Played, now: Timestamp, look: impl Fn(&GuideFacts<'_>) -> T) -> T {
    let kemi = kemi();
    let stars: Vec<_> = played
        .stars
        .iter()
        .map(|(rank, rank_before, is_mine, can_be_voted_for, is_new)| StarFacts {
            star_id: &kemi,
            rank: *rank,
            rank_before: *rank_before,
            is_mine: *is_mine,
            can_be_voted_for: *can_be_voted_for,
            is_new: *is_new,
        })
        .collect();
    let offers: Vec<_> = played
        .offers
        .iter()
        .map(|(offer, claimed, mine, is_drawing)| OfferFacts {
            offer,
            claimed: *claimed,
            mine: *mine,
            is_drawing: *is_drawing,
        })
        .collect();
    let claims_by: Vec<_> = played.awards.iter().filter_map(|award| award.claim_by).collect();
    look(&GuideFacts {
        now,
        round: played.round,
        claims_by: &claims_by,
        has_result: played.has_result,
        stars: &stars,
        votes_left: played.votes_left,
        votes_return_at: played.votes_return_at,
        offers: &offers,
        reveals_at: played.reveals_at,
    })
}

/// The step without what of it is said less exactly than it is known, and that as it is said.
fn said(mut step: Step) -> (Step, i64) {
    let left_ms = match &mut step {
        Step::Enter { left_ms } | Step::CouponSoon { left_ms, .. } | Step::Wait { left_ms, .. } => {
            std::mem::take(left_ms)
        }
        _ => 0,
    };
    (step, (left_ms + SAID_TO_MS - 1) / SAID_TO_MS)
}

proptest! {
    #[test]
    fn nothing_else_is_said_before_a_step_is_over(played in played(), share in 0.0..1.0) {
        let (step, until) = at_instant(&played, NOW, |facts| {
            let step = next_step(facts);
            let until = stands_until(facts, &step);
            (step, until)
        });
        let holds_ms = until.ms_since(NOW);
        prop_assert!((1..=SAID_TO_MS).contains(&holds_ms));
        for later_ms in [(share * holds_ms as f64) as i64, holds_ms - 1] {
            let later = at_instant(&played, NOW.plus_ms(later_ms), next_step);
            prop_assert_eq!(said(later), said(step.clone()), "{} ms later", later_ms);
        }
    }

    #[test]
    fn nobody_is_sent_where_they_would_be_refused(played in played()) {
        let [step, again] = [at_instant(&played, NOW, next_step), at_instant(&played, NOW, next_step)];
        prop_assert_eq!(&step, &again, "the same facts have the same step");
        match step {
            Step::Enter { left_ms } => {
                let round = played.round.expect("a round");
                let phase = phase_at(&round.slot, round.ending, NOW);
                prop_assert!(enter_round(Some(&round.slot), phase, round.paused_from.is_some(), None).is_ok());
                prop_assert!(!round.is_in && left_ms > 0);
            }
            Step::ClaimPrize { by } => {
                let award = played.awards.iter().find(|award| award.claim_by == Some(by)).expect("one of theirs");
                prop_assert!(claim_prize(award, NOW).is_ok());
            }
            Step::ClaimCoupon { .. } => {
                let accepted = |(offer, claimed, mine, _): &(CouponOffer, u32, u32, bool)| {
                    claim_coupon(Some(offer), *claimed, *mine, NOW).is_ok()
                };
                prop_assert!(played.offers.iter().any(accepted));
            }
            Step::Vote { left } => {
                prop_assert!(left > 0 && played.stars.iter().any(|(.., can_be_voted_for, _)| *can_be_voted_for));
            }
            Step::CouponSoon { left_ms, .. } => prop_assert!((1..COUPON_SOON_MS).contains(&left_ms)),
            Step::Wait { at, left_ms, .. } => prop_assert!(at >= NOW && left_ms == at.ms_since(NOW)),
            Step::StarFell { .. } => prop_assert!(played.stars.iter().any(|(_, _, is_mine, ..)| *is_mine)),
            Step::NewStar { .. } => prop_assert!(played.stars.iter().any(|(.., is_new)| *is_new)),
            Step::Result => prop_assert!(played.has_result),
            Step::Drawing | Step::Paused | Step::Over => {}
        }
    }
}
