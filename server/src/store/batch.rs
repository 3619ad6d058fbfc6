//! Commands on their way through the writer.

use std::fmt::Display;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::{Engine, Failure, Ledger, Write};
use tokio::sync::oneshot;

use super::Command;
use super::recent::{News, Recent};

/// Something that the one writer can work on.
pub(super) trait Transactional: Send + 'static {
    /// The facts.
    type Ledger: Ledger<Error = Self::Fault>;
    /// What goes wrong with them.
    type Fault: Display + Send;

    /// Runs `work` so that all of what it writes is durable when this returns `Ok`, or else none of it is
    /// there.
    fn transact<T>(&mut self, work: impl FnOnce(&mut Self::Ledger) -> Result<T, Self::Fault>)
    -> Result<T, Self::Fault>;

    /// Whether the last transaction wrote anything, and so waited for the disk.
    fn has_written(&self) -> bool;

    /// Counts refusals that came outside of transactions. No transaction that fails takes them back.
    fn count_refused(&mut self, day: Day, code: ErrorCode, count: u64);

    /// Writes down what was only remembered until the next transaction that writes.
    fn write_down(&mut self) -> Result<(), Self::Fault>;

    /// Throws away what nobody can ask for any more, and files what is of the past; little at a time. True if there may be more of it.
    /// `today` is the campaign's day.
    fn tidy(&mut self, now: Timestamp, today: Day) -> Result<bool, Self::Fault>;
}

/// What a command has brought about.
#[derive(Clone, Copy, Default)]
pub(super) struct Effect {
    /// It succeeded, and everybody sees it.
    pub(super) is_seen: bool,
    /// What is due next may be another thing now.
    pub(super) moves_bells: bool,
}

/// A command with its kind forgotten, for a queue that holds all kinds.
pub(super) trait Job<L: Ledger>: Send {
    /// Runs the command and keeps its outcome for [`answer`](Self::answer).
    fn run(&mut self, engine: &Engine, ledger: &mut L, now: Timestamp) -> Result<Effect, L::Error>;
    /// Tells the outcome, after what it means for those whose votes are remembered. Only to be called once the transaction is
    /// durable.
    fn answer(self: Box<Self>, recent: &Recent);
    /// Tells that nothing was done.
    fn fail(self: Box<Self>, code: ErrorCode);
}

/// A command that waits for its outcome.
pub(super) struct Waiting<C: Command> {
    command: C,
    write: Write,
    news: News,
    outcome: Option<Result<C::Reply, Problem>>,
    asker: oneshot::Sender<Result<C::Reply, Problem>>,
}

impl<C: Command> Waiting<C> {
    pub(super) fn new(write: Write, command: C) -> (Self, oneshot::Receiver<Result<C::Reply, Problem>>) {
        let (asker, answer) = oneshot::channel();
        let waiting = Self { command, write, news: News::None, outcome: None, asker };
        (waiting, answer)
    }
}

impl<C: Command, L: Ledger> Job<L> for Waiting<C> {
    fn run(&mut self, engine: &Engine, ledger: &mut L, now: Timestamp) -> Result<Effect, L::Error> {
        self.write.now = now;
        self.news = News::None;
        let outcome = match self.command.run_and_tell(engine, ledger, &self.write, &mut self.news) {
            Ok(reply) => Ok(reply),
            Err(Failure::Refused(problem)) => Err(*problem),
            Err(Failure::Ledger(error)) => return Err(error),
        };
        let effect = if outcome.is_ok() {
            Effect { is_seen: self.command.is_public(engine), moves_bells: C::MOVES_BELLS }
        } else {
            Effect::default()
        };
        self.outcome = Some(outcome);
        Ok(effect)
    }

    fn answer(self: Box<Self>, recent: &Recent) {
        recent.hear(self.news);
        let outcome = self.outcome.unwrap_or(Err(ErrorCode::Internal.into()));
        // Whoever asked may have gone away; what was done is done, and a retry will be told.
        let _gone = self.asker.send(outcome);
    }

    fn fail(self: Box<Self>, code: ErrorCode) {
        let _gone = self.asker.send(Err(code.into()));
    }
}
