//! The way of what is written from the write-ahead log into the database.
//!
//! What is in the log is durable; the log must only not grow for ever. SQLite by itself would copy it within a commit, every
//! thousand pages, which is every few hundred votes: all who wait would wait for that as well. Here a thread of its own
//! copies beside the writer. What comes in meanwhile is little, and the writer itself copies it then, so that it finds
//! the log empty for once and begins at its start again.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

/// How many rows may change before the log is copied: four for a vote, so about ten thousand pages, 40 MB.
const ROWS_BETWEEN: u64 = 20_000;

/// When to copy, and who does.
pub(super) struct Checkpoints {
    /// None while it ends.
    ask: Option<SyncSender<()>>,
    copying: Option<JoinHandle<()>>,
    is_copied: Arc<AtomicBool>,
    is_asked: bool,
    rows_between: u64,
    rows_then: u64,
}

impl Checkpoints {
    /// Takes over from SQLite, for the writer's connection to the database at `path`.
    pub(super) fn start(path: &Path, writer: &Connection) -> Result<Self, String> {
        let cannot = |error: &dyn std::fmt::Display| format!("The database's log can't be looked after: {error}.");
        writer.pragma_update(None, "wal_autocheckpoint", 0).map_err(|error| cannot(&error))?;
        let db = Connection::open(path).map_err(|error| cannot(&error))?;
        let (ask, asked) = sync_channel(1);
        let is_copied = Arc::new(AtomicBool::new(false));
        let copied = is_copied.clone();
        let copying = move || {
            while asked.recv().is_ok() {
                copy(&db);
                copied.store(true, Ordering::Release);
            }
        };
        let copying = thread::Builder::new().name("checkpoints".to_owned()).spawn(copying);
        let copying = Some(copying.map_err(|error| cannot(&error))?);
        Ok(Self { ask: Some(ask), copying, is_copied, is_asked: false, rows_between: ROWS_BETWEEN, rows_then: 0 })
    }

    /// To be called by the writer between two transactions.
    pub(super) fn tend(&mut self, writer: &Connection) {
        let rows = writer.total_changes();
        if self.is_copied.swap(false, Ordering::Acquire) {
            copy(writer);
            (self.is_asked, self.rows_then) = (false, rows);
        } else if !self.is_asked && rows - self.rows_then > self.rows_between {
            self.is_asked = self.ask.as_ref().is_some_and(|ask| ask.try_send(()).is_ok());
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.ask = None;
        // A panic of the thread's has been told by the thread.
        let _ended = self.copying.take().map(JoinHandle::join);
    }
}

/// Copies what can be copied without waiting for anybody. If it fails, nothing is lost, and the next one is not far.
fn copy(db: &Connection) {
    if let Err(error) = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the database's log could not be copied into it; it grows until it can");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::connect;
    use super::*;

    const HUNDRED_ROWS: &str = "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n LIMIT 100)
        INSERT INTO event (webhook_id, happened_at, body) SELECT hex(randomblob(16)), 0, '{}' FROM n";

    #[test]
    fn the_log_does_not_grow_with_what_is_written() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("carnival.db");
        let writer = connect(&path).expect("a database");
        let mut checkpoints = Checkpoints::start(&path, &writer).expect("a thread");
        checkpoints.rows_between = 1000;
        let mut write = |count: u32| {
            for _ in 0..count {
                writer.execute_batch(HUNDRED_ROWS).expect("rows");
                checkpoints.tend(&writer);
                while checkpoints.is_asked && !checkpoints.is_copied.load(Ordering::Acquire) {
                    thread::sleep(Duration::from_millis(1));
                }
            }
        };
        let log = || path.with_extension("db-wal").metadata().expect("a log").len();
        write(40);
        let early = log();
        // Without an end it would be more than five times as long: pages are changed more often than rows.
        write(160);
        assert!(log() < 3 * early, "{} bytes of log after {early}", log());
    }
}
