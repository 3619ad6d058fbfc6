//! The mock API holds the same talks as every other back end.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use carnival_contract::api::Reply;
use carnival_contract::replies::{DeliveriesReply, Dispatched, PauseReply};
use carnival_contract::requests::PauseNote;
use carnival_contract::scenarios::{Stage, campaign};
use carnival_domain::campaign::Campaign;
use carnival_domain::ids::EntryId;
use carnival_domain::time::Timestamp;
use carnival_engine::CodesBrought;
use carnival_mock_api::{MockApi, MockShop, World};

struct MockStage {
    api: MockApi,
    now_ms: Arc<AtomicI64>,
}

async fn stage() -> MockStage {
    stage_of(campaign::campaign())
}

fn stage_of(campaign: Campaign) -> MockStage {
    let now_ms = Arc::new(AtomicI64::new(campaign::noon().as_ms()));
    let clock = Arc::clone(&now_ms);
    let drawn = AtomicU64::new(0);
    let world = World {
        now: Box::new(move || Timestamp::from_ms(clock.load(Ordering::Relaxed))),
        random: Box::new(move |bytes| {
            // Different every time, which is all that these talks need of randomness.
            for chunk in bytes.chunks_mut(8) {
                let next = drawn.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                chunk.copy_from_slice(&next.to_le_bytes()[..chunk.len()]);
            }
        }),
    };
    let api = MockApi::new(campaign, world);
    assert_eq!(api.bring_codes(&campaign::codes()), CodesBrought::Added(3));
    MockStage { api, now_ms }
}

impl Stage for MockStage {
    type Participant = MockApi;
    type Shop = MockShop;

    async fn participant(&self) -> MockApi {
        self.api.another_participant()
    }

    async fn shop(&self) -> MockShop {
        self.api.shop()
    }

    async fn advance_ms(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }

    async fn published(&self) {}

    async fn playing(&self, campaign: Campaign) -> Self {
        stage_of(campaign)
    }

    async fn pause(&self, note: &PauseNote) -> Reply<PauseReply> {
        self.api.operate(|engine, ledger, now| engine.pause_rounds(ledger, note, now))
    }

    async fn resume(&self, note: &PauseNote) -> Reply<PauseReply> {
        self.api.operate(|engine, ledger, now| engine.resume_rounds(ledger, note, now))
    }

    async fn deliveries(&self) -> Reply<DeliveriesReply> {
        self.api.operate(|engine, ledger, _| engine.deliveries(ledger))
    }

    async fn dispatched(&self, entries: &[EntryId]) -> Reply<Dispatched> {
        self.api.operate(|engine, ledger, now| Ok(engine.mark_dispatched(ledger, entries, now)?))
    }
}

carnival_contract::scenarios! {
    #[tokio::test]
    => stage()
}
