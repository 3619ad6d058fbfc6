//! Casting a vote.

mod state;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::campaign::{Campaign, Star};
use crate::ids::StarId;
use crate::time::{Day, Timestamp};

pub use state::VoteState;

/// How often a participant may vote in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteQuota {
    /// For all stars together.
    pub votes_per_day: u32,
    /// For one star.
    pub per_star_per_day: u32,
}

impl VoteQuota {
    /// How many votes are left today to somebody who used this much, for all stars together.
    pub fn left(self, used: VotesToday) -> u32 {
        self.votes_per_day.saturating_add(used.by_friends).saturating_sub(used.all)
    }
}

/// What a participant has used of today's quota, and what there is on top of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VotesToday {
    /// For all stars together.
    pub all: u32,
    /// For the star in question.
    pub for_star: u32,
    /// Votes that [friends](crate::friends) earned today: so many more for all stars together.
    pub by_friends: u32,
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
    if campaign.voting.left(used) == 0 {
        return Err(VoteRefused::QuotaSpent { resets_at });
    }
    if used.for_star >= campaign.voting.per_star_per_day {
        return Err(VoteRefused::StarQuotaSpent { resets_at });
    }
    Ok(VotesToday { all: used.all + 1, for_star: used.for_star + 1, ..used })
}

/// Which of a person's votes were too many, by their places in `votes`: those that would have been refused, had they
/// all been cast by one participant in this order. So of too many for one star on a day, and of too many on a day, the
/// later ones. `by_friends` is what friends earned the person, by day.
///
/// It is asked when two participants turn out to be one person.
pub fn surplus_votes(quota: VoteQuota, by_friends: &BTreeMap<Day, u32>, votes: &[(Day, StarId)]) -> Vec<usize> {
    let mut used: BTreeMap<Day, BTreeMap<&StarId, u32>> = BTreeMap::new();
    let mut surplus = Vec::new();
    for (place, (day, star)) in votes.iter().enumerate() {
        let today = used.entry(*day).or_default();
        let all: u32 = today.values().sum();
        let for_star = today.entry(star).or_default();
        let most = quota.votes_per_day.saturating_add(by_friends.get(day).copied().unwrap_or(0));
        if all < most && *for_star < quota.per_star_per_day {
            *for_star += 1;
        } else {
            surplus.push(place);
        }
    }
    surplus
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_votes_the_later_ones_are_too_many() {
        let quota = VoteQuota { votes_per_day: 3, per_star_per_day: 2 };
        let star = |id: &str| id.parse().expect("a slug");
        let votes = [(1, "a"), (1, "a"), (1, "a"), (2, "a"), (1, "b"), (1, "c"), (2, "b")];
        let votes: Vec<_> = votes.into_iter().map(|(day, id)| (Day(day), star(id))).collect();
        assert_eq!(surplus_votes(quota, &BTreeMap::new(), &votes), [2, 5]);
        let by_friends = BTreeMap::from([(Day(1), 1), (Day(2), 9)]);
        assert_eq!(surplus_votes(quota, &by_friends, &votes), [2], "more for all stars, and no more for one");
    }
}
