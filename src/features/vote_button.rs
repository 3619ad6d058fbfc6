//! Casting a vote.

use std::sync::Arc;

use crate::state::State;
use crate::state::leaderboard::{Row, VoteState};
use crate::text::fill;
use crate::ui::{El, el, icon};

/// The button of one star; `is_big` on the star's own page. The vote is on the board in the frame of the tap; the
/// back end's word comes later.
pub(crate) fn vote_button(state: State, row: &Row, is_big: bool) -> El {
    let text = state.text();
    let now = row.now;
    let vote = move || now.get().vote;
    let label = move || match vote() {
        VoteState::Ready if is_big => text.vote_big(),
        VoteState::Ready => text.vote(),
        VoteState::Voted => text.voted(),
        VoteState::Spent => text.vote_spent(),
        VoteState::Closed => text.vote_closed(),
        VoteState::Over => text.vote_over(),
    };
    let said = fill(text.vote_for(), &[&state.local(&row.star.name)]);
    let star = Arc::clone(&row.star);
    el("button", if is_big { "button button--wide star-page__vote" } else { "vote" })
        .attr("type", "button")
        .attr_with("data-state", move || Some(vote().as_str()))
        // The big one stands under the name, and its own words are its name.
        .attr_with("aria-label", move || (vote() == VoteState::Ready && !is_big).then(|| said.clone()))
        .attr_with("aria-disabled", move || (vote() != VoteState::Ready).then_some("true"))
        .on_click(move || state.cast_vote(&star.id))
        .child_with(move || (vote() == VoteState::Voted).then(|| icon("check")))
        .text_with(label)
        .child_with(move || {
            now.get().just_cast.then(|| el("span", "vote__plus").attr("aria-hidden", "true").text("+1"))
        })
}
