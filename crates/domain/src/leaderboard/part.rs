//! Parts of a long leaderboard, and going through it in both directions while it moves.

use std::fmt;
use std::str::FromStr;

use super::{Standing, Tally, by_place};
use crate::ids::StarId;

/// A place between two lines: that of a tally, whether or not it still stands there.
///
/// It names the tally rather than a number of lines, so that what comes after it is what comes after it: a star that moves
/// past it meanwhile is seen on one side or the other, and none of those that stay is left out or seen twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(Tally);

impl Cursor {
    /// The place of a line.
    pub fn at(line: &Standing) -> Self {
        Self(line.tally.clone())
    }
}

/// `votes.reached.star`, such as `1203.88123.kemi`.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { star_id, vote_count, reached } = &self.0;
        write!(f, "{vote_count}.{reached}.{star_id}")
    }
}

/// Why a text is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedCursor;

impl FromStr for Cursor {
    type Err = MalformedCursor;

    fn from_str(text: &str) -> Result<Self, MalformedCursor> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().ok_or(MalformedCursor);
        let (vote_count, reached, star_id) = (next()?, next()?, next()?);
        let number = |text: &str| text.parse().map_err(|_| MalformedCursor);
        let star_id = star_id.parse().map_err(|_| MalformedCursor)?;
        Ok(Self(Tally { star_id, vote_count: number(vote_count)?, reached: number(reached)? }))
    }
}

/// Where a part of a leaderboard begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum From {
    /// At the top.
    #[default]
    Top,
    /// Behind a place.
    After(Cursor),
    /// Before a place: the part ends there.
    Before(Cursor),
    /// So that a star is in its middle, as far as the board's ends allow.
    Around(StarId),
}

/// A part of a leaderboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its lines, ranked among all.
    pub standings: Vec<Standing>,
    /// What comes after them; none at the end.
    pub next_after: Option<Cursor>,
    /// What comes before them; none at the top.
    pub previous_before: Option<Cursor>,
}

/// Cuts a part of at most `limit` lines out of a whole board. None if it is to be around a star that is not on it.
pub fn part_of(board: &[Standing], from: &From, limit: usize) -> Option<Part> {
    let limit = limit.max(1);
    let begin = match from {
        From::Top => 0,
        From::After(Cursor(place)) => board.partition_point(|line| by_place(&line.tally, place).is_le()),
        From::Before(Cursor(place)) => {
            let end = board.partition_point(|line| by_place(&line.tally, place).is_lt());
            return Some(cut(board, end.saturating_sub(limit), end));
        }
        From::Around(star) => {
            let middle = board.iter().position(|line| line.tally.star_id == *star)?;
            middle.saturating_sub(limit / 2).min(board.len().saturating_sub(limit))
        }
    };
    Some(cut(board, begin, begin.saturating_add(limit).min(board.len())))
}

fn cut(board: &[Standing], begin: usize, end: usize) -> Part {
    let standings = board[begin..end].to_vec();
    // An empty part has no line to go on from, and nothing beyond it but what it came from.
    let next_after = standings.last().filter(|_| end < board.len()).map(Cursor::at);
    let previous_before = standings.first().filter(|_| begin > 0).map(Cursor::at);
    Part { standings, next_after, previous_before }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaderboard::standings;
    use proptest::prelude::*;

    fn board(counts: &[(u64, u64)]) -> Vec<Standing> {
        let tally = |(id, (vote_count, reached)): (usize, &(u64, u64))| Tally {
            star_id: format!("s{id}").parse().expect("a slug"),
            vote_count: *vote_count,
            reached: *reached,
        };
        standings(counts.iter().enumerate().map(tally).collect())
    }

    fn part(board: &[Standing], from: From, limit: usize) -> Part {
        part_of(board, &from, limit).expect("a part")
    }

    #[test]
    fn my_star_stands_in_the_middle_unless_it_is_near_an_end() {
        let board = board(&[(9, 1), (8, 2), (7, 3), (6, 4), (5, 5), (4, 6)]);
        let around = |id: &str| {
            let part = part(&board, From::Around(id.parse().expect("a slug")), 3);
            part.standings.iter().map(|line| line.rank).collect::<Vec<_>>()
        };
        assert_eq!(around("s2"), [2, 3, 4]);
        assert_eq!(around("s0"), [1, 2, 3]);
        assert_eq!(around("s5"), [4, 5, 6]);
        assert_eq!(part_of(&board, &From::Around("nobody".parse().expect("a slug")), 3), None);
    }

    #[test]
    fn a_star_that_moves_up_meanwhile_pushes_nobody_out_of_the_next_part() {
        let first = part(&board(&[(9, 1), (8, 2), (7, 3), (6, 4)]), From::Top, 2);
        // The last one has overtaken all.
        let moved = board(&[(9, 1), (8, 2), (7, 3), (20, 9)]);
        let second = part(&moved, From::After(first.next_after.expect("more")), 2);
        let ids: Vec<_> = second.standings.iter().map(|line| line.tally.star_id.as_str()).collect();
        assert_eq!(ids, ["s2"], "by numbers of lines, s1 would have come twice");
    }

    proptest! {
        #[test]
        fn parts_join_up_to_the_whole_in_both_directions(
            counts in prop::collection::vec((0u64..6, 0u64..6), 1..30), limit in 1usize..9,
        ) {
            let board = board(&counts);
            let (mut down, mut from) = (Vec::new(), From::Top);
            let last = loop {
                let part = part(&board, from, limit);
                down.extend(part.standings.clone());
                match part.next_after.clone() {
                    Some(cursor) => from = From::After(cursor),
                    None => break part,
                }
            };
            prop_assert_eq!(&down, &board);
            let mut up = last.standings.clone();
            let mut before = last.previous_before;
            while let Some(cursor) = before {
                let part = part(&board, From::Before(cursor), limit);
                up.splice(0..0, part.standings);
                before = part.previous_before;
            }
            prop_assert_eq!(&up, &board);
        }

        #[test]
        fn a_cursor_is_read_back_and_nothing_else_is(votes: u64, reached: u64, id in "[a-z0-9-]{1,24}", junk in ".{0,30}") {
            let line = Standing { rank: 1, tally: Tally { star_id: id.parse().expect("a slug"), vote_count: votes, reached } };
            let cursor = Cursor::at(&line);
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
            if let Ok(read) = junk.parse::<Cursor>() {
                prop_assert_eq!(read.to_string().parse(), Ok(read));
            }
        }
    }
}
