//! Votes that friends earn, where the campaign plays that: how many today, and the rule.

use carnival_contract::replies::VotesEarned;

use crate::state::State;
use crate::text::{FriendsText, fill, plain};
use crate::ui::{El, el};

/// Beside the votes that are left: what friends earned today, nothing as well, so that no line comes in between later. No line
/// where friends earn nothing.
pub(crate) fn votes_by_friends(state: State) -> Option<El> {
    state.session.campaign().votes_by_friends?;
    let said = move || {
        let earned = today(state).unwrap_or(VotesEarned { friend_count: 0, vote_count: 0 });
        fill(words(state).today, &[&plain(earned.vote_count), &plain(earned.friend_count)])
    };
    Some(el("p", "hint leaderboard__friends").testid("by-friends").text_with(said))
}

/// The same in few words, behind how many are left; empty where there are none.
pub(crate) fn more_by_friends(state: State) -> String {
    match today(state) {
        Some(earned) if earned.vote_count > 0 => fill(words(state).more, &[&plain(earned.vote_count)]),
        _ => String::new(),
    }
}

fn today(state: State) -> Option<VotesEarned> {
    let today = state.session.today();
    state.session.me(|me| me.votes.by_friends.filter(|_| me.votes.day == Some(today)))
}

/// The rule in one sentence; none where friends earn nothing.
pub(crate) fn friends_rule(state: State) -> Option<String> {
    let campaign = state.session.campaign();
    let rule = campaign.votes_by_friends?;
    let counts = [rule.votes_per_friend, rule.per_day, campaign.voting.per_star_per_day].map(plain);
    Some(fill(words(state).rule, &[&counts[0], &counts[1], &counts[2]]))
}

/// Under the picture of a reach: a fact that is true here.
pub(crate) fn reach_fact(state: State) -> &'static str {
    match state.session.campaign().votes_by_friends {
        Some(_) => words(state).reach_fact,
        None => state.text().reach_fact(),
    }
}

fn words(state: State) -> &'static FriendsText {
    FriendsText::of(state.session.language_untracked())
}
