//! A vote is found wherever it is kept.

use std::sync::Arc;
use std::time::Duration;

use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::scenarios::campaign::{campaign, noon, slug};
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::{DAY_MS, Timestamp};
use carnival_engine::ledger::KeyMark;
use carnival_engine::{Engine, Ledger as _, Write};
use rusqlite_migration::Migrations;

use super::super::{MIGRATIONS, STEPS, SqliteLedger, connect_reader, votes};
use super::*;
use crate::clock::SetClock;
use crate::http::cast_vote::CastVote;
use crate::store::{Place, Store};

const ANN: ParticipantId = ParticipantId([1; 16]);
const BEN: ParticipantId = ParticipantId([2; 16]);
const TODAY: i32 = 20;
const NONE: [Vec<i32>; 2] = [Vec::new(), Vec::new()];
/// The version before any vote was filed.
const BEFORE_FILING: usize = 15;

fn ledger() -> SqliteLedger {
    let mut db = Connection::open_in_memory().expect("memory");
    MIGRATIONS.to_latest(&mut db).expect("an empty database");
    SqliteLedger::on(db)
}

fn key(day: i32) -> KeyMark {
    KeyMark(day as u64)
}

/// One vote on each day, by two participants.
fn vote(ledger: &mut SqliteLedger, days: std::ops::RangeInclusive<i32>) {
    let star = "ann".parse().expect("a slug");
    for day in days {
        for who in [ANN, BEN] {
            ledger.add_vote(who, &star, Day(day), Timestamp::from_ms(i64::from(day)), key(day)).expect("a vote");
        }
    }
}

fn filed_days(db: &Connection) -> Vec<i32> {
    let mut days = db.prepare("SELECT DISTINCT day FROM vote WHERE is_filed = 1 ORDER BY day").expect("a statement");
    days.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_>>().expect("days")
}

/// On which days somebody voted, by each way of asking.
fn days_of(ledger: &SqliteLedger, who: ParticipantId) -> [Vec<i32>; 2] {
    let all = ledger.all_votes_of(who).expect("rows").into_iter().map(|row| row.day.0).collect();
    let each = (0..=TODAY).filter(|day| {
        let found = ledger.votes_within(who, Day(*day)..=Day(*day), key(*day)).expect("rows");
        let since = Timestamp::from_ms(i64::from(*day));
        let is_under = ledger.has_voted_under(who, key(*day), since).expect("a row");
        assert_eq!(is_under, found.first().is_some_and(|row| row.told.is_some()), "day {day}");
        !found.is_empty()
    });
    [all, each.collect()]
}

#[test]
fn votes_are_filed_once_their_day_is_over_and_are_found_before_and_after() {
    let mut ledger = ledger();
    ledger.2.filed_before = before(&ledger.0).expect("a row");
    vote(&mut ledger, 14..=TODAY);
    let days = || [(14..=TODAY).collect::<Vec<_>>(), (14..=TODAY).collect()];
    assert_eq!((days_of(&ledger, ANN), filed_days(&ledger.0)), (days(), vec![]));
    let SqliteLedger(db, _, unasked) = &mut ledger;
    assert_eq!(file(db, Day(TODAY), &mut unasked.filed_before), Ok(false));
    assert_eq!(filed_days(db), (14..TODAY).collect::<Vec<_>>());
    assert_eq!((unasked.filed_before, before(db)), (Day(TODAY), Ok(Day(TODAY))));
    assert_eq!(days_of(&ledger, ANN), days());

    ledger.move_things(BEN, ANN).expect("one person");
    assert_eq!(days_of(&ledger, BEN), NONE);
    assert_eq!(ledger.all_votes_of(ANN).expect("rows").len(), 14, "filed or not, they are theirs now");
    ledger.erase(ANN, Timestamp::from_ms(0)).expect("nobody");
    assert_eq!(days_of(&ledger, ANN), NONE);
}

#[test]
fn a_clock_that_was_a_year_ahead_hides_no_vote() {
    let mut ledger = ledger();
    ledger.2.filed_before = before(&ledger.0).expect("a row");
    vote(&mut ledger, TODAY - 1..=TODAY);
    let SqliteLedger(db, _, unasked) = &mut ledger;
    assert_eq!(file(db, Day(TODAY + 365), &mut unasked.filed_before), Ok(false));
    vote(&mut ledger, TODAY..=TODAY);
    let today = ledger.votes_within(ANN, Day(TODAY)..=Day(TODAY), key(TODAY)).expect("rows");
    assert_eq!(today.len(), 2, "one was filed before its time, one is not");
}

#[tokio::test]
async fn yesterdays_votes_are_filed_though_nobody_asks_for_anything() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("test.db");
    let (engine, clock) = (Engine::new(campaign(), b"key", None), Arc::new(SetClock::at(noon())));
    let open = || Store::open(engine.clone(), clock.clone(), &Place::File(path.clone())).expect("a store");
    let store = open();
    let write = Write { who: ANN, key: IdempotencyKey::from_random([1; 16]), now: noon() };
    store.write(write, CastVote { star_id: slug("ann") }).await.expect("a vote");
    store.close().await;
    clock.advance_ms(DAY_MS);
    let store = open();
    let db = connect_reader(&path).expect("a reader");
    for _ in 0..500 {
        if filed_days(&db).len() == 1 {
            store.close().await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it waits for somebody");
}

#[test]
fn many_are_filed_a_part_at_a_time() {
    let mut ledger = ledger();
    let star = "ann".parse().expect("a slug");
    for n in 0..=FILED_AT_ONCE {
        let who = ParticipantId(u128::from(n).to_be_bytes());
        ledger.add_vote(who, &star, Day(1), Timestamp::from_ms(0), KeyMark(n.into())).expect("a vote");
    }
    let mut filed_before = Day(0);
    assert_eq!(file(&ledger.0, Day(TODAY), &mut filed_before), Ok(true), "there are more");
    assert_eq!(file(&ledger.0, Day(TODAY), &mut filed_before), Ok(false));
    let left: u32 =
        ledger.0.query_row("SELECT count(*) FROM vote WHERE is_filed = 0", [], |row| row.get(0)).expect("a row");
    assert_eq!(left, 0);
}

#[test]
fn of_a_database_of_before_only_the_last_day_is_unfiled() {
    let mut db = Connection::open_in_memory().expect("memory");
    Migrations::from_slice(&STEPS[..BEFORE_FILING]).to_latest(&mut db).expect("the version before");
    for day in 15..=TODAY {
        let vote = "INSERT INTO vote (participant_id, day, star_id, cast_at, key_mark, tally) VALUES (?1, ?2, 'ann', ?2, ?2, 1)";
        db.execute(vote, params![ANN.0, day]).expect("a vote");
    }
    MIGRATIONS.to_latest(&mut db).expect("today's version");
    assert_eq!(before(&db), Ok(Day(TODAY)));
    assert_eq!(filed_days(&db), (15..TODAY).collect::<Vec<_>>());
    assert_eq!(
        first_number(&db, Day(TODAY - 1)),
        Ok(Some(5)),
        "from the fifth vote on there may be some of yesterday's"
    );
    let days: Vec<_> = (15..=TODAY).collect();
    assert_eq!(days_of(&SqliteLedger::on(db), ANN), [days.clone(), days]);
}

#[test]
fn a_vote_is_found_by_one_search() {
    let ledger = ledger();
    for sql in votes::LOOKS {
        let mut plan = ledger.0.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a statement");
        let nothing = std::iter::repeat_n(1, plan.parameter_count());
        let steps = plan.query_map(rusqlite::params_from_iter(nothing), |row| row.get(3)).expect("rows");
        let steps: Vec<String> = steps.collect::<Result<_>>().expect("steps");
        let [step] = &*steps else { panic!("{steps:?}") };
        assert!(step.starts_with("SEARCH vote USING ") && step.contains("participant_id=?"), "{step}");
        assert!(step.contains("COVERING") || sql.contains("tally"), "without a look at the row itself: {step}");
    }
}
