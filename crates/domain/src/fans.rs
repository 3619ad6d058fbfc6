//! The fans' draw: whoever votes for a star is in its draw, and the draws of the first stars of the board are held.
//!
//! A star's draw is committed to before anybody can vote for it. Their first vote is a fan's entry; it stays, and stays one,
//! however often they vote and even if that vote is taken back, for its receipt was signed. When the board is frozen, the
//! draws of the first [`FansDraw::top`] stars are held, each with the same prizes; the others end undrawn.

use serde::{Deserialize, Serialize};

use crate::campaign::Prize;
use crate::ids::StarId;
use crate::leaderboard::Standing;
use crate::round::PrizePool;

/// What a campaign gives to the fans of its first stars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FansDraw {
    /// How many stars' draws are held.
    pub top: u32,
    /// How many reserves each of them names.
    pub reserve_count: u32,
    /// What each of them gives, in this order. A count is that of one star's draw.
    pub prizes: Vec<Prize>,
}

impl FansDraw {
    /// What one star's draw gives.
    pub fn pool(&self) -> PrizePool {
        PrizePool::of(&self.prizes)
    }
}

/// How a star's draw ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FansEnding {
    /// The star was among the first: the draw is held.
    Held,
    /// It was not, and nothing is drawn.
    Undrawn,
}

impl FansEnding {
    /// The ending's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Undrawn => "undrawn",
        }
    }

    /// The ending of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Held, Self::Undrawn].into_iter().find(|ending| ending.as_str() == word)
    }
}

/// How a star's draw ends by the final board.
///
/// Shared places are parted by who reached their votes first, as the board itself parts them: so never more draws are held
/// than were promised. A star that nobody voted for is not among the first, however few there are.
pub fn ending_of(board: &[Standing], star: &StarId, top: u32) -> FansEnding {
    let first = board.iter().take(top as usize).filter(|standing| standing.tally.vote_count > 0);
    let is_first = first.into_iter().any(|standing| standing.tally.star_id == *star);
    if is_first { FansEnding::Held } else { FansEnding::Undrawn }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaderboard::{Tally, standings};

    fn board(votes: &[(&str, u64, u64)]) -> Vec<Standing> {
        let tally = |(id, vote_count, reached): &(&str, u64, u64)| Tally {
            star_id: id.parse().expect("a slug"),
            vote_count: *vote_count,
            reached: *reached,
        };
        standings(votes.iter().map(tally).collect())
    }

    fn held(board: &[Standing], top: u32) -> Vec<&str> {
        let is_held = |id: &StarId| ending_of(board, id, top) == FansEnding::Held;
        let ids = board.iter().map(|standing| &standing.tally.star_id);
        ids.filter(|id| is_held(id)).map(StarId::as_str).collect()
    }

    #[test]
    fn the_first_stars_draws_are_held_and_no_more() {
        let board = board(&[("ann", 3, 9), ("ben", 7, 8), ("cai", 5, 7)]);
        assert_eq!(held(&board, 2), ["ben", "cai"]);
        assert_eq!(held(&board, 9), ["ben", "cai", "ann"]);
    }

    #[test]
    fn of_equals_who_was_there_first_is_among_the_first() {
        let board = board(&[("ann", 5, 9), ("ben", 5, 8), ("cai", 5, 7)]);
        assert_eq!(held(&board, 2), ["cai", "ben"]);
    }

    #[test]
    fn a_star_without_a_vote_is_not_among_the_first() {
        assert_eq!(held(&board(&[("ann", 0, 0), ("ben", 1, 1)]), 2), ["ben"]);
    }

    #[test]
    fn an_ending_has_a_word_of_its_own() {
        for ending in [FansEnding::Held, FansEnding::Undrawn] {
            assert_eq!(FansEnding::parse(ending.as_str()), Some(ending));
            assert_eq!(serde_json::to_value(ending).expect("a word"), ending.as_str());
        }
    }
}
