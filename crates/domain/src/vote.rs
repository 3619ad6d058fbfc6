//! Casting a vote.

use serde::{Deserialize, Serialize};

use crate::campaign::{Campaign, Star};
use crate::time::Timestamp;

/// How often a participant may vote in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteQuota {
    /// For all stars together.
    pub votes_per_day: u32,
    /// For one star.
    pub per_star_per_day: u32,
}

/// What a participant has used of today's quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VotesToday {
    /// For all stars together.
    pub all: u32,
    /// For the star in question.
    pub for_star: u32,
}

/// Why a vote is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteRefused {
    /// There is no such star.
    UnknownStar,
    /// The campaign has not begun.
    NotBegun {
        /// When it begins.
        starts_at: Timestamp,
    },
    /// The star is not known yet.
    NotRevealed {
        /// When it will be.
        reveals_at: Timestamp,
    },
    /// The leaderboard is frozen.
    Frozen {
        /// Since when.
        ended_at: Timestamp,
    },
    /// All of today's votes are used.
    QuotaSpent {
        /// When there are new ones; none if the campaign ends before.
        resets_at: Option<Timestamp>,
    },
    /// Today's votes for this star are used; there are some left for others.
    StarQuotaSpent {
        /// When there are new ones; none if the campaign ends before.
        resets_at: Option<Timestamp>,
    },
}

/// Decides whether a vote counts; returns what the participant will have used with it.
pub fn cast_vote(
    campaign: &Campaign,
    star: Option<&Star>,
    used: VotesToday,
    now: Timestamp,
) -> Result<VotesToday, VoteRefused> {
    let star = star.ok_or(VoteRefused::UnknownStar)?;
    if now < campaign.starts_at {
        return Err(VoteRefused::NotBegun { starts_at: campaign.starts_at });
    }
    if now >= campaign.ends_at {
        return Err(VoteRefused::Frozen { ended_at: campaign.ends_at });
    }
    if now < star.reveals_at {
        return Err(VoteRefused::NotRevealed { reveals_at: star.reveals_at });
    }
    let next_day_at = campaign.next_day_at(now);
    let resets_at = (next_day_at < campaign.ends_at).then_some(next_day_at);
    if used.all >= campaign.voting.votes_per_day {
        return Err(VoteRefused::QuotaSpent { resets_at });
    }
    if used.for_star >= campaign.voting.per_star_per_day {
        return Err(VoteRefused::StarQuotaSpent { resets_at });
    }
    Ok(VotesToday { all: used.all + 1, for_star: used.for_star + 1 })
}
