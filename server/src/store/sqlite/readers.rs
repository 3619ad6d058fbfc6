//! Connections that only read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{SqliteLedger, connect_reader};
use crate::clock::lock;
use crate::store::Query;

/// How many read at once. Reads are short and in memory for the most part; more of them than cores would
/// only take turns.
const READER_COUNT: usize = 8;

/// The readers of one database; each is opened when it is first needed.
#[derive(Clone)]
pub(in crate::store) struct Readers(Arc<Pool>);

struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<SqliteLedger>>,
    places: Arc<Semaphore>,
}

impl Readers {
    pub(in crate::store) fn of(path: &Path) -> Self {
        Self(Arc::new(Pool {
            path: path.to_owned(),
            idle: Mutex::default(),
            places: Arc::new(Semaphore::new(READER_COUNT)),
        }))
    }

    pub(in crate::store) async fn read<Q: Query>(
        &self,
        engine: Engine,
        query: Q,
        now: Timestamp,
    ) -> Result<Q::Reply, Problem> {
        let place = self.0.places.clone().acquire_owned().await;
        let pool = self.0.clone();
        let work = move || {
            let _place = place;
            let reader = match pool.take() {
                Ok(reader) => reader,
                Err(error) => return Err(Failure::Ledger(error)),
            };
            // One transaction, so that all statements of a query see the same instant.
            let reply = reader.run("BEGIN").map_err(Failure::Ledger).and_then(|()| query.run(&engine, &reader, now));
            if reader.run("COMMIT").is_ok() {
                lock(&pool.idle).push(reader);
            }
            reply
        };
        let reply = spawn_blocking(work).await.map_err(|_| Problem::new(ErrorCode::Internal))?;
        reply.map_err(|failure| {
            if let Failure::Ledger(error) = &failure {
                tracing::error!(%error, "a read failed");
            }
            failure.into_problem()
        })
    }
}

impl Readers {
    /// Closes the connections that nobody uses.
    pub(in crate::store) fn close(&self) {
        lock(&self.0.idle).clear();
    }
}

impl Pool {
    fn take(&self) -> rusqlite::Result<SqliteLedger> {
        let idle = lock(&self.idle).pop();
        match idle {
            Some(reader) => Ok(reader),
            None => connect_reader(&self.path).map(SqliteLedger::on),
        }
    }
}
