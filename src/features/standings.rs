//! The leaderboard's rows, gliding to their places.

use super::star_row;
use crate::browser::glide;
use crate::state::State;
use crate::ui::{El, effect, el};

/// Of a row that has no place.
const NOWHERE: u32 = u32::MAX;

/// The stars, best first: at most so many, and after them what is to come.
pub(crate) fn standings(state: State, most: usize, to_come: impl Fn() -> Vec<El> + Clone + 'static) -> impl Fn() -> El {
    move || {
        // Rows are made once for the stars there are; a new order moves them and makes none.
        let rows: Vec<_> = state.leaderboard.rows().iter().map(|row| star_row(state, row, false)).collect();
        let list = el("ol", "card leaderboard").testid("leaderboard");
        let arranged = list.clone();
        let mut stood: Vec<u32> = Vec::new();
        effect(move || {
            let order = state.leaderboard.order();
            let stand: Vec<u32> = order.iter().copied().filter(|row| (*row as usize) < rows.len()).take(most).collect();
            let seen = glide::seen(&arranged);
            let moves = moves(&stood, &stand, rows.len());
            let at = |row: u32| rows.get(row as usize);
            arranged.arrange(moves.iter().filter_map(|(row, behind)| Some((at(*row)?, behind.and_then(at)))));
            let places = places(&stand, rows.len());
            let place_of = |row: u32| places.get(row as usize).copied().filter(|place| *place != NOWHERE);
            for gone in stood.iter().filter(|row| place_of(**row).is_none()).filter_map(|row| at(*row)) {
                gone.detach();
            }
            if let Some((from, to)) = seen {
                let in_sight = (0..).zip(&stood).skip(from).take(to - from);
                let moved = in_sight.filter_map(|(was, row)| {
                    let by = was - place_of(*row)? as i32;
                    (by != 0).then(|| Some((at(*row)?.clone(), by))).flatten()
                });
                glide::glide(moved.collect());
            }
            stood = stand;
        });
        list.child_with(to_come.clone())
    }
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
