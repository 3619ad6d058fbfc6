//! The leaderboard's rows, gliding to their places.

use carnival_domain::number::plain;
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::{Owner, on_cleanup, untrack};

use super::star_row;
use crate::browser::{glide, timer, turns};
use crate::state::State;
use crate::state::leaderboard::Row;
use crate::ui::{El, effect, el};

/// Of a row that has no place.
const NOWHERE: u32 = u32::MAX;
/// A board of so many rows is laid out only where it is in sight; to find out what is takes a layout of its own.
const LONG: usize = 30;
/// So many rows are made in one turn: some twenty milliseconds of a cheap phone.
const ROWS_A_TURN: usize = 8;

/// The stars, best first: at most so many, and after them what is to come.
pub(crate) fn standings(state: State, most: usize, to_come: impl Fn() -> Vec<El> + Clone + 'static) -> impl Fn() -> El {
    move || {
        let rows = Rows::of(state);
        let count = rows.stars.len().min(most);
        make_in_turns(state, count);
        let list = el("ol", "card leaderboard").testid("leaderboard");
        let arranged = list.clone();
        let mut stood: Vec<u32> = Vec::new();
        effect(move || {
            let order = state.leaderboard.order();
            let ranked = order.iter().copied().filter(|row| (*row as usize) < rows.stars.len());
            let stand: Vec<u32> = ranked.take(state.leaderboard.made().min(count)).collect();
            // Rows that come below the others move none of them.
            let seen = if stand.starts_with(&stood) { None } else { glide::seen(&arranged) };
            let at = |row: u32| rows.made(row);
            let moves = moves(&stood, &stand, rows.stars.len());
            let moved: Vec<_> =
                moves.iter().filter_map(|(row, behind)| Some((at(*row)?, behind.and_then(at)))).collect();
            arranged.arrange(&moved);
            let places = places(&stand, rows.stars.len());
            let place_of = |row: u32| places.get(row as usize).copied().filter(|place| *place != NOWHERE);
            for gone in stood.iter().filter(|row| place_of(**row).is_none()).filter_map(|row| at(*row)) {
                gone.detach();
            }
            if let Some((from, to)) = seen {
                let in_sight = (0..).zip(&stood).skip(from).take(to - from);
                let moved = in_sight.filter_map(|(was, row)| {
                    let by = was - place_of(*row)? as i32;
                    (by != 0).then(|| Some((at(*row)?, by))).flatten()
                });
                glide::glide(moved.collect());
            }
            stood = stand;
        });
        let to_come = to_come.clone();
        // What is not there yet has its height: nothing below it moves.
        let all = move || plain((count + state.leaderboard.reveals_at().len()) as u64);
        list.var_with("min-height", move || ["calc(var(--row) * ", &all(), ")"].concat())
            .child_with(move || if state.leaderboard.made() < count { Vec::new() } else { to_come() })
    }
}

/// Rows, each made once for its star: a new order moves them and makes none.
struct Rows {
    state: State,
    stars: Arc<Vec<Row>>,
    made: RefCell<Vec<Option<El>>>,
    /// What they hang on, however often they are arranged anew.
    owner: Option<Owner>,
}

impl Rows {
    fn of(state: State) -> Self {
        let stars = state.leaderboard.rows();
        let made = RefCell::new(vec![None; stars.len()]);
        Self { state, stars, made, owner: Owner::current() }
    }

    fn made(&self, row: u32) -> Option<El> {
        let star = self.stars.get(row as usize)?;
        let owner = self.owner.as_ref()?;
        let mut made = self.made.borrow_mut();
        let place = made.get_mut(row as usize)?;
        let make = || owner.with(|| untrack(|| star_row(self.state, star, false)));
        let lies_open = self.stars.len() < LONG;
        Some(
            place
                .get_or_insert_with(|| if lies_open { make().style("content-visibility", "visible") } else { make() })
                .clone(),
        )
    }
}

/// Says how many are to be made: those that may be in sight as the page is drawn, and the others in turns after that.
fn make_in_turns(state: State, count: usize) {
    let in_sight = glide::rows_in_sight().min(count);
    state.leaderboard.make(0);
    let mut turn = 0;
    while turn < in_sight {
        turn = in_sight.min(turn + ROWS_A_TURN / 2);
        turns::piece(move || state.leaderboard.make(turn));
    }
    let is_gone = Arc::new(AtomicBool::new(false));
    let watched = Arc::clone(&is_gone);
    on_cleanup(move || is_gone.store(true, Ordering::Relaxed));
    turns::piece(move || make_others(state, count, watched));
}

fn make_others(state: State, count: usize, is_gone: Arc<AtomicBool>) {
    timer::after(0, move || {
        let made = state.leaderboard.made_untracked();
        if !is_gone.load(Ordering::Relaxed) && made < count {
            state.leaderboard.make(made + ROWS_A_TURN);
            make_others(state, count, is_gone);
        }
    });
}

/// The place of each row, from 0.
fn places(stand: &[u32], count: usize) -> Vec<u32> {
    let mut places = vec![NOWHERE; count];
    for (place, row) in (0..).zip(stand) {
        places[*row as usize] = place;
    }
    places
}

/// Which rows have to move so that those that stood in one order stand in another, and each behind which: few, when most
/// move up or stay, as rows do whose votes grow. Nothing of the page is asked for it.
fn moves(stood: &[u32], stand: &[u32], count: usize) -> Vec<(u32, Option<u32>)> {
    let (mut above, mut below) = (vec![NOWHERE; count], vec![NOWHERE; count]);
    for (upper, lower) in stood.iter().zip(stood.iter().skip(1)) {
        below[*upper as usize] = *lower;
        above[*lower as usize] = *upper;
    }
    let mut cursor = stood.first().copied().unwrap_or(NOWHERE);
    let mut moves = Vec::new();
    let mut behind = None;
    for row in stand.iter().copied() {
        let (upper, lower) = (above[row as usize], below[row as usize]);
        if cursor == row {
            cursor = lower;
        } else {
            // It leaves its place, and its neighbours meet.
            if let Some(below) = below.get_mut(upper as usize) {
                *below = lower;
            }
            if let Some(above) = above.get_mut(lower as usize) {
                *above = upper;
            }
            moves.push((row, behind));
        }
        behind = Some(row);
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(stood: &[u32], stand: &[u32]) -> (Vec<u32>, usize) {
        let moves = moves(stood, stand, 10);
        let mut rows = stood.to_vec();
        for (row, behind) in &moves {
            rows.retain(|other| other != row);
            let place = behind.map_or(0, |behind| rows.iter().position(|row| *row == behind).expect("it stands") + 1);
            rows.insert(place, *row);
        }
        rows.retain(|row| stand.contains(row));
        (rows, moves.len())
    }

    #[test]
    fn rows_come_to_stand_as_they_should() {
        for stand in [&[0, 1, 2, 3, 4][..], &[4, 3, 2, 1, 0], &[2, 0, 4], &[], &[7, 0, 9, 1, 2, 3, 4], &[1, 2, 3, 4, 0]]
        {
            assert_eq!(moved(&[0, 1, 2, 3, 4], stand).0, stand);
            assert_eq!(moved(&[], stand).0, stand);
        }
    }

    #[test]
    fn rows_that_stay_are_not_touched() {
        assert_eq!(moved(&[0, 1, 2, 3, 4], &[0, 1, 2, 3, 4]).1, 0);
        assert_eq!(moved(&[0, 1, 2, 3, 4], &[0, 4, 1, 2, 3]).1, 1);
        assert_eq!(moved(&[0, 1, 2, 3, 4], &[3, 0, 4, 1, 2]).1, 2);
    }
}
