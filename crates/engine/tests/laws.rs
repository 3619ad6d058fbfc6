//! Laws that hold whatever people do, in whatever order, with whatever retries, and however time goes by.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::replies::{ClaimReply, Coupon, RoundRecord};
use carnival_contract::requests::{Board, MakeLink, PauseNote};
use carnival_contract::scenarios::campaign::{self, CLAIM_WITHIN_MS, FAIR_AFTER_MS, FAIR_START_MS, ROUND_MS};
use carnival_contract::shop::ReserveCoupon;
use carnival_domain::award::AwardState;
use carnival_domain::campaign::{DrawAt, Participation};
use carnival_domain::checkout::OrderId;
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::fans::FansEnding;
use carnival_domain::ids::{DrawId, EntryId, ParticipantId, ReservationId, RoundId};
use carnival_domain::leaderboard::standings;
use carnival_domain::round::{PrizePool, RoundEnding};
use carnival_domain::share_token::{Channel, Landing};
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{CodesBrought, Engine, Ledger, SHOP, Unsealed, Write};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Act {
    Enter { who: u8, key: u8 },
    Vote { who: u8, key: u8, star: usize },
    Claim { who: u8, key: u8, offer: usize },
    Reserve { order: u8, key: u8, nth: usize, hold_s: u32 },
    Redeem { key: u8, nth: usize },
    RollBack { key: u8, nth: usize },
    Share { who: u8 },
    ClaimPrize { who: u8, key: u8 },
    Dispatch,
    Pause,
    Resume,
    Wait { ms: i64 },
}

/// Something that is done. Of what a crash takes away nobody was told, and the rest never happened.
#[derive(Clone, Debug)]
struct Step {
    act: Act,
    is_lost: bool,
}

/// What a campaign may differ in that these laws are about.
#[derive(Clone, Copy, Debug)]
struct Game {
    participation: Participation,
    draw_at: DrawAt,
}

fn game() -> impl Strategy<Value = Game> {
    let participation =
        prop::sample::select(vec![Participation::Join, Participation::JoinAndShare, Participation::JoinAndVisit]);
    let draw_at = prop::sample::select(vec![DrawAt::Bell, DrawAt::Target]);
    (participation, draw_at).prop_map(|(participation, draw_at)| Game { participation, draw_at })
}

const STARS: [&str; 5] = ["ann", "ben", "cai", "dai", "hidden"];
const OFFERS: [&str; 6] = ["few", "twice", "later", "gone", "brought", "fair"];
const PEOPLE: u8 = 6;

fn step() -> impl Strategy<Value = Step> {
    (act(), prop::bool::weighted(0.1)).prop_map(|(act, is_lost)| Step { act, is_lost })
}

fn act() -> impl Strategy<Value = Act> {
    // Few people and few keys, so that limits are met and keys are used again.
    let who_and_key = || (0..PEOPLE, 0..12u8);
    prop_oneof![
        3 => who_and_key().prop_map(|(who, key)| Act::Enter { who, key }),
        4 => (who_and_key(), 0..STARS.len()).prop_map(|((who, key), star)| Act::Vote { who, key, star }),
        4 => (who_and_key(), 0..OFFERS.len()).prop_map(|((who, key), offer)| Act::Claim { who, key, offer }),
        3 => (0..4u8, 0..40u8, 0..6usize, 1..120u32)
            .prop_map(|(order, key, nth, hold_s)| Act::Reserve { order, key, nth, hold_s }),
        3 => (0..40u8, 0..8usize).prop_map(|(key, nth)| Act::Redeem { key, nth }),
        1 => (0..40u8, 0..8usize).prop_map(|(key, nth)| Act::RollBack { key, nth }),
        2 => (0..PEOPLE).prop_map(|who| Act::Share { who }),
        2 => who_and_key().prop_map(|(who, key)| Act::ClaimPrize { who, key: key + 100 }),
        1 => Just(Act::Dispatch),
        1 => Just(Act::Pause),
        2 => Just(Act::Resume),
        1 => Just(Act::Wait { ms: CLAIM_WITHIN_MS }),
        2 => (0..2 * ROUND_MS).prop_map(|ms| Act::Wait { ms }),
        1 => Just(Act::Wait { ms: 12 * 3_600_000 }),
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
    /// Who was told to be in the draw of a fair start, by which entry.
    in_draws: BTreeSet<(u8, EntryId)>,
    /// What shops were told is redeemed, and not told since that it is rolled back.
    redeemed: BTreeMap<ReservationId, (String, OrderId)>,
}

fn person(who: u8) -> ParticipantId {
    ParticipantId([who; 16])
}

/// Different every time, which is all that these laws need of randomness; made codes come from the first sixty bits.
fn seed_of(random: &mut u64) -> [u8; 32] {
    *random += 1;
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&(*random << 4).to_be_bytes());
    seed
}

fn play(game: Game, steps: Vec<Step>) -> Played {
    let mut campaign = campaign::campaign();
    (campaign.rounds.participation, campaign.rounds.draw_at) = (game.participation, game.draw_at);
    let engine = Engine::new(campaign, b"key", None).with_deliveries(Arc::new(Unsealed));
    let mut ledger = MemoryLedger::default();
    let brought = engine.bring_codes(&mut ledger, &campaign::codes());
    assert_eq!(brought, Ok(CodesBrought::Added(3)));
    let (codes, reservations, redeemed) = (Vec::new(), Vec::new(), BTreeMap::new());
    let in_draws = BTreeSet::new();
    let mut played = Played { engine, ledger, now_ms: 0, accepted_votes: 0, codes, reservations, in_draws, redeemed };
    let mut random = 0u64;
    for step in steps {
        random += 1;
        let Played { engine, ledger, now_ms, accepted_votes, codes, reservations, in_draws, redeemed } = &mut played;
        let now = campaign::noon().plus_ms(*now_ms);
        let kept =
            (ledger.clone(), *accepted_votes, codes.clone(), reservations.clone(), in_draws.clone(), redeemed.clone());
        let Ok(_) = engine.settle(ledger, now, &mut || seed_of(&mut random));
        let write = |who, key| Write { who: person(who), key: IdempotencyKey::from_random([key; 16]), now };
        let shop_write = |key| Write { who: SHOP, key: IdempotencyKey::from_random([key; 16]), now };
        match step.act {
            Act::Enter { who, key } => {
                let Ok(latest) = ledger.latest_round();
                let entry_id = u128::from(random).to_be_bytes();
                let round = latest.map_or(RoundId(1), |round| round.account.round_id);
                let _ = engine.enter_round(ledger, &write(who, key), round, entry_id);
            }
            Act::Vote { who, key, star } => {
                let before = vote_count(ledger);
                let star = campaign::slug(STARS[star]);
                let _ = engine.cast_vote(ledger, &write(who, key), &star, || u128::from(random).to_be_bytes());
                *accepted_votes += vote_count(ledger) - before;
            }
            Act::Claim { who, key, offer } => {
                let offer = campaign::slug(OFFERS[offer]);
                // Made codes come from the first sixty bits.
                let random = (u128::from(random) << 68).to_be_bytes();
                match engine.claim_coupon(ledger, &write(who, key), &offer, random) {
                    Ok(ClaimReply::Coupon(claimed)) if !codes.contains(&claimed.coupon.code) => {
                        codes.push(claimed.coupon.code);
                    }
                    Ok(ClaimReply::InDraw { in_draw }) => {
                        in_draws.insert((who, in_draw.entry_id));
                    }
                    _ => {}
                }
            }
            Act::Reserve { order, key, nth, hold_s } => {
                let Some(code) = codes.get(nth) else { continue };
                let order_id = format!("order-{order}").parse().expect("an order number");
                let asked = ReserveCoupon { order_id, hold_s: Some(hold_s) };
                let random = u128::from(random).to_be_bytes();
                if let Ok(reserved) = engine.reserve_coupon(ledger, &shop_write(key), code, &asked, random) {
                    reservations.push(reserved.reservation.reservation_id);
                }
            }
            Act::Redeem { key, nth } => {
                let Some(id) = reservations.get(nth) else { continue };
                if let Ok(told) = engine.redeem_coupon(ledger, &shop_write(key), *id)
                    && matches!(ledger.reservation(*id), Ok(Some(known)) if known.rolled_back_at.is_none())
                {
                    redeemed.insert(*id, (told.reservation.code, told.reservation.order_id));
                }
            }
            Act::RollBack { key, nth } => {
                let Some(id) = reservations.get(nth) else { continue };
                if engine.roll_back(ledger, &shop_write(key), *id).is_ok() {
                    redeemed.remove(id);
                }
            }
            Act::Share { who } => {
                let link = MakeLink { landing: Landing::Rush, channel: Channel::Friend };
                let made = engine.make_link(ledger, &write(who, 0), &link, random.to_be_bytes());
                let token = made.map(|made| made.token).unwrap_or_default();
                let _ = engine.record_visit(ledger, &write((who + 1) % PEOPLE, 200), &token);
            }
            Act::ClaimPrize { who, key } => {
                let Ok(me) = engine.me(ledger, person(who), now);
                let address = format!("number {random}, some street");
                let form = DeliveryForm { name: "Ann".to_owned(), phone: "5550100".to_owned(), address };
                if let Some(win) = me.wins.first() {
                    let _ = engine.claim_prize(ledger, &write(who, key), &win.draw_id, win.entry_id, &form, [0; 24]);
                }
            }
            Act::Dispatch => {
                let Ok(to_send) = ledger.awards_to_send(1);
                let sent: Vec<_> = to_send.iter().map(|(row, _)| row.award.entry_id).collect();
                let Ok(_) = engine.mark_dispatched(ledger, &sent, now);
            }
            Act::Pause => drop(engine.pause_rounds(ledger, &PauseNote { note: Some("why".to_owned()) }, now)),
            Act::Resume => drop(engine.resume_rounds(ledger, &PauseNote { note: None }, now)),
            Act::Wait { ms } => *now_ms += ms,
        }
        if step.is_lost {
            (*ledger, *accepted_votes, *codes, *reservations, *in_draws, *redeemed) = kept;
        }
    }
    let now = campaign::noon().plus_ms(played.now_ms);
    let Ok(_) = played.engine.settle(&mut played.ledger, now, &mut || seed_of(&mut random));
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

fn held_fans_draws(played: &Played) -> Vec<DrawId> {
    let Ok(draws) = played.ledger.fans_draws();
    let held = draws.into_iter().filter(|draw| draw.ending == Some(FansEnding::Held));
    held.map(|draw| draw.draw_id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_play_gives_more_coupons_than_stock_or_limit(game in game(), steps in prop::collection::vec(step(), 0..120)) {
        let played = play(game, steps);
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
    fn no_play_loses_doubles_or_invents_a_coupon(game in game(), steps in prop::collection::vec(step(), 0..160)) {
        let played = play(game, steps);
        let mut held = Vec::new();
        for who in 0..PEOPLE {
            let Ok(coupons) = played.ledger.coupons_of(person(who));
            // What a draw gave was told as its result; see below.
            let drawn_at = campaign::noon().plus_ms(FAIR_AFTER_MS + FAIR_START_MS);
            let is_drawn = |coupon: &Coupon| coupon.offer_id.as_str() == "fair" && coupon.claimed_at == drawn_at;
            let is_prize = |coupon: &Coupon| played.engine.campaign().prize_of_coupons(&coupon.offer_id).is_some();
            let (won, claimed): (Vec<_>, Vec<_>) = coupons.into_iter().partition(is_prize);
            held.extend(claimed.into_iter().filter(|coupon| !is_drawn(coupon)).map(|coupon| coupon.code));
            let Ok(awards) = played.ledger.awards_of(person(who));
            let given: BTreeSet<_> = awards.into_iter().filter_map(|row| row.coupon).map(|coupon| coupon.code).collect();
            let won: BTreeSet<_> = won.into_iter().map(|coupon| coupon.code).collect();
            prop_assert_eq!(won, given, "what a draw gave is one at the checkout, and nothing else");
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
    fn a_fair_start_draws_everybody_who_was_told_so_and_gives_what_there_is(
        game in game(), before in prop::collection::vec(step(), 0..30), taps in prop::collection::vec((0..PEOPLE, 0..12u8), 0..12),
        after in prop::collection::vec(step(), 0..60),
    ) {
        let fair = OFFERS.iter().position(|offer| *offer == "fair").expect("it is one of them");
        let taps = taps.into_iter().map(|(who, key)| Act::Claim { who, key: key + 50, offer: fair });
        let quiet = before.into_iter().filter(|step| !matches!(step.act, Act::Wait { .. }));
        let start = [Act::Wait { ms: FAIR_AFTER_MS }].into_iter().chain(taps).chain([Act::Wait { ms: FAIR_START_MS }]);
        let start = start.map(|act| Step { act, is_lost: false });
        let played = play(game, quiet.chain(start).chain(after).collect());
        let offer = played.engine.campaign().offer(&campaign::slug("fair")).expect("it is there");
        let Ok(row) = played.ledger.start_draw(&offer.id);
        let row = row.expect("it was committed to");
        let proof = played.engine.proof(&played.ledger, &row.draw_id);
        let proof = proof.map_err(|_| TestCaseError::fail("a draw that is over has its proof"))?;
        let entries = proof.entries.clone().unwrap_or_default();
        prop_assert!(proof.verify(&entries).is_ok());
        let told: BTreeSet<_> = played.in_draws.iter().map(|(_, entry)| *entry).collect();
        prop_assert_eq!(&told, &entries.iter().copied().collect(), "who was told to be in it is, and nobody else");
        prop_assert_eq!(told.len(), played.in_draws.iter().map(|(who, _)| who).collect::<BTreeSet<_>>().len());
        prop_assert_eq!(proof.winners.len(), told.len().min(offer.stock as usize));
        let drawn_at = offer.drawn_at().expect("it has a fair start");
        for (who, entry) in &played.in_draws {
            let Ok(mine) = played.engine.me(&played.ledger, person(*who), drawn_at);
            let has_won = proof.winners.iter().any(|winner| winner.entry_id == *entry);
            prop_assert_eq!(mine.starts[0].is_drawn, Some(has_won));
            let drawn = mine.coupons.iter().filter(|coupon| coupon.offer_id == offer.id && coupon.claimed_at == drawn_at);
            prop_assert_eq!(drawn.count(), usize::from(has_won), "who was told to have lost has none of it");
        }
    }

    #[test]
    fn no_play_counts_a_vote_beyond_the_days_quota(game in game(), steps in prop::collection::vec(step(), 0..120)) {
        let played = play(game, steps);
        let quota = played.engine.campaign().voting;
        let first_day = played.engine.campaign().day_at(campaign::noon());
        let mut cast = 0;
        for who in 0..PEOPLE {
            let Ok(votes) = played.ledger.all_votes_of(person(who));
            for day in first_day.0..first_day.0 + 60 {
                let today: Vec<_> = votes.iter().filter(|vote| vote.day.0 == day).collect();
                prop_assert!(today.len() as u32 <= quota.votes_per_day);
                for vote in &today {
                    let of_star = today.iter().filter(|other| other.star_id == vote.star_id).count() as u32;
                    prop_assert!(of_star <= quota.per_star_per_day);
                }
                cast += today.len() as u64;
            }
        }
        prop_assert_eq!(cast, vote_count(&played.ledger), "every vote counted is somebody's");
        prop_assert_eq!(cast, played.accepted_votes);
    }

    #[test]
    fn no_play_loses_or_invents_a_prize_or_an_entry(game in game(), steps in prop::collection::vec(step(), 0..120)) {
        let played = play(game, steps);
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
            let Ok(awards) = played.ledger.awards_of(person(who));
            let mut draws: Vec<_> = awards.iter().map(|row| &row.draw_id).collect();
            draws.sort_unstable();
            let count = draws.len();
            draws.dedup();
            prop_assert_eq!(draws.len(), count, "nobody wins twice in a draw");
        }
    }

    #[test]
    fn no_play_promises_a_prize_twice_or_out_of_turn(game in game(), steps in prop::collection::vec(step(), 0..160)) {
        let played = play(game, steps);
        let rounds = all_rounds(&played).into_iter().filter_map(|round| round.draw_id);
        for draw_id in &rounds.chain(held_fans_draws(&played)).collect::<Vec<_>>() {
            let (Ok(proof), Ok(log)) =
                (played.engine.proof(&played.ledger, draw_id), played.engine.awards(&played.ledger, draw_id))
            else {
                return Err(TestCaseError::fail("a draw that was held has its proof and its log"));
            };
            let (winners, heirs): (Vec<_>, Vec<_>) = log.awards.iter().partition(|award| award.reserve.is_none());
            let named: Vec<_> = winners.iter().map(|award| (award.entry_id, &award.prize_id)).collect();
            let proven: Vec<_> = proof.winners.iter().map(|winner| (winner.entry_id, &winner.prize_id)).collect();
            prop_assert_eq!(named, proven);
            let turns: Vec<_> = heirs.iter().map(|award| award.entry_id).collect();
            prop_assert_eq!(&turns[..], &proof.reserves[..turns.len()], "in the order of the proof");

            let mut by_place: BTreeMap<u32, Vec<_>> = BTreeMap::new();
            log.awards.iter().for_each(|award| by_place.entry(award.place).or_default().push(award));
            for (place, awards) in by_place {
                prop_assert!((1..=proof.winners.len() as u32).contains(&place), "no prize is invented");
                let holding = awards.iter().filter(|award| award.holds()).count();
                prop_assert!(holding <= 1, "no prize is promised twice");
                prop_assert!(holding == 1 || turns.len() == proof.reserves.len(), "nor lost while a reserve is left");
                prop_assert!(awards.iter().all(|award| award.prize_id == awards[0].prize_id));
            }
            let mut people = BTreeSet::new();
            for award in log.awards.iter().filter(|award| award.state != AwardState::PassedOver) {
                let Ok(row) = played.ledger.award(award.entry_id);
                let who = row.map(|row| row.participant_id);
                prop_assert!(people.insert(who), "nobody is asked twice in a draw");
            }
        }
    }

    #[test]
    fn every_voter_is_in_their_stars_draw_once_and_the_first_stars_have_theirs(
        game in game(), steps in prop::collection::vec(step(), 0..120),
    ) {
        let end = Step { act: Act::Wait { ms: 36 * 3_600_000 }, is_lost: false };
        let played = play(game, steps.into_iter().chain([end]).collect());
        let fans = played.engine.campaign().fans_draw.clone().expect("it has one");
        let Ok(tallies) = played.ledger.tallies(Board::Overall, carnival_domain::time::Day(0));
        let board: Vec<_> = standings(tallies).into_iter().map(|standing| standing.tally.star_id).collect();
        for star in &played.engine.campaign().stars {
            let Ok(draw) = played.ledger.fans_draw(&star.id);
            let draw = draw.expect("every star has a draw");
            let is_first = board.iter().take(fans.top as usize).any(|first| *first == star.id);
            prop_assert_eq!(draw.ending, Some(if is_first { FansEnding::Held } else { FansEnding::Undrawn }));
            let Ok(entries) = played.ledger.entries_of_draw(&draw.draw_id);
            let mut voters = 0;
            for who in (0..PEOPLE).map(person) {
                let Ok(votes) = played.ledger.all_votes_of(who);
                let has_voted = votes.iter().any(|vote| vote.star_id == star.id);
                let mine = entries.iter().filter(|entry| entry.participant_id == who).count();
                prop_assert_eq!(mine, usize::from(has_voted), "one entry for however many votes");
                voters += u32::from(has_voted);
            }
            let Ok(known) = played.ledger.draw(&draw.draw_id);
            prop_assert_eq!(known.map(|known| known.entry_count), Some(voters));
            let proof = played.engine.proof(&played.ledger, &draw.draw_id);
            prop_assert_eq!(proof.is_ok(), is_first);
            let Ok(log) = played.ledger.awards_of_draw(&draw.draw_id);
            prop_assert_eq!(log.is_empty(), !is_first, "what is not held gives nothing");
            if let Ok(proof) = proof {
                let list = proof.entries.clone().unwrap_or_default();
                prop_assert_eq!(proof.verify(&list).err(), None);
                prop_assert_eq!(proof.winners.len() as u32, voters.min(fans.pool().prize_count()));
            }
        }
    }

    #[test]
    fn no_play_takes_time_from_a_round(game in game(), steps in prop::collection::vec(step(), 0..120)) {
        let played = play(game, steps);
        for round in all_rounds(&played) {
            let stood: i64 = round.pauses.iter().map(|pause| {
                let until = pause.until.unwrap_or(round.ended_at).min(round.ended_at);
                until.ms_since(pause.from.max(round.opens_at)).max(0)
            }).sum();
            let open_ms = round.ended_at.ms_since(round.opens_at) - stood;
            prop_assert!(open_ms == ROUND_MS || (game.draw_at == DrawAt::Target && open_ms < ROUND_MS), "{round:?}");
        }
    }
}
