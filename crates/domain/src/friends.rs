//! Votes that friends earn: the rule of 2016 that whoever brings others may vote more.
//!
//! Each friend who comes by one of my links for the first time earns me votes on the day on which they come, up to so many a day.
//! It is the very visit that is counted anyway: once for each visitor of a participant's links, never one's own, and no crawler's.
//! So nothing more is written down, and what was earned is what the visits say, also after two visitors turned out to be one.
//!
//! The votes are for all stars together. The quota for one star stays what it is: nobody lifts a star by the number of their
//! friends. What is not used is gone at midnight, as every vote is. It is played only where the campaign's file says so, as the
//! chats forbid to reward an invitation.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::campaign::{Campaign, PolicyProfile};
use crate::time::{Day, Timestamp};

/// What friends earn. Both are at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VotesByFriends {
    /// Votes that each friend earns.
    pub votes_per_friend: u32,
    /// The most that all friends of a day earn.
    pub per_day: u32,
}

impl VotesByFriends {
    /// Votes that so many friends of a day earn.
    pub fn earned(self, friend_count: u32) -> u32 {
        friend_count.saturating_mul(self.votes_per_friend).min(self.per_day)
    }

    /// How many friends of a day earn anything: those after them need not be counted.
    pub fn friends_counted(self) -> u32 {
        self.per_day.div_ceil(self.votes_per_friend.max(1))
    }
}

impl Campaign {
    /// What friends earn, if anything. Under the strict policy it is nothing, whatever else is set.
    pub fn friends_earn(&self) -> Option<VotesByFriends> {
        self.votes_by_friends.filter(|_| self.policy == PolicyProfile::Open)
    }

    /// From when until when a visit is one of this day.
    pub fn span_of(&self, day: Day) -> Range<Timestamp> {
        self.utc_offset.midnight(day)..self.utc_offset.midnight(Day(day.0 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule() -> impl Strategy<Value = VotesByFriends> {
        (1..50u32, 1..200u32).prop_map(|(votes_per_friend, per_day)| VotesByFriends { votes_per_friend, per_day })
    }

    proptest! {
        #[test]
        fn nobody_earns_without_friends_nor_above_the_limit_nor_less_by_a_friend_more(
            rule in rule(),
            friends in any::<u32>(),
        ) {
            prop_assert_eq!(rule.earned(0), 0);
            prop_assert!(rule.earned(friends) <= rule.per_day);
            prop_assert!(rule.earned(friends.saturating_add(1)) >= rule.earned(friends));
            prop_assert!(rule.earned(friends) <= friends.saturating_mul(rule.votes_per_friend));
        }

        #[test]
        fn who_is_not_counted_would_earn_nothing_and_who_is_earns(rule in rule(), more in 0..1000u32) {
            let all = rule.friends_counted();
            prop_assert_eq!(rule.earned(all), rule.per_day);
            prop_assert_eq!(rule.earned(all + more), rule.per_day);
            prop_assert!(rule.earned(all - 1) < rule.per_day);
        }
    }
}
