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

/// Who has a place, where a list of tallies is ranked as it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which of the tallies.
    pub index: u32,
    /// The place, from 1, as a [`Standing`] has it.
    pub rank: u32,
    /// With how many votes.
    pub vote_count: u64,
}

/// Ranks stars, best first, without moving or copying a tally: for boards that are ranked anew with every frame.
pub fn places(tallies: &[Tally]) -> Vec<Place> {
    let place = |(index, tally): (usize, &Tally)| Place { index: index as u32, rank: 0, vote_count: tally.vote_count };
    let mut places: Vec<Place> = tallies.iter().enumerate().map(place).collect();
    places.sort_unstable_by(|a, b| by_place(&tallies[a.index as usize], &tallies[b.index as usize]));
    let mut shared: Option<(u64, u32)> = None;
    for (place, rank) in places.iter_mut().zip(1..) {
        place.rank = match shared {
            Some((vote_count, rank)) if vote_count == place.vote_count => rank,
            _ => rank,
        };
        shared = Some((place.vote_count, place.rank));
    }
    places
}

/// Ranks stars.
pub fn standings(tallies: Vec<Tally>) -> Vec<Standing> {
    let places = places(&tallies);
    let mut tallies: Vec<Option<Tally>> = tallies.into_iter().map(Some).collect();
    let standing = |place: Place| Some(Standing { rank: place.rank, tally: tallies[place.index as usize].take()? });
    places.into_iter().filter_map(standing).collect()
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
