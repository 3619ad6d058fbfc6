//! A repeated vote is told from what is there, and changes nothing.

use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::scenarios::campaign;
use carnival_domain::ids::ParticipantId;
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{Engine, Ledger as _, Write};

#[test]
fn a_repetition_enters_no_draw_that_began_after_the_vote() {
    let with_fans = campaign::campaign();
    let without = carnival_domain::campaign::Campaign { fans_draw: None, ..with_fans.clone() };
    assert!(with_fans.fans_draw.is_some());
    let (before, after) = (Engine::new(without, b"key", None), Engine::new(with_fans, b"key", None));
    let (mut ledger, who, star) = (MemoryLedger::default(), ParticipantId([1; 16]), campaign::slug("ben"));
    let write = Write { who, key: IdempotencyKey::from_random([1; 16]), now: campaign::noon() };
    let first = before.cast_vote(&mut ledger, &write, &star, || [1; 16]).expect("a vote");

    let Ok(_) = after.settle(&mut ledger, campaign::noon(), &mut || [7; 32]);
    let again = after.cast_vote(&mut ledger, &write, &star, || [2; 16]).expect("the same vote");
    assert_eq!(again, first);
    assert_eq!(ledger.fan_entries_of(who), Ok(Vec::new()));
}
