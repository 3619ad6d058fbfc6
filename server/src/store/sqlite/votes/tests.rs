//! Votes in databases of before keys stood beside votes.

use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::replies::{VoteCounted, VotesCast};
use carnival_contract::scenarios::campaign::{campaign, noon, slug};
use carnival_engine::{Engine, Failure, Write};
use rusqlite_migration::Migrations;

use super::super::{MIGRATIONS, STEPS, SqliteLedger};
use super::*;

/// The version whose answers to votes were kept beside them.
const BEFORE_KEYS: usize = 14;

#[test]
fn a_vote_of_before_keys_is_told_again_though_none_are_left() {
    let mut db = Connection::open_in_memory().expect("memory");
    Migrations::from_slice(&STEPS[..BEFORE_KEYS]).to_latest(&mut db).expect("the version before");
    let engine = Engine::new(campaign(), b"key", None);
    let (who, day) = (ParticipantId([7; 16]), engine.campaign().day_at(noon()));
    let key = |n| IdempotencyKey::from_random([n; 16]);
    let told = VoteCounted {
        tally: Tally { star_id: slug("ben"), vote_count: 41, reached: 2 },
        votes: VotesCast { day: Some(day), by_star: Vec::new(), by_friends: None },
        fan: None,
    };
    for star in ["ann", "ben", "cai"] {
        let vote = "INSERT INTO vote (participant_id, day, star_id, cast_at) VALUES (?1, ?2, ?3, ?4)";
        db.execute(vote, params![who.0, day.0, star, noon().as_ms()]).expect("a vote");
    }
    let answer = "INSERT INTO answer (participant_id, idempotency_key, request, answer, answered_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let text = serde_json::to_string(&told).expect("JSON");
    db.execute(answer, params![who.0, key(1).as_str(), "vote ben", text, noon().as_ms()]).expect("an answer");
    MIGRATIONS.to_latest(&mut db).expect("today's version");

    let mut ledger = SqliteLedger::on(db);
    let mut cast = |n, star| {
        let write = Write { who, key: key(n), now: noon() };
        engine.cast_vote(&mut ledger, &write, &slug(star), || [9; 16])
    };
    assert_eq!(cast(1, "ben").expect("told again"), told);
    for (n, star) in [(2, "ben"), (2, "dai")] {
        assert!(matches!(cast(n, star), Err(Failure::Refused(_))), "none are left");
    }
}
