//! The two at the top.

use crate::routes::Route;
use crate::state::State;
use crate::state::leaderboard::Row;
use crate::text::{fill, grouped};
use crate::ui::{El, el, ratio};

/// Who leads, by how much.
pub(crate) fn pk_bar(state: State) -> Option<El> {
    let text = state.text();
    let (first, second) = state.leaderboard.top_two()?;
    let (a, b) = (first.now, second.now);
    let (color_a, color_b) = (first.star.color.clone(), second.star.color.clone());
    let share = move || {
        let (a, b) = (a.get().votes, b.get().votes);
        ratio(a, a + b)
    };
    let leader = state.local(&first.star.name);
    let gap = move || match a.get().votes.saturating_sub(b.get().votes) {
        0 => text.pk_tied().to_owned(),
        gap => fill(text.pk_leads(), &[&leader, &grouped(gap)]),
    };
    let versus = el("span", "pk__versus").attr("aria-hidden", "true").text("PK");
    let bar = el("div", "pk__bar").attr("aria-hidden", "true").child(el("div", "pk__fill"));
    let card = el("div", "card pk")
        .var_with("--star-a", move || color_a.clone())
        .var_with("--star-b", move || color_b.clone())
        .var_with("--share", share)
        .child(el("div", "pk__sides").child(side(state, &first)).child(versus).child(side(state, &second)))
        .child(bar)
        .child(el("p", "pk__gap").text_with(gap));
    Some(el("section", "section").child(card))
}

fn side(state: State, row: &Row) -> El {
    let now = row.now;
    let words = el("span", "pk__text")
        .child(el("span", "pk__name").text(&state.local(&row.star.name)))
        .child(el("span", "pk__votes").text_with(move || grouped(now.get().votes)));
    el("a", "pk__side")
        .attr("href", &Route::Star(row.star.id.clone()).path())
        .child(el("img", "avatar").attr("src", &row.star.portrait).attr("alt", ""))
        .child(words)
}
