//! Ranking stars.

mod part;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::ids::StarId;

pub use part::{Cursor, From as PartFrom, MalformedCursor, Part, part_of};

/// A star's votes, and when it got the last of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Which star.
    pub star_id: StarId,
    /// How many votes.
    pub vote_count: u64,
    /// The place of its last vote among all votes of the campaign; 0 without votes. Of two stars with
    /// equal votes, the one with the smaller number reached that count first.
    pub reached: u64,
}

/// One line of the leaderboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The place, from 1. Equal votes share one, and the places behind are left out: 1, 1, 3.
    pub rank: u32,
    /// Who has it, with which votes.
    #[serde(flatten)]
    pub tally: Tally,
}

/// The order of a leaderboard: most votes first; of equals, who reached them first; then by id, so that it is total.
fn by_place(a: &Tally, b: &Tally) -> Ordering {
    (b.vote_count.cmp(&a.vote_count)).then(a.reached.cmp(&b.reached)).then_with(|| a.star_id.cmp(&b.star_id))
}

/// Ranks stars.
pub fn standings(mut tallies: Vec<Tally>) -> Vec<Standing> {
    tallies.sort_unstable_by(by_place);
    let mut shared: Option<(u64, u32)> = None;
    let ranked = tallies.into_iter().enumerate().map(|(index, tally)| {
        let rank = match shared {
            Some((vote_count, rank)) if vote_count == tally.vote_count => rank,
            _ => index as u32 + 1,
        };
        shared = Some((tally.vote_count, rank));
        Standing { rank, tally }
    });
    ranked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(id: u32, vote_count: u64, reached: u64) -> Tally {
        Tally { star_id: format!("s{id}").parse().expect("a slug"), vote_count, reached }
    }

    #[test]
    fn equal_votes_share_a_place_and_the_first_to_reach_them_stands_above() {
        let board = standings(vec![tally(1, 5, 9), tally(2, 4, 1), tally(3, 5, 7)]);
        let lines: Vec<_> = board.iter().map(|s| (s.rank, s.tally.star_id.as_str())).collect();
        assert_eq!(lines, [(1, "s3"), (1, "s1"), (3, "s2")]);
    }

    proptest! {
        #[test]
        fn ranking_is_total_and_does_not_depend_on_the_order_given(
            counts in prop::collection::vec((0u64..5, 0u64..5), 0..20), turn in 0usize..20,
        ) {
            let mut tallies: Vec<_> = (counts.iter().zip(0..)).map(|(c, id)| tally(id, c.0, c.1)).collect();
            let board = standings(tallies.clone());
            if !tallies.is_empty() {
                let middle = turn % tallies.len();
                tallies.rotate_left(middle);
            }
            prop_assert_eq!(&standings(tallies), &board);
            for (index, line) in board.iter().enumerate() {
                let above = board.iter().filter(|s| s.tally.vote_count > line.tally.vote_count).count();
                prop_assert_eq!(line.rank as usize, above + 1);
                prop_assert!(index == 0 || board[index - 1].tally.vote_count >= line.tally.vote_count);
            }
        }
    }
}
