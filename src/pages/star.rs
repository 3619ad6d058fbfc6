//! `/stars/{star}`: one star, where a friend's link lands.

use super::stars::vote_note;
use super::{Page, plain_page};
use crate::features::{ShareLook, fan_place, more_by_friends, poster_button, share_button, vote_button};
use crate::state::State;
use crate::state::leaderboard::Row;
use crate::text::{fill, grouped};
use crate::ui::{El, el};
use carnival_domain::ids::StarId;

pub(super) fn page(state: State, star: &StarId) -> Page {
    let text = state.text();
    let back = Some(("/stars", text.back()));
    let Some(row) = state.leaderboard.row(star) else {
        let card = el("div", "card missing")
            .child(el("p", "round-card__title").text(text.star_missing()))
            .child(el("p", "hint").text(text.star_missing_text()))
            .child(el("a", "button").attr("href", "/stars").text(text.to_stars()));
        return plain_page(state, text.star_title(), back, Vec::new(), vec![card]);
    };
    state.leaderboard.glance();
    state.need_fans();
    let now = row.now;
    let fact = move || {
        let place = fill(text.star_fact(), &[&now.get().rank.to_string()]);
        let left = fill(text.votes_left(), &[&state.leaderboard.votes_left().to_string()]);
        [&place, " · ", &left, &more_by_friends(state)].concat()
    };
    let fact = el("span", "").text_with(fact);
    let id = star.clone();
    let place = el("div", "section").child_with(move || fan_place(state, &id));
    let mut page = plain_page(state, text.star_title(), back, vec![fact], vec![card(state, &row), place]);
    page.title = state.local(&row.star.name);
    page
}

fn card(state: State, row: &Row) -> El {
    let text = state.text();
    let now = row.now;
    let name = state.local(&row.star.name);
    let color = row.star.color.clone();
    let fact = |number: El, words: &str| el("p", "star-page__fact").child(number).text(words);
    let facts = el("div", "star-page__facts")
        .child(fact(el("strong", "").text_with(move || now.get().rank.to_string()), text.place()))
        .child(fact(el("strong", "").testid("star-votes").text_with(move || grouped(now.get().votes)), text.votes()))
        .child(gap(state, row));
    el("div", "card star-page")
        .var_with("--star-a", move || color.clone())
        .child(el("img", "avatar").attr("src", &row.star.portrait).attr("alt", &name))
        .child(el("h2", "star-page__name").text(&name))
        .child(el("p", "star-page__epithet").text(&state.local(&row.star.epithet)))
        .child(facts)
        .child(vote_button(state, row, true).testid("vote"))
        .child(share_button(state, ShareLook::Star))
        .child(poster_button(state, "button button--quiet button--wide"))
        .child(vote_note(state, "hint"))
}

/// By how much the star leads, or how much it lacks to the next place.
fn gap(state: State, row: &Row) -> El {
    let text = state.text();
    let (now, id) = (row.now, row.star.id.clone());
    let gap = move || {
        let order = state.leaderboard.order();
        let rows = state.leaderboard.rows();
        let place = order.iter().position(|index| rows.get(*index as usize).is_some_and(|row| row.star.id == id));
        let place = place.unwrap_or_default();
        let other = state.leaderboard.at_place(if place == 0 { 1 } else { place - 1 });
        (place == 0, other.map_or(0, |other| other.now.get().votes.abs_diff(now.get().votes)))
    };
    let words = gap.clone();
    el("p", "star-page__fact")
        .child(el("strong", "").text_with(move || grouped(gap().1)))
        .text_with(move || if words().0 { text.lead() } else { text.behind() })
}
