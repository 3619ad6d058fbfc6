//! What the button for a vote can do: the rule as somebody sees it before they tap.

use std::ops::Range;

use super::{VoteQuota, VotesToday};
use crate::time::Timestamp;

/// What the vote button of a star can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteState {
    /// Take a vote.
    Ready,
    /// Nothing more for this star today: the participant's votes for it are cast.
    Voted,
    /// Nothing: today's votes are used.
    Spent,
    /// Nothing: voting has not begun.
    Closed,
    /// Nothing: voting is over, and the board is final.
    Over,
}

impl VoteState {
    /// What a star that is revealed can have from somebody who used this much of the quota, in a campaign that goes on for `open`.
    /// It is [`Ready`](Self::Ready) when [`cast_vote`](super::cast_vote) takes a vote, and only then.
    pub fn of(quota: VoteQuota, open: Range<Timestamp>, used: VotesToday, now: Timestamp) -> Self {
        if now >= open.end {
            Self::Over
        } else if now < open.start {
            Self::Closed
        } else if used.for_star >= quota.per_star_per_day {
            Self::Voted
        } else if quota.left(used) == 0 {
            Self::Spent
        } else {
            Self::Ready
        }
    }

    /// The state's word, for attributes and style sheets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Voted => "voted",
            Self::Spent => "spent",
            Self::Closed => "closed",
            Self::Over => "over",
        }
    }
}
