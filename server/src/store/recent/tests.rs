//! What is remembered, and of how many.

mod alike;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::scenarios::campaign::{campaign, noon, slug};
use carnival_domain::campaign::Campaign;
use carnival_domain::vote::VoteQuota;
use carnival_engine::ledger::{CastRow, VoteRow};

use super::super::known_keys::Keys;
use super::super::{Place, Store};
use super::*;
use crate::clock::SetClock;
use crate::http::cast_vote::CastVote;

fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

/// Without draws of fans, whose places are the ledger's to tell.
fn engine(voting: VoteQuota) -> Engine {
    Engine::new(Campaign { fans_draw: None, voting, ..campaign() }, b"key", None)
}

const TWO: VoteQuota = VoteQuota { votes_per_day: 2, per_star_per_day: 1 };

fn asked(who: ParticipantId, n: u8) -> Write {
    Write { who, key: key(n), now: noon() }
}

/// Once it knows what was done before its start.
fn recollected(store: Store) -> Store {
    while !store.recent.keys().is_complete() {
        std::thread::sleep(std::time::Duration::from_micros(100));
    }
    store
}

async fn vote(store: &Store, who: ParticipantId, n: u8, star: &str) -> Result<VoteCounted, Problem> {
    store.write(asked(who, n), CastVote { star_id: slug(star) }).await
}

#[tokio::test]
async fn what_changes_nothing_is_told_from_memory_also_after_a_restart() {
    let directory = tempfile::tempdir().expect("a directory");
    let place = Place::File(directory.path().join("test.db"));
    let open = || recollected(Store::open(engine(TWO), Arc::new(SetClock::at(noon())), &place).expect("a store"));
    let (store, who) = (open(), ParticipantId([7; 16]));
    let recall = |store: &Store, n, star: &str| store.recent.recall(&asked(who, n), &slug(star), noon());
    assert_eq!(recall(&store, 1, "ann"), None, "nothing is known of newcomers");
    let first = vote(&store, who, 1, "ann").await;
    assert_eq!(recall(&store, 2, "ben"), None, "a vote that counts is the writer's");
    assert_eq!(recall(&store, 2, "ann").map(|told| told.map_err(|no| no.code)), Some(Err(ErrorCode::StarQuotaSpent)));
    let second = vote(&store, who, 2, "ben").await;
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(recall(&store, 1, "ann"), Some(first));
    assert_eq!(recall(&store, 2, "ben"), Some(second.clone()));
    store.close().await;

    let store = open();
    assert_eq!(recall(&store, 3, "cai"), None, "it is no longer known how many there were");
    let refused = vote(&store, who, 3, "cai").await;
    assert_eq!(recall(&store, 3, "cai"), Some(refused), "all of them came with one refusal");
    assert_eq!(recall(&store, 2, "ben"), None, "and what was told of one comes with its repetition");
    assert_eq!(vote(&store, who, 2, "ben").await, second);
    assert_eq!(recall(&store, 2, "ben"), Some(second));
}

/// So many votes for the first star.
fn known(who: u32, count: u64) -> KnownVotes {
    let day = campaign().day_at(noon());
    let row = |n| CastRow {
        vote: VoteRow { number: n + 1, day, star_id: slug("ann") },
        taken_back_at: None,
        key: Some(KeyMark(n)),
        told: None,
    };
    KnownVotes {
        who: ParticipantId(u128::from(who).to_be_bytes()),
        first: day,
        day,
        cast: (0..count).map(row).collect(),
    }
}

#[test]
fn it_takes_no_more_memory_than_it_may() {
    const SIZE: u64 = 4 << 20;
    for votes in [1, 3, MOST_VOTES as u64] {
        let recent = Recent::of_size(engine(TWO), SIZE);
        (0..100_000).for_each(|who| recent.hear(News::Known(known(who, votes))));
        assert!(recent.kept.weight() <= SIZE);
        // Each list has its two counts before it.
        let lists = recent.kept.len() * (2 * size_of::<usize>() + votes as usize * size_of::<Row>());
        let table = recent.kept.memory_used().total();
        assert!(
            table + lists <= SIZE as usize * 5 / 4,
            "{votes} votes each: a table of {table}, lists of {lists} bytes"
        );
    }
}

#[test]
fn whoever_has_too_many_votes_is_not_remembered_half() {
    let recent = Recent::of_size(engine(TWO), 1 << 20);
    for (votes, is_known) in [(MOST_VOTES, true), (MOST_VOTES + 1, false)] {
        let known = known(7, votes as u64);
        recent.hear(News::Known(known.clone()));
        assert_eq!(recent.known(known.who), Some(known).filter(|_| is_known));
    }
    let mut taken_back = known(7, 2);
    recent.hear(News::Known(taken_back.clone()));
    taken_back.cast[0].taken_back_at = Some(noon());
    recent.hear(News::Known(taken_back.clone()));
    assert_eq!(recent.known(taken_back.who), None, "nor who has one that was taken back");
}
