//! The daily public audit of votes: how many came in, what became of them, and why others were refused. Nobody is in it, only
//! sums.

use carnival_domain::time::Day;
use serde::{Deserialize, Serialize};

use crate::error_code::ErrorCode;

/// `GET audits`. The sums of the day that is running may be some seconds old.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditsReply {
    /// Every day of the campaign that has begun, newest first; at most as many as a campaign has.
    pub days: Vec<AuditDay>,
}

/// The votes of one day.
///
/// What was accepted and not taken back is what the day's leaderboard adds up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditDay {
    /// Which day, in the campaign's zone.
    pub day: Day,
    /// Whether it is over. Its votes may still be taken back; none is added.
    pub is_over: bool,
    /// How many votes were accepted.
    pub accepted: u64,
    /// How many of these were taken back since: two participants turned out to be one person, who has one quota.
    pub taken_back: u64,
    /// How many were refused by a rule of the game, by the reason, in the order of its word; reasons that nobody met are left
    /// out.
    ///
    /// These are written down beside votes and never hold one up: a server that is killed may lose the last of them, and a
    /// repetition of a request that was refused counts again.
    pub refused: Vec<RefusedVotes>,
}

/// Votes that were refused for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedVotes {
    /// The reason, as it was answered: a star that is not revealed is an unknown one.
    pub code: ErrorCode,
    /// How many.
    pub count: u64,
}
