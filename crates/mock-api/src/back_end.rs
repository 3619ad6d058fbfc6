//! The engine, its ledger and its clock, behind one lock.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use carnival_contract::api::Reply;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::live::LiveFrame;
use carnival_contract::snapshot::CampaignSnapshot;
use carnival_domain::campaign::Campaign;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{Engine, Failure, Unsealed, Write};

use crate::World;

/// The campaign's memory, and what counts its changes.
#[derive(Default)]
struct State {
    ledger: MemoryLedger,
    change_count: u64,
}

/// A back end for one page.
pub(crate) struct BackEnd {
    engine: Engine,
    state: Mutex<State>,
    world: World,
}

type Answer<T> = Result<T, Failure<Infallible>>;

impl BackEnd {
    pub(crate) fn new(campaign: Campaign, world: World) -> Self {
        // The key is public with the page's code, so anybody can forge a link; but only to themselves.
        let engine = Engine::new(campaign, b"mock", None).with_deliveries(Arc::new(Unsealed));
        Self { engine, state: Mutex::default(), world }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.world.now)()
    }

    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.world.random)(&mut bytes);
        bytes
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Locks the state with all rounds brought up to now.
    fn settled(&self) -> (MutexGuard<'_, State>, Timestamp) {
        // A panic while it was locked ended the page; there is nothing to protect from it.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        let Ok(ended) = self.engine.settle(&mut state.ledger, now, &mut || self.random());
        state.change_count += ended.len() as u64;
        (state, now)
    }

    /// Reads.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&Engine, &MemoryLedger, Timestamp) -> Answer<T>) -> Reply<T> {
        let (state, now) = self.settled();
        ask(&self.engine, &state.ledger, now).map_err(Failure::into_problem)
    }

    /// Writes without a participant's asking.
    pub(crate) fn write<T>(&self, run: impl FnOnce(&Engine, &mut MemoryLedger, Timestamp) -> T) -> T {
        let (mut state, now) = self.settled();
        state.change_count += 1;
        run(&self.engine, &mut state.ledger, now)
    }

    /// Writes for a participant.
    pub(crate) fn command<T>(
        &self,
        who: ParticipantId,
        key: &IdempotencyKey,
        run: impl FnOnce(&Engine, &mut MemoryLedger, &Write) -> Answer<T>,
    ) -> Reply<T> {
        let answer = self.write(|engine, ledger, now| run(engine, ledger, &Write { who, key: key.clone(), now }));
        answer.map_err(Failure::into_problem)
    }

    pub(crate) fn live_frame(&self) -> LiveFrame {
        let (state, now) = self.settled();
        let Ok(frame) = self.engine.live_frame(&state.ledger, frame_id(&state), now);
        frame
    }

    pub(crate) fn snapshot(&self) -> CampaignSnapshot {
        let (state, now) = self.settled();
        let Ok(frame) = self.engine.live_frame(&state.ledger, frame_id(&state), now);
        let Ok(snapshot) = self.engine.snapshot(&state.ledger, frame);
        snapshot
    }
}

/// There is one epoch: the page's own life.
fn frame_id(state: &State) -> String {
    format!("1-{}", state.change_count)
}
