//! A handle to the writer: a queue of limited length in front of one thread.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_engine::{Engine, Ledger, Write};
use tokio::sync::{mpsc, oneshot, watch};

use super::Command;
use super::batch::{Job, Transactional, Waiting};
use super::desk::Desk;
use super::recent::Recent;
use crate::clock::Clock;

/// How many commands may wait. At ten thousand a second that is less than half a second of waiting; whoever
/// comes on top is told at once to come back.
const QUEUE_LENGTH: usize = 4096;

/// What the thread is told.
pub(super) enum Message<L: Ledger> {
    Job(Box<dyn Job<L>>),
    Wake(oneshot::Sender<()>),
    Close(oneshot::Sender<()>),
}

impl<L: Ledger> Message<L> {
    pub(super) fn into_job(self) -> Option<Box<dyn Job<L>>> {
        match self {
            Self::Job(job) => Some(job),
            Self::Wake(_) | Self::Close(_) => None,
        }
    }
}

/// A handle to the writer.
pub(super) struct Writer<T: Transactional> {
    queue: mpsc::Sender<Message<T::Ledger>>,
    changes: watch::Receiver<u64>,
    healthy: Arc<AtomicBool>,
}

impl<T: Transactional> Clone for Writer<T> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone(), changes: self.changes.clone(), healthy: self.healthy.clone() }
    }
}

impl<T: Transactional> Writer<T> {
    /// Settles what is due, then starts the thread.
    pub(super) fn start(engine: Engine, clock: Arc<dyn Clock>, store: T, recent: Arc<Recent>) -> Result<Self, String> {
        let (queue, messages) = mpsc::channel(QUEUE_LENGTH);
        let (changed, changes) = watch::channel(0);
        let healthy = Arc::new(AtomicBool::new(true));
        let mut desk = Desk::new(engine, clock, store, recent, changed, healthy.clone());
        desk.work_off(Vec::new()).map_err(|fault| format!("The database could not be brought up to date: {fault}."))?;
        let alive = healthy.clone();
        thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || {
                // A panic is a fault of the program. Reads go on, but nobody should be sent here any more.
                if catch_unwind(AssertUnwindSafe(|| desk.run(messages))).is_err() {
                    alive.store(false, Ordering::Relaxed);
                    tracing::error!("the writer panicked; nothing can be written until a restart");
                }
            })
            .map_err(|error| format!("The writer's thread could not be started: {error}."))?;
        Ok(Self { queue, changes, healthy })
    }

    pub(super) async fn write<C: Command>(&self, write: Write, command: C) -> Result<C::Reply, Problem> {
        let (waiting, answer) = Waiting::new(write, command);
        let overloaded = || Problem::new(ErrorCode::Overloaded).retry_after_s(1);
        self.queue.try_send(Message::Job(Box::new(waiting))).map_err(|_| overloaded())?;
        answer.await.unwrap_or_else(|_| Err(overloaded()))
    }

    pub(super) async fn wake(&self) {
        let (done, waker) = oneshot::channel();
        if self.queue.send(Message::Wake(done)).await.is_ok() {
            let _closed = waker.await;
        }
    }

    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.queue.send(Message::Close(done)).await.is_ok() {
            let _already = closed.await;
        }
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }

    pub(super) fn is_healthy(&self) -> bool {
        self.healthy.load(Ordering::Relaxed)
    }
}
