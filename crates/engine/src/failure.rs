//! How a command ends when it does not succeed.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;

/// Why a command gave no reply.
#[derive(Debug)]
pub enum Failure<E> {
    /// The rules say no; the participant is told why.
    Refused(Box<Problem>),
    /// The ledger failed; nothing was done.
    Ledger(E),
}

impl<E> Failure<E> {
    /// A refusal.
    pub fn refused(problem: impl Into<Problem>) -> Self {
        Self::Refused(Box::new(problem.into()))
    }

    /// What the participant is told. A ledger's own words are for the log, not for them.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Refused(problem) => *problem,
            Self::Ledger(_) => ErrorCode::StoreFailed.into(),
        }
    }
}

/// Lets `?` pass on what a ledger says.
impl<E> From<E> for Failure<E> {
    fn from(error: E) -> Self {
        Self::Ledger(error)
    }
}
