//! The store in memory, for tests.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{Engine, Failure, Ledger as _};

use super::Query;
use super::batch::Transactional;
use crate::clock::lock;

#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<MemoryLedger>>);

impl Transactional for Memory {
    type Ledger = MemoryLedger;
    type Fault = Infallible;

    fn transact<T>(&mut self, work: impl FnOnce(&mut MemoryLedger) -> Result<T, Infallible>) -> Result<T, Infallible> {
        work(&mut lock(&self.0))
    }

    /// There is no disk to wait for.
    fn has_written(&self) -> bool {
        false
    }

    fn count_refused(&mut self, day: Day, code: ErrorCode, count: u64) {
        let mut ledger = lock(&self.0);
        for _ in 0..count {
            let Ok(()) = ledger.count_refused_vote(day, code);
        }
    }

    fn write_down(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn tidy(&mut self, _now: Timestamp, _today: Day) -> Result<bool, Infallible> {
        Ok(false)
    }
}

impl Memory {
    pub(super) fn read<Q: Query>(&self, engine: &Engine, query: Q, now: Timestamp) -> Result<Q::Reply, Problem> {
        query.run(engine, &*lock(&self.0), now).map_err(Failure::into_problem)
    }
}
