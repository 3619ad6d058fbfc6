//! The ledger on disk against the one in memory, whatever people do.

use std::sync::Arc;

use carnival_contract::export::Export;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::replies::{Me, Picks};
use carnival_contract::requests::{Board, GiveConsent, MakeLink, PauseNote, PickItem, ShowPicks};
use carnival_contract::scenarios::campaign::{ROUND_MS, friends, noon, slug};
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::RoundId;
use carnival_domain::leaderboard::Tally;
use carnival_domain::platforms::Provider;
use carnival_domain::share_token::{Channel, Landing};
use carnival_domain::time::Timestamp;
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{Engine, Identity, Ledger, Unsealed, Write};
use fastrand::Rng;

use super::super::{MIGRATIONS, SqliteLedger, erasing};
use super::*;

const BROWSERS: u8 = 5;

/// What everybody has in the end, the boards, and every id that was erased.
type Played = (Vec<(Me, Picks, Option<Export>)>, [Vec<Tally>; 2], Vec<ParticipantId>);

/// The same play for the same seed, whatever the ledger.
fn play<L: Ledger<Error: std::fmt::Debug>>(ledger: &mut L, seed: u64) -> Played {
    let engine = Engine::new(friends(), b"key", None).with_deliveries(Arc::new(Unsealed));
    let mut random = Rng::with_seed(seed);
    let mut now = noon();
    let mut erased = Vec::new();
    let mut cookies: Vec<_> = (0..BROWSERS).map(|n| ParticipantId([n; 16])).collect();
    for n in 0..120_u64 {
        engine.settle(ledger, now, &mut || [0x0F; 32]).expect("rounds");
        let browser = usize::from(random.u8(0..BROWSERS));
        let who = if random.bool() { cookies[browser] } else { ParticipantId([browser as u8; 16]) };
        if engine.is_there(ledger, who).is_err() {
            continue;
        }
        // No id of another kind looks like a participant's, who may be searched for; and each begins in its own way.
        let id = |kind: u128, n: u64| ((u128::from(n) << 64) | kind).to_be_bytes();
        let key = |n: u64| IdempotencyKey::from_random(id(0xEE, n));
        let write = Write { who, key: key(n), now };
        match random.u8(0..25) {
            0..3 => {
                let round = engine.campaign().rounds.schedule.current_or_next(now).map_or(RoundId(1), |slot| slot.id);
                let _ = engine.enter_round(ledger, &write, round, id(0xDD, n));
            }
            3..8 => {
                let star = slug(["ann", "ben", "cai", "dai"][random.usize(0..4)]);
                let _ = engine.cast_vote(ledger, &write, &star, || id(0xCC, n));
            }
            8..10 => {
                let offer = slug(["few", "twice"][random.usize(0..2)]);
                let _ = engine.claim_coupon(ledger, &write, &offer, (u128::from(n) << 104).to_be_bytes());
            }
            10..12 => {
                let owner = Write { who: cookies[random.usize(0..cookies.len())], key: key(1000 + n), now };
                let landing = match random.u8(0..3) {
                    0 => Landing::Stars,
                    _ => Landing::Star { star_id: slug(["ann", "ben"][random.usize(0..2)]) },
                };
                let asked = MakeLink { landing, channel: Channel::ALL[random.usize(0..3)] };
                let link = engine.make_link(ledger, &owner, &asked, n.to_be_bytes());
                let Ok(link) = link else { panic!("a link") };
                assert!(engine.record_visit(ledger, &write, &link.token).is_ok());
            }
            12..15 => {
                let asked = GiveConsent { version: engine.campaign().privacy.version.clone() };
                assert!(engine.give_consent(ledger, &write, &asked).is_ok());
                let provider = if random.bool() { Provider::WeChat } else { Provider::Qq };
                let subject = Hash32([240 + random.u8(0..2); 32]);
                let identity = Identity { provider, subject, nickname: random.bool().then(|| n.to_string()) };
                let signed_in = engine.sign_in(ledger, &write, &identity, ParticipantId([100 + n as u8; 16]));
                let signed_in = signed_in.unwrap_or_else(|failure| panic!("{failure:?}"));
                cookies[browser] = signed_in.who;
            }
            15 => drop(engine.withdraw_consent(ledger, &write)),
            16 => {
                let address = format!("somewhere {n}");
                let form = DeliveryForm { name: "Ann".to_owned(), phone: "5550100".to_owned(), address };
                for win in engine.me(ledger, who, now).expect("things").wins {
                    let write = Write { key: key(2000 + n), ..write.clone() };
                    let _ = engine.claim_prize(ledger, &write, &win.draw_id, win.entry_id, &form, [7; 24]);
                }
            }
            17 => {
                let sent: Vec<_> =
                    ledger.awards_to_send(1).expect("rows").iter().map(|(row, _)| row.award.entry_id).collect();
                engine.mark_dispatched(ledger, &sent, now).expect("rows");
            }
            18..22 => {
                let item = slug(["thing", "other"][random.usize(0..2)]);
                assert!(engine.pick_item(ledger, &write, &item, PickItem { is_picked: random.u8(0..4) > 0 }).is_ok());
                let show = Write { key: key(3000 + n), ..write };
                assert!(engine.show_picks(ledger, &show, ShowPicks { is_shown: random.bool() }).is_ok());
            }
            // Whoever is in the browser, with all the ids that became theirs.
            22 => {
                let before: Vec<_> = everybody(&cookies).collect();
                engine.erase(ledger, &write).unwrap_or_else(|failure| panic!("{failure:?}"));
                erased.extend(before.into_iter().filter(|who| engine.is_there(ledger, *who).is_err()));
                let newcomer = |who: &mut ParticipantId| *who = ParticipantId(u128::from(7_000 + n).to_be_bytes());
                cookies.iter_mut().filter(|who| engine.is_there(ledger, **who).is_err()).for_each(newcomer);
            }
            23 => drop(engine.pause_rounds(ledger, &PauseNote { note: Some(n.to_string()) }, now)),
            _ => drop(engine.resume_rounds(ledger, &PauseNote { note: None }, now)),
        }
        now = now.plus_ms(random.i64(0..ROUND_MS));
        if random.u8(0..30) == 0 {
            now = now.plus_ms(8 * 3_600_000);
        }
    }
    let things = everybody(&cookies).map(|who| {
        let export = engine.export(ledger, who, now).ok();
        let picks = engine.picks(ledger, who).expect("picks");
        (sorted(engine.me(ledger, who, now).expect("things")), picks, export.map(sorted_export))
    });
    let things = things.collect();
    let board = |board, now: Timestamp| {
        let mut tallies = ledger.tallies(board, engine.campaign().day_at(now)).expect("tallies");
        tallies.sort_by(|a, b| a.star_id.cmp(&b.star_id));
        tallies
    };
    (things, [board(Board::Overall, now), board(Board::Day, noon())], erased)
}

fn everybody(cookies: &[ParticipantId]) -> impl Iterator<Item = ParticipantId> {
    (0..BROWSERS).map(|n| ParticipantId([n; 16])).chain(cookies.to_vec())
}

fn sorted_export(mut export: Export) -> Export {
    export.wins.sort_by_key(|win| (win.win.draw_id.clone(), win.win.entry_id));
    export.fans.sort_by_key(|entry| entry.entry_id);
    export
}

/// Of one instant, no order is promised.
fn sorted(mut me: Me) -> Me {
    me.votes.by_star.sort_by(|a, b| a.star_id.cmp(&b.star_id));
    me.wins.sort_by_key(|win| (win.draw_id.clone(), win.entry_id));
    me.fans.sort_by_key(|entry| entry.entry_id);
    me
}

fn empty() -> SqliteLedger {
    let mut db = Connection::open_in_memory().expect("memory");
    db.execute_batch("PRAGMA foreign_keys = ON").expect("a setting");
    MIGRATIONS.to_latest(&mut db).expect("an empty database");
    SqliteLedger::on(db)
}

#[test]
fn people_who_sign_in_have_the_same_on_disk_as_in_memory() {
    let (mut erased_count, mut brought_count) = (0, 0);
    for seed in 0..60 {
        let mut on_disk = empty();
        let mut memory = MemoryLedger::default();
        let in_memory = play(&mut memory, seed);
        let played = play(&mut on_disk, seed);
        assert_eq!(played, in_memory, "seed {seed}");
        on_disk.write_down().expect("counts");
        assert_eq!(on_disk.votes_by_day().expect("rows"), memory.votes_by_day().expect("rows"), "seed {seed}");
        assert_eq!(on_disk.refused_by_day().expect("rows"), memory.refused_by_day().expect("rows"), "seed {seed}");
        erased_count += played.2.len();
        for who in &played.2 {
            assert_eq!(erasing::tests::rows_that_name(&on_disk.0, &who.0), [] as [String; 0], "seed {seed}");
        }
        let sums = "SELECT (SELECT coalesce(sum(visit_count), 0) FROM reach) = (SELECT count(*) FROM visit)
            AND (SELECT coalesce(sum(visit_count), 0) FROM reach_by_channel) = (SELECT count(*) FROM visit)
            AND (SELECT coalesce(sum(vote_count), 0) FROM tally) = (SELECT count(*) FROM vote WHERE taken_back_at IS NULL)
            AND (SELECT coalesce(sum(vote_count), 0) FROM canvassed_count) = (SELECT count(*) FROM canvassed)
            AND NOT EXISTS (SELECT 1 FROM canvassed JOIN vote USING (vote_number)
              WHERE taken_back_at IS NOT NULL OR participant_id = owner_id)
            AND (SELECT coalesce(sum(pick_count), 0) FROM pick_count) = (SELECT count(*) FROM pick)";
        let hold: bool = on_disk.0.query_row(sums, [], |row| row.get(0)).expect("sums");
        assert!(hold, "seed {seed}: a sum is not that of its rows");
        let brought = in_memory.0.iter().filter_map(|(me, _, _)| me.canvassed.as_ref()).flatten();
        brought_count += brought.map(|star| star.vote_count).sum::<u32>();
    }
    assert!(erased_count > 60, "only {erased_count} ids were erased");
    assert!(brought_count > 30, "links brought only {brought_count} votes");
}
