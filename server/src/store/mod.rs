//! The durable store: one writer, many readers.
//!
//! A write goes to the writer's thread, which runs many of them in one transaction and answers each only
//! after that is on disk. A read runs beside it, on a connection of its own, and sees what was committed.

mod batch;
mod desk;
mod known_keys;
mod memory;
mod recent;
pub mod sqlite;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;

use carnival_contract::problem::Problem;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger, Write};
use tokio::sync::watch;

use crate::clock::Clock;
use memory::Memory;
pub use recent::{News, Recent};
use sqlite::Sqlite;
use writer::Writer;

/// Something a participant wants done.
pub trait Command: Send + Sync + 'static {
    /// What they get for it.
    type Reply: Send + 'static;
    /// Whether everybody sees it: then a new live frame is due.
    const IS_PUBLIC: bool;
    /// Whether what is due next may be another thing afterwards. After those that say no, of which there are many a second, it is
    /// not looked up.
    const MOVES_BELLS: bool = true;

    /// The same, where it depends on the campaign.
    fn is_public(&self, _engine: &Engine) -> bool {
        Self::IS_PUBLIC
    }

    /// Does it. It may be called again, if the transaction around it failed for another's sake.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<Self::Reply, Failure<L::Error>>;

    /// The same, and says what of participants' votes is known afterwards, or is known no more: whatever takes votes back, or makes
    /// them somebody else's or nobody's, MUST say whose.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    fn run_and_tell<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
        _news: &mut News,
    ) -> Result<Self::Reply, Failure<L::Error>> {
        self.run(engine, ledger, write)
    }

    /// What it comes to, if that takes no more than what is remembered of votes.
    fn recall(&self, _recent: &Recent, _write: &Write, _now: Timestamp) -> Option<Result<Self::Reply, Problem>> {
        None
    }
}

/// Something somebody wants to know.
pub trait Query: Send + 'static {
    /// What they get to know.
    type Reply: Send + 'static;

    /// Looks it up.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, now: Timestamp) -> Result<Self::Reply, Failure<L::Error>>;
}

/// Where facts are kept.
#[derive(Clone, Debug)]
pub enum Place {
    /// In this database file.
    File(PathBuf),
    /// In memory, for tests.
    Memory,
}

/// A handle to the store.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    clock: Arc<dyn Clock>,
    recent: Arc<Recent>,
    back_end: BackEnd,
}

#[derive(Clone)]
enum BackEnd {
    Sqlite(Writer<Sqlite>, sqlite::Readers),
    Memory(Writer<Memory>, Memory),
}

impl Store {
    /// Opens the store and starts its writer, which settles what is due at once.
    ///
    /// # Errors
    /// Why the database could not be opened, in a sentence.
    pub fn open(engine: Engine, clock: Arc<dyn Clock>, place: &Place) -> Result<Self, String> {
        let recent = Recent::new(engine.clone());
        Self::open_with(engine, clock, place, recent)
    }

    fn open_with(engine: Engine, clock: Arc<dyn Clock>, place: &Place, recent: Recent) -> Result<Self, String> {
        let recent = Arc::new(recent);
        let (rules, time, known) = (engine.clone(), clock.clone(), recent.clone());
        let back_end = match place {
            Place::Memory => {
                let memory = Memory::default();
                BackEnd::Memory(Writer::start(rules, time, memory.clone(), known)?, memory)
            }
            Place::File(path) => {
                let now = clock.now();
                let sqlite = Sqlite::open(path, recent.keys().clone(), now, engine.campaign().day_at(now))?;
                BackEnd::Sqlite(Writer::start(rules, time, sqlite, known)?, sqlite::Readers::of(path))
            }
        };
        Ok(Self { engine, clock, recent, back_end })
    }

    /// The rules it applies.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The time it goes by.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// In a rehearsal: how many seconds of its clock go by in a real one.
    pub fn rehearsal_pace(&self) -> Option<u32> {
        Some(self.clock.pace()).filter(|pace| *pace > 1)
    }

    /// Does something, and returns once it is durable. The instant in `write` is set when its turn comes.
    ///
    /// # Errors
    /// Why it was not done.
    pub async fn write<C: Command>(&self, write: Write, command: C) -> Result<C::Reply, Problem> {
        if let Some(answer) = command.recall(&self.recent, &write, self.now()) {
            return answer;
        }
        match &self.back_end {
            BackEnd::Sqlite(writer, _) => writer.write(write, command).await,
            BackEnd::Memory(writer, _) => writer.write(write, command).await,
        }
    }

    /// Looks something up, without standing in the writer's way.
    ///
    /// # Errors
    /// Why it could not be said.
    pub async fn read<Q: Query>(&self, query: Q) -> Result<Q::Reply, Problem> {
        let (engine, now) = (self.engine.clone(), self.now());
        match &self.back_end {
            BackEnd::Sqlite(_, readers) => readers.read(engine, query, now).await,
            BackEnd::Memory(_, memory) => memory.read(&engine, query, now),
        }
    }

    /// Settles what is due by now, at once. The writer does so by itself when the time comes; a test that
    /// moves the clock has to say so.
    pub async fn settle(&self) {
        match &self.back_end {
            BackEnd::Sqlite(writer, _) => writer.wake().await,
            BackEnd::Memory(writer, _) => writer.wake().await,
        }
    }

    /// A number that grows whenever something changed that everybody sees.
    pub fn changes(&self) -> watch::Receiver<u64> {
        match &self.back_end {
            BackEnd::Sqlite(writer, _) => writer.changes(),
            BackEnd::Memory(writer, _) => writer.changes(),
        }
    }

    /// Whether the last transaction could be kept.
    pub fn is_healthy(&self) -> bool {
        match &self.back_end {
            BackEnd::Sqlite(writer, _) => writer.is_healthy(),
            BackEnd::Memory(writer, _) => writer.is_healthy(),
        }
    }

    /// Finishes what was asked for and closes the database.
    pub async fn close(&self) {
        match &self.back_end {
            BackEnd::Sqlite(writer, readers) => {
                // The last connection to close takes the write-ahead log into the database, which a reader can't.
                readers.close();
                writer.close().await;
            }
            BackEnd::Memory(writer, _) => writer.close().await,
        }
    }
}
