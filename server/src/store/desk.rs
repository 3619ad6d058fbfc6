//! The writer's thread: one transaction at a time, many commands in each.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use carnival_contract::error_code::ErrorCode;
use carnival_domain::campaign::DrawAt;
use carnival_domain::time::Timestamp;
use carnival_engine::Engine;
use tokio::sync::{mpsc, watch};

use super::batch::{Job, Transactional};
use super::recent::Recent;
use super::writer::Message;
use crate::clock::Clock;
use crate::random;

/// How many commands share a transaction: enough to make the cost of a sync small, few enough that the first
/// does not wait long for the last.
const BATCH_LENGTH: usize = 512;
/// While many ask, no transaction begins sooner after the last one than this: what each costs, above all its sync, is then
/// paid by all who came meanwhile. Who asks alone waits for nobody.
const PACE: Duration = Duration::from_millis(4);
/// The same after a transaction that wrote nothing and waited for no disk, such as one of refusals. A tenth of the time is enough
/// to share what is left of its cost; and those who ask are answered while all of theirs is in the processor's cache.
const PACE_OF_READING: Duration = Duration::from_micros(400);
/// How many commands in the last transaction are many.
const MANY: usize = 8;
/// When a bell could not be settled, the disk may be full; it is tried again after this long.
const RETRY: Duration = Duration::from_secs(1);
/// The longest sleep: the machine's clock may be set forward, and no bell must be missed for long.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// How often old answers are thrown away, and old votes filed.
const TIDY_INTERVAL: Duration = Duration::from_secs(600);
/// The pause between two portions, while there are more: writes come first.
const TIDY_AGAIN: Duration = Duration::from_secs(1);

/// A transaction that was.
struct Batch {
    /// How many commands it had.
    length: usize,
    begun: Instant,
}

/// What the writer's thread works with.
pub(super) struct Desk<T: Transactional> {
    engine: Engine,
    clock: Arc<dyn Clock>,
    store: T,
    recent: Arc<Recent>,
    changed: watch::Sender<u64>,
    healthy: Arc<AtomicBool>,
    /// When a round ends, a promise lapses or a star is revealed next; none if nothing is to come.
    bell: Option<Timestamp>,
    /// When it was looked up; not before the first time, and not since a failure.
    bell_known: Option<Instant>,
    last_batch: Batch,
    tidy_at: Instant,
}

impl<T: Transactional> Desk<T> {
    pub(super) fn new(
        engine: Engine,
        clock: Arc<dyn Clock>,
        store: T,
        recent: Arc<Recent>,
        changed: watch::Sender<u64>,
        healthy: Arc<AtomicBool>,
    ) -> Self {
        let last_batch = Batch { length: 0, begun: Instant::now() };
        Self {
            engine,
            clock,
            store,
            recent,
            changed,
            healthy,
            bell: None,
            bell_known: None,
            last_batch,
            tidy_at: Instant::now(),
        }
    }

    /// Works until it is told to close.
    pub(super) fn run(mut self, mut messages: mpsc::Receiver<Message<T::Ledger>>) {
        #[expect(clippy::expect_used, reason = "it fails where there are no threads; this is one")]
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime of one thread");
        loop {
            let pause = self.pause();
            let next = runtime.block_on(async { tokio::time::timeout(pause, messages.recv()).await });
            let (mut jobs, mut wakers, mut closer) = (Vec::new(), Vec::new(), None);
            let mut take = |message| match message {
                Message::Job(job) => jobs.push(job),
                Message::Wake(waker) => wakers.push(waker),
                Message::Close(done) => closer = Some(done),
            };
            match next {
                Ok(Some(message)) => take(message),
                Ok(None) => {
                    self.write_down();
                    return;
                }
                Err(_the_bell) => {}
            }
            self.gather();
            for _ in 1..BATCH_LENGTH {
                match messages.try_recv() {
                    Ok(message) => take(message),
                    Err(_) => break,
                }
            }
            self.last_batch = Batch { length: jobs.len(), begun: Instant::now() };
            if let Err(fault) = self.work_off(jobs) {
                tracing::error!(%fault, "the store failed; nothing was done, and nothing is lost");
            }
            self.tidy();
            for waker in wakers {
                let _gone = waker.send(());
            }
            if let Some(done) = closer {
                messages.close();
                let left = std::iter::from_fn(|| messages.try_recv().ok());
                let left = left.filter_map(Message::into_job).collect();
                if let Err(fault) = self.work_off(left) {
                    tracing::error!(%fault, "the last writes could not be kept, and were refused");
                }
                self.write_down();
                drop(self);
                let _gone = done.send(());
                return;
            }
        }
    }

    /// Settles and runs the jobs in one transaction, then answers them. If the transaction fails, each job
    /// is tried in one of its own, so that one command which the store can't take does not stop the others.
    pub(super) fn work_off(&mut self, mut jobs: Vec<Box<dyn Job<T::Ledger>>>) -> Result<(), T::Fault> {
        let now = self.clock.now();
        self.take_over();
        if jobs.is_empty() && !self.is_due(now) {
            return Ok(());
        }
        let mut outcome = self.transact(&mut jobs, now);
        if outcome.is_err() && jobs.len() > 1 {
            for mut job in jobs {
                let alone = self.transact(std::slice::from_mut(&mut job), now);
                match alone {
                    Ok(()) => job.answer(&self.recent),
                    Err(_) => job.fail(ErrorCode::StoreFailed),
                }
                outcome = alone.and(outcome);
            }
        } else if outcome.is_ok() {
            jobs.into_iter().for_each(|job| job.answer(&self.recent));
        } else {
            jobs.into_iter().for_each(|job| job.fail(ErrorCode::StoreFailed));
        }
        if outcome.is_err() {
            self.bell_known = None;
        }
        self.healthy.store(outcome.is_ok(), Ordering::Relaxed);
        outcome
    }

    /// Whether there may be something to settle. After some time it is looked at anew, for the machine's clock may have been wrong.
    fn is_due(&self, now: Timestamp) -> bool {
        self.bell_known.is_none_or(|known| known.elapsed() >= LONGEST_SLEEP)
            || self.bell.is_some_and(|bell| bell <= now)
    }

    fn transact(&mut self, jobs: &mut [Box<dyn Job<T::Ledger>>], now: Timestamp) -> Result<(), T::Fault> {
        let is_due = self.is_due(now);
        let Self { engine, store, .. } = self;
        // A draw that happens at its target may be due after any entry, not only at a bell.
        let settles_often = engine.campaign().rounds.draw_at == DrawAt::Target;
        let (is_seen, next) = store.transact(|ledger| {
            let mut is_seen = is_due && !engine.settle(ledger, now, &mut random::bytes)?.is_empty();
            let mut moves_bells = is_due || settles_often;
            for job in jobs {
                let effect = job.run(engine, ledger, now)?;
                is_seen |= effect.is_seen;
                moves_bells |= effect.moves_bells;
                if settles_often {
                    is_seen |= !engine.settle(ledger, now, &mut random::bytes)?.is_empty();
                }
            }
            let next = if moves_bells { Some(engine.next_due(ledger, now)?) } else { None };
            Ok((is_seen, next))
        })?;
        // A reveal changes no fact, but the page.
        let was_revealed = self.bell.is_some_and(|bell| bell <= now);
        if let Some(due) = next {
            let reveal = engine.campaign().next_reveal_after(now);
            (self.bell, self.bell_known) = (due.into_iter().chain(reveal).min(), Some(Instant::now()));
        }
        if is_seen || was_revealed {
            self.changed.send_modify(|version| *version += 1);
        }
        Ok(())
    }

    /// After a transaction of many, lets some come before the next.
    fn gather(&self) {
        let Batch { length, begun } = self.last_batch;
        let pace = if self.store.has_written() { PACE } else { PACE_OF_READING };
        if length >= MANY {
            thread::sleep(pace.saturating_sub(begun.elapsed()));
        }
    }

    /// How long there is nothing to do.
    fn pause(&self) -> Duration {
        if !self.healthy.load(Ordering::Relaxed) {
            return RETRY;
        }
        let until_tidy = self.tidy_at.saturating_duration_since(Instant::now()).min(LONGEST_SLEEP);
        self.bell.map_or(until_tidy, |bell| self.clock.until(bell).min(until_tidy))
    }

    /// Takes over the refusals of which it was not asked.
    fn take_over(&mut self) {
        for ((day, code), count) in self.recent.take_refused() {
            self.store.count_refused(day, code, count);
        }
    }

    fn write_down(&mut self) {
        self.take_over();
        if let Err(fault) = self.store.write_down() {
            tracing::warn!(%fault, "the counts of refused votes could not be written down");
        }
    }

    fn tidy(&mut self) {
        if self.tidy_at > Instant::now() {
            return;
        }
        self.write_down();
        let now = self.clock.now();
        let pause = match self.store.tidy(now, self.engine.campaign().day_at(now)) {
            Ok(true) => TIDY_AGAIN,
            Ok(false) => TIDY_INTERVAL,
            Err(fault) => {
                tracing::warn!(%fault, "what is old could not be tidied away");
                TIDY_INTERVAL
            }
        };
        self.tidy_at = Instant::now() + pause;
    }
}
