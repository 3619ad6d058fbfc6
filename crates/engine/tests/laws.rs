//! Laws that hold whatever people do, in whatever order, with whatever retries, and however time goes by.

use std::collections::{BTreeMap, HashMap};

use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::replies::RoundRecord;
use carnival_contract::requests::Board;
use carnival_contract::scenarios::campaign::{self, ROUND_MS};
use carnival_contract::shop::ReserveCoupon;
use carnival_domain::checkout::OrderId;
use carnival_domain::ids::{ParticipantId, ReservationId, RoundId};
use carnival_domain::round::{PrizePool, RoundEnding};
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{CodesBrought, Engine, Ledger, SHOP, Write};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Enter { who: u8, key: u8 },
    Vote { who: u8, key: u8, star: usize },
    Claim { who: u8, key: u8, offer: usize },
    Reserve { order: u8, key: u8, nth: usize, hold_s: u32 },
    Redeem { key: u8, nth: usize },
    RollBack { key: u8, nth: usize },
    Wait { ms: i64 },
}

const STARS: [&str; 5] = ["ann", "ben", "cai", "dai", "hidden"];
const OFFERS: [&str; 5] = ["few", "twice", "later", "gone", "brought"];
const PEOPLE: u8 = 6;

fn step() -> impl Strategy<Value = Step> {
    // Few people and few keys, so that limits are met and keys are used again.
    let who_and_key = || (0..PEOPLE, 0..12u8);
    prop_oneof![
        3 => who_and_key().prop_map(|(who, key)| Step::Enter { who, key }),
        4 => (who_and_key(), 0..STARS.len()).prop_map(|((who, key), star)| Step::Vote { who, key, star }),
        4 => (who_and_key(), 0..OFFERS.len()).prop_map(|((who, key), offer)| Step::Claim { who, key, offer }),
        3 => (0..4u8, 0..40u8, 0..6usize, 1..120u32)
            .prop_map(|(order, key, nth, hold_s)| Step::Reserve { order, key, nth, hold_s }),
        3 => (0..40u8, 0..8usize).prop_map(|(key, nth)| Step::Redeem { key, nth }),
        1 => (0..40u8, 0..8usize).prop_map(|(key, nth)| Step::RollBack { key, nth }),
        2 => (0..2 * ROUND_MS).prop_map(|ms| Step::Wait { ms }),
        1 => Just(Step::Wait { ms: 12 * 3_600_000 }),
    ]
}

struct Played {
    engine: Engine,
    ledger: MemoryLedger,
    now_ms: i64,
    accepted_votes: u64,
    /// The codes that people were told, in their order, and the reservations that shops were.
    codes: Vec<String>,
    reservations: Vec<ReservationId>,
    /// What shops were told is redeemed, and not told since that it is rolled back.
    redeemed: BTreeMap<ReservationId, (String, OrderId)>,
}

fn person(who: u8) -> ParticipantId {
    ParticipantId([who; 16])
}

fn play(steps: Vec<Step>) -> Played {
    let engine = Engine::new(campaign::campaign(), b"key", None);
    let mut ledger = MemoryLedger::default();
    let brought = engine.bring_codes(&mut ledger, &campaign::codes());
    assert_eq!(brought, Ok(CodesBrought::Added(3)));
    let (codes, reservations, redeemed) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut played = Played { engine, ledger, now_ms: 0, accepted_votes: 0, codes, reservations, redeemed };
    let mut random = 0u64;
    for step in steps {
        random += 1;
        let Played { engine, ledger, now_ms, accepted_votes, codes, reservations, redeemed } = &mut played;
        let now = campaign::noon().plus_ms(*now_ms);
        let Ok(_) = engine.settle(ledger, now, &mut || [7; 32]);
        let write = |who, key| Write { who: person(who), key: IdempotencyKey::from_random([key; 16]), now };
        let shop_write = |key| Write { who: SHOP, key: IdempotencyKey::from_random([key; 16]), now };
        match step {
            Step::Enter { who, key } => {
                let round = engine.campaign().rounds.schedule.current_or_next(now);
                let entry_id = u128::from(random).to_be_bytes();
                let round = round.map_or(RoundId(1), |round| round.id);
                let _ = engine.enter_round(ledger, &write(who, key), round, entry_id);
            }
            Step::Vote { who, key, star } => {
                let before = vote_count(ledger);
                let star = campaign::slug(STARS[star]);
                let _ = engine.cast_vote(ledger, &write(who, key), &star);
                *accepted_votes += vote_count(ledger) - before;
            }
            Step::Claim { who, key, offer } => {
                let offer = campaign::slug(OFFERS[offer]);
                // Made codes come from the upper sixty bits.
                let random = (random << 4).to_be_bytes();
                if let Ok(claimed) = engine.claim_coupon(ledger, &write(who, key), &offer, random)
                    && !codes.contains(&claimed.coupon.code)
                {
                    codes.push(claimed.coupon.code);
                }
            }
            Step::Reserve { order, key, nth, hold_s } => {
                let Some(code) = codes.get(nth) else { continue };
                let order_id = format!("order-{order}").parse().expect("an order number");
                let asked = ReserveCoupon { order_id, hold_s: Some(hold_s) };
                let random = u128::from(random).to_be_bytes();
                if let Ok(reserved) = engine.reserve_coupon(ledger, &shop_write(key), code, &asked, random) {
                    reservations.push(reserved.reservation.reservation_id);
                }
            }
            Step::Redeem { key, nth } => {
                let Some(id) = reservations.get(nth) else { continue };
                if let Ok(told) = engine.redeem_coupon(ledger, &shop_write(key), *id)
                    && matches!(ledger.reservation(*id), Ok(Some(known)) if known.rolled_back_at.is_none())
                {
                    redeemed.insert(*id, (told.reservation.code, told.reservation.order_id));
                }
            }
            Step::RollBack { key, nth } => {
                let Some(id) = reservations.get(nth) else { continue };
                if engine.roll_back(ledger, &shop_write(key), *id).is_ok() {
                    redeemed.remove(id);
                }
            }
            Step::Wait { ms } => *now_ms += ms,
        }
    }
    let now = campaign::noon().plus_ms(played.now_ms);
    let Ok(_) = played.engine.settle(&mut played.ledger, now, &mut || [7; 32]);
    played
}

fn vote_count(ledger: &MemoryLedger) -> u64 {
    let Ok(tallies) = ledger.tallies(Board::Overall, carnival_domain::time::Day(0));
    tallies.iter().map(|tally| tally.vote_count).sum()
}

fn all_rounds(played: &Played) -> Vec<RoundRecord> {
    let (mut rounds, mut before) = (Vec::new(), None);
    loop {
        let Ok(page) = played.engine.rounds(&played.ledger, before);
        rounds.extend(page.rounds);
        before = page.next_before;
        if before.is_none() {
            rounds.reverse();
            return rounds;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_play_gives_more_coupons_than_stock_or_limit(steps in prop::collection::vec(step(), 0..120)) {
        let played = play(steps);
        for offer in &played.engine.campaign().offers {
            let Ok(claimed) = played.ledger.claimed_count(&offer.id);
            prop_assert!(claimed <= offer.stock);
            let mut held = 0;
            for who in 0..PEOPLE {
                let Ok(coupons) = played.ledger.coupons_of(person(who));
                let mine = coupons.iter().filter(|coupon| coupon.offer_id == offer.id).count() as u32;
                prop_assert!(mine <= offer.per_participant);
                held += mine;
            }
            prop_assert_eq!(held, claimed, "every coupon counted is somebody's");
        }
    }

    #[test]
    fn no_play_loses_doubles_or_invents_a_coupon(steps in prop::collection::vec(step(), 0..160)) {
        let played = play(steps);
        let mut held = Vec::new();
        for who in 0..PEOPLE {
            let Ok(coupons) = played.ledger.coupons_of(person(who));
            held.extend(coupons.into_iter().map(|coupon| coupon.code));
        }
        let mut told = played.codes.clone();
        held.sort_unstable();
        told.sort_unstable();
        prop_assert_eq!(&held, &told, "what was told is there, and nothing else");
        held.dedup();
        prop_assert_eq!(held.len(), told.len(), "every code is one coupon's");

        let mut used: Vec<_> = played.redeemed.values().map(|(code, _)| code.clone()).collect();
        used.sort_unstable();
        let count = used.len();
        used.dedup();
        prop_assert_eq!(used.len(), count, "no two orders were told that they had used one coupon");
        for code in &used {
            let Ok(coupon) = played.ledger.coupon(code);
            prop_assert!(coupon.is_some_and(|coupon| coupon.redeemed_at.is_some()), "its owner is told as well");
        }
    }

    #[test]
    fn no_play_counts_a_vote_beyond_the_days_quota(steps in prop::collection::vec(step(), 0..120)) {
        let played = play(steps);
        let quota = played.engine.campaign().voting;
        let first_day = played.engine.campaign().day_at(campaign::noon());
        let mut cast = 0;
        for who in 0..PEOPLE {
            for day in first_day.0..first_day.0 + 60 {
                let Ok(votes) = played.ledger.votes_of(person(who), carnival_domain::time::Day(day));
                let all: u32 = votes.iter().map(|votes| votes.vote_count).sum();
                prop_assert!(all <= quota.votes_per_day);
                prop_assert!(votes.iter().all(|votes| votes.vote_count <= quota.per_star_per_day));
                cast += u64::from(all);
            }
        }
        prop_assert_eq!(cast, vote_count(&played.ledger), "every vote counted is somebody's");
        prop_assert_eq!(cast, played.accepted_votes);
    }

    #[test]
    fn no_play_loses_or_invents_a_prize_or_an_entry(steps in prop::collection::vec(step(), 0..120)) {
        let played = play(steps);
        let mut carried = PrizePool::default();
        let mut in_draw: HashMap<_, u32> = HashMap::new();
        let mut entered = 0;
        for round in all_rounds(&played) {
            prop_assert_eq!(&round.carried_in, &carried);
            let pool = round.carried_in.clone().plus(&round.added);
            entered += round.participant_count;
            if let Some(draw_id) = &round.draw_id {
                prop_assert_eq!(round.ending, RoundEnding::Drawn);
                let proof = played.engine.proof(&played.ledger, draw_id);
                let proof = proof.map_err(|_| TestCaseError::fail("a drawn round has its proof"))?;
                let entries = proof.entries.clone().unwrap_or_default();
                prop_assert_eq!(proof.verify(&entries).err(), None);
                let promised: u32 = proof.prizes.iter().map(|prize| prize.count).sum();
                prop_assert_eq!(promised, pool.prize_count());
                prop_assert_eq!(entries.len() as u32, entered, "all who entered since the last draw are in it");
                in_draw.insert(draw_id.clone(), entered);
                (carried, entered) = (PrizePool::default(), 0);
            } else {
                carried = pool;
            }
        }
        for who in 0..PEOPLE {
            let Ok(wins) = played.ledger.wins_of(person(who));
            let mut draws: Vec<_> = wins.iter().map(|win| &win.draw_id).collect();
            let count = draws.len();
            draws.dedup();
            prop_assert_eq!(draws.len(), count, "nobody wins twice in a draw");
        }
    }
}
