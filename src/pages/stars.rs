//! `/stars`: the leaderboard.

use carnival_contract::requests::Board;
use leptos::prelude::on_cleanup;

use super::{Page, guided, plain_page};
use crate::browser::turns;
use crate::features::{countdown_to, friends_rule, pk_bar, standings, star_row, votes_by_friends};
use crate::later::{later, refusal};
use crate::state::State;
use crate::text::{date_of, fill, plain};
use crate::ui::{El, Section, el, section};

/// As many pips as stand beside the words on a screen of 320 px.
const MOST_PIPS: u32 = 6;

pub(super) fn page(state: State) -> Page {
    let text = state.text();
    // Other pages show the overall board.
    state.leaderboard.glance();
    on_cleanup(move || {
        state.show_board(Board::Overall);
        state.leaderboard.glance();
    });
    let pinned = move || {
        let row = state.leaderboard.pinned()?;
        Some(el("div", "leaderboard__pinned").child(el("ul", "").child(star_row(state, &row, true))))
    };
    let list = vec![
        bar(state),
        el("div", "").child(votes_by_friends(state)),
        el("div", "").child_with(pinned),
        el("div", "").child_with(standings(state, usize::MAX, move || hidden_stars(state))),
        vote_note(state, "hint leaderboard__note"),
    ];
    let body = vec![
        el("div", "section").child_in_turn(move || pk_bar(state)),
        section(&Section { title: text.leaderboard(), ..Section::default() }, list),
        el("div", "section")
            .child_with(move || later(state.rest.later().arrival()).and_then(|ways| (ways.fans)(state))),
    ];
    plain_page(state, text.stars_title(), None, next_reveal(state), guided(state, body))
}

/// What to know before voting, or why the last vote was refused.
pub(super) fn vote_note(state: State, class: &str) -> El {
    let voting = state.session.campaign().voting;
    let counts = [plain(voting.votes_per_day), plain(voting.per_star_per_day)];
    let mut rule = fill(state.text().votes_rule(), &[&counts[0], &counts[1]]);
    rule.extend(friends_rule(state));
    let refused = move || state.leaderboard.refused();
    el("p", class)
        .attr("role", "status")
        .attr_with("data-tone", move || refused().map(|_| "refused"))
        .text_with(move || refused().map_or_else(|| rule.clone(), |problem| refusal(state, &problem)))
}

fn next_reveal(state: State) -> Vec<El> {
    let text = state.text();
    let next = move || state.leaderboard.reveals_at().first().copied();
    let words = move || if next().is_some() { text.next_reveal() } else { text.all_revealed() };
    vec![el("span", "").text_with(words), el("span", "").child_with(move || next().map(|at| countdown_to(state, at)))]
}

/// Which board, and how many votes are left.
fn bar(state: State) -> El {
    let bar = el("div", "leaderboard__bar");
    let place = bar.clone();
    turns::piece(move || drop(place.child(parts_of_bar(state))));
    bar
}

fn parts_of_bar(state: State) -> Vec<El> {
    let text = state.text();
    let option = |board: Board, words: &str| {
        let is_shown = move || Some(if state.leaderboard.board() == board { "true" } else { "false" });
        el("button", "choice__option")
            .attr("type", "button")
            .attr_with("aria-pressed", is_shown)
            .on_click(move || state.show_board(board))
            .text(words)
    };
    let choice = el("div", "choice")
        .attr("role", "group")
        .attr("aria-label", text.boards_label())
        .child(option(Board::Overall, text.board_overall()))
        .child(option(Board::Day, text.board_day()));
    let left = move || state.leaderboard.votes_left();
    let pips = move || {
        let pip = |pip: u32| {
            let mark = el("span", "quota__pip");
            if pip < left() { mark.attr("data-left", "") } else { mark }
        };
        let earned = state.session.me(|me| me.votes.earned_on(state.session.today()));
        let all = state.session.campaign().voting.votes_per_day + earned;
        // Where they find no room the number alone says it.
        (0..if all > MOST_PIPS { 0 } else { all }).map(pip).collect::<Vec<_>>()
    };
    let is_over = move || state.leaderboard.is_over();
    let words =
        move || if is_over() { text.board_final().to_owned() } else { fill(text.votes_left(), &[&plain(left())]) };
    let quota = el("p", "quota")
        .testid("quota")
        .text_with(words)
        .child_with(move || if is_over() { Vec::new() } else { pips() });
    vec![choice, quota]
}

/// Who is to come: a silhouette and a day, since who it is is nobody's to know.
fn hidden_stars(state: State) -> Vec<El> {
    let text = state.text();
    let zone = state.session.campaign().utc_offset;
    let hidden = |at| {
        let image = el("img", "avatar").attr("src", "/art/stars/hidden.svg").attr("alt", "");
        let words = el("span", "star-row__text")
            .child(el("span", "star-row__name").text(text.mystery()))
            .child(el("span", "star-row__epithet").text(text.mystery_text()));
        el("li", "star-row")
            .child(el("span", "star-row__rank").attr("aria-hidden", "true").text("?"))
            .child(el("span", "star-row__who").child(image).child(words))
            .child(el("span", "star-row__reveal").text(&fill(text.reveals(), &[&date_of(text, at, zone)])))
    };
    state.leaderboard.reveals_at().into_iter().map(hidden).collect()
}
