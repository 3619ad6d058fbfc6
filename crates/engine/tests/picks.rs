//! There is room for so many picks, and no more.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::requests::PickItem;
use carnival_contract::scenarios::campaign;
use carnival_domain::campaign::Campaign;
use carnival_domain::ids::{ItemId, ParticipantId};
use carnival_domain::pick::PICKS_MAX;
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{Engine, Ledger, Write};

/// The scenarios' campaign with one item more than anybody may pick.
fn full_shelf() -> Campaign {
    let mut campaign = campaign::campaign();
    let like = campaign.items.remove(0);
    campaign.items = (0..=PICKS_MAX).map(|n| carnival_domain::campaign::Item { id: item(n), ..like.clone() }).collect();
    campaign
}

fn item(n: u32) -> ItemId {
    campaign::slug(&format!("item-{n}"))
}

/// Somebody's `n`-th write.
fn write(who: u8, n: u32) -> Write {
    let key = IdempotencyKey::from_random((u128::from(who) << 64 | u128::from(n)).to_be_bytes());
    Write { who: ParticipantId([who; 16]), key, now: campaign::noon() }
}

#[test]
fn nobody_picks_more_than_there_is_room_for_and_what_is_taken_back_makes_room() {
    let (engine, mut ledger) = (Engine::new(full_shelf(), b"key", None), MemoryLedger::default());
    let mut pick = |n: u32, which: u32, is_picked: bool| {
        let kept = engine.pick_item(&mut ledger, &write(1, n), &item(which), PickItem { is_picked });
        kept.map_err(carnival_engine::Failure::into_problem)
    };
    for n in 0..PICKS_MAX {
        pick(n, n, true).expect("there is room");
    }
    let refused = pick(100, PICKS_MAX, true).expect_err("no more room");
    assert_eq!((refused.code, refused.limit), (ErrorCode::PickLimitReached, Some(PICKS_MAX)));
    pick(101, 0, true).expect("what is picked already is picked still");
    pick(102, 0, false).expect("to take back is never refused");
    pick(103, PICKS_MAX, true).expect("there is room again");
    let Ok(picks) = ledger.picks_of(ParticipantId([1; 16]));
    assert_eq!(picks.len(), PICKS_MAX as usize);
}

#[test]
fn what_is_for_sale_no_more_is_not_shown_and_can_be_taken_back() {
    let (before, after) = (Engine::new(full_shelf(), b"key", None), Engine::new(campaign::campaign(), b"key", None));
    let mut ledger = MemoryLedger::default();
    let picked = before.pick_item(&mut ledger, &write(1, 1), &item(7), PickItem { is_picked: true });
    assert!(picked.is_ok());
    let Ok(shown) = after.picks(&ledger, ParticipantId([1; 16]));
    assert_eq!(shown.mine, []);
    let taken_back = after.pick_item(&mut ledger, &write(1, 2), &item(7), PickItem { is_picked: false });
    assert!(taken_back.is_ok());
    let Ok(left) = ledger.pick_counts();
    assert_eq!(left, []);
}
