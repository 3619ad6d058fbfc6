//! What was done before the start, taken in beside the writer: under which keys, of the days in which repetitions are recognised.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use carnival_domain::time::{Day, Timestamp};
use carnival_engine::ledger::KeyMark;
use rusqlite::{Connection, Result};

use super::{connect_reader, filing};
use crate::store::known_keys::{Keys, KnownKeys};

/// How many rows are read at once. Between them the log can be emptied, which a reader stands in the way of.
const ROWS_AT_ONCE: i64 = 5000;

/// A thread that takes it in, until it has, or is dropped.
pub(super) struct Recollection {
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Recollection {
    /// Begins, for a campaign whose day it is. From now on the writer MUST take in what it does.
    pub(super) fn start(path: &Path, keys: Arc<KnownKeys>, now: Timestamp, first: Day) -> Result<Self, String> {
        let cannot = |error: &dyn std::fmt::Display| format!("The last days' keys can't be taken in: {error}.");
        let db = connect_reader(path).map_err(|error| cannot(&error))?;
        let is_over = Arc::new(AtomicBool::new(false));
        let is_ended = is_over.clone();
        let take_in = move || match all(&db, first, &is_ended) {
            Ok(Some(before)) => keys.complete(now, before),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the last days' keys could not be read; each is looked up instead"),
        };
        let thread = thread::Builder::new().name("recollection".to_owned()).spawn(take_in);
        Ok(Self { is_over, thread: Some(thread.map_err(|error| cannot(&error))?) })
    }
}

impl Drop for Recollection {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // A panic of the thread's has been told by the thread.
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

/// Everything that may be repeated; none if it was told to end before. In the order of numbers, which nothing changes: meanwhile a vote may be
/// filed, or become somebody else's.
fn all(db: &Connection, first: Day, is_over: &AtomicBool) -> Result<Option<Keys>> {
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, Option<i64>>(0));
    let votes = filing::first_number(db, first)?.zip(number("SELECT max(vote_number) FROM vote")?);
    let answers =
        number("SELECT min(answer_number) FROM answer")?.zip(number("SELECT max(answer_number) FROM answer")?);
    let mut keys = Keys::default();
    let marks = "SELECT key_mark FROM vote WHERE vote_number BETWEEN ?1 AND ?2 AND key_mark NOT NULL";
    let is_all = in_turns(votes, is_over, |from, to| {
        let mut rows = db.prepare_cached(marks)?;
        let mut rows = rows.query([from, to])?;
        while let Some(row) = rows.next()? {
            keys.insert(KeyMark(row.get::<_, i64>(0)? as u64));
        }
        Ok(())
    })?;
    let texts = "SELECT idempotency_key FROM answer WHERE answer_number BETWEEN ?1 AND ?2";
    let is_all = is_all
        && in_turns(answers, is_over, |from, to| {
            let mut rows = db.prepare_cached(texts)?;
            let mut rows = rows.query([from, to])?;
            while let Some(row) = rows.next()? {
                keys.insert(KeyMark::of_text(row.get_ref(0)?.as_str()?));
            }
            Ok(())
        })?;
    Ok(is_all.then_some(keys))
}

/// Goes through numbers, and leaves to those who ask for something as much time again as each turn takes. False if it was told to end before.
fn in_turns(
    numbers: Option<(i64, i64)>,
    is_over: &AtomicBool,
    mut turn: impl FnMut(i64, i64) -> Result<()>,
) -> Result<bool> {
    let Some((first, last)) = numbers else { return Ok(true) };
    for from in (first..=last).step_by(ROWS_AT_ONCE as usize) {
        if is_over.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let begun = Instant::now();
        turn(from, from + ROWS_AT_ONCE - 1)?;
        thread::sleep(begun.elapsed());
    }
    Ok(true)
}
