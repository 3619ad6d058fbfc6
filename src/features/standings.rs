//! The leaderboard's rows, gliding to their places.

use super::star_row;
use crate::browser::glide;
use crate::state::State;
use crate::ui::{El, effect, el};

/// The list's id, by which the rows are found when they glide. There is one list on a page.
const LIST: &str = "standings";

/// The stars, best first: at most so many, and after them what is to come.
pub(crate) fn standings(state: State, most: usize, to_come: impl Fn() -> Vec<El> + Clone + 'static) -> impl Fn() -> El {
    move || {
        // Rows are made once for the stars there are; a new order moves them and makes none.
        let rows: Vec<_> = state.leaderboard.rows().iter().map(|row| star_row(state, row, false)).collect();
        let list = el("ol", "card leaderboard").attr("id", LIST).testid("leaderboard");
        let arranged = list.clone();
        effect(move || {
            let order = state.leaderboard.order();
            let before = glide::look(LIST);
            arranged.arrange(order.iter().take(most).filter_map(|index| rows.get(*index as usize)));
            for index in order.iter().skip(most) {
                if let Some(row) = rows.get(*index as usize) {
                    row.detach();
                }
            }
            if let Some(before) = before {
                before.glide();
            }
        });
        list.child_with(to_come.clone())
    }
}
