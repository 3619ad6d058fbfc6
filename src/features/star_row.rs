//! One star on the leaderboard.

use super::vote_button;
use crate::routes::Route;
use crate::state::State;
use crate::state::leaderboard::Row;
use crate::text::{fill, grouped, plain};
use crate::ui::{El, el, together};

/// So many places have a medal.
const MEDALS: u32 = 3;

/// Rank, portrait, votes, movement, vote button. What stays is written once; what changes hangs on one signal. The
/// participant's own star stands a second time, pinned above the others.
pub(crate) fn star_row(state: State, row: &Row, is_pinned: bool) -> El {
    let now = row.now;
    together(move || now.listen(), || built(state, row, is_pinned))
}

fn built(state: State, row: &Row, is_pinned: bool) -> El {
    let now = row.now;
    let rank = move || plain(now.get().rank);
    let votes = el("span", "star-row__votes").text_with(move || grouped(now.get().votes));
    let button = vote_button(state, row, false);
    // Tests mean the row among the others.
    let (votes, button) = if is_pinned {
        (votes, button)
    } else {
        (votes.testid("star-votes"), button.testid("vote").attr("data-tap", &["vote-", row.star.id.as_str()].concat()))
    };
    let image = el("img", "avatar").attr("src", &row.star.portrait).attr("alt", "");
    let words = el("span", "star-row__text")
        .child(el("span", "star-row__name").text(&state.local(&row.star.name)))
        .child(el("span", "star-row__epithet").text(&state.local(&row.star.epithet)));
    let who = el("a", "star-row__who")
        .attr("href", &Route::Star(row.star.id.clone()).path())
        .child(image.attr("width", "44").attr("height", "44"))
        .child(words);
    let line = el("li", "star-row")
        .child(
            el("span", "star-row__rank")
                .attr_with("data-rank", move || (now.get().rank <= MEDALS).then(rank))
                .text_with(rank),
        )
        .child(who)
        .child(el("span", "star-row__score").child(votes).child(movement(state, row)))
        .child(button);
    if is_pinned { line.attr("data-mine", "") } else { line.testid("star-row") }
}

/// By how many places the star went up or down since the last look.
fn movement(state: State, row: &Row) -> El {
    let text = state.text();
    let now = row.now;
    let moved = move || now.get().moved;
    let places = move || plain(moved().unsigned_abs());
    let direction = move || match moved() {
        0 => "none",
        1.. => "up",
        _ => "down",
    };
    let shown = move || match moved() {
        0 => String::new(),
        1.. => ["▲ ", &places()].concat(),
        _ => ["▼ ", &places()].concat(),
    };
    let said = move || {
        let template = if moved() > 0 { text.up() } else { text.down() };
        (moved() != 0).then(|| fill(template, &[&places()]))
    };
    el("span", "star-row__move")
        .attr_with("data-move", move || Some(direction()))
        .attr_with("aria-label", said)
        .text_with(shown)
}
