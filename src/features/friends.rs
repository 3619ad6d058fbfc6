//! Votes that friends earn, where the campaign plays that: how many today, and the rule.

use crate::state::State;
use crate::text::{FriendsText, fill};

/// Behind the votes that are left: how many of today's are by friends; empty where there are none.
pub(crate) fn more_by_friends(state: State) -> String {
    let today = state.session.today();
    match state.session.me(|me| me.votes.earned_on(today)) {
        0 => String::new(),
        earned => fill(words(state).more, &[&earned.to_string()]),
    }
}

/// The rule in one sentence; none where friends earn nothing.
pub(crate) fn friends_rule(state: State) -> Option<String> {
    let campaign = state.session.campaign();
    let rule = campaign.votes_by_friends?;
    let counts = [rule.votes_per_friend, rule.per_day, campaign.voting.per_star_per_day].map(|count| count.to_string());
    Some(fill(words(state).rule, &[&counts[0], &counts[1], &counts[2]]))
}

/// How many friends came today, behind the rule; empty where none did.
pub(crate) fn friends_today(state: State) -> String {
    let today = state.session.today();
    let came = state.session.me(|me| me.votes.by_friends.filter(|_| me.votes.day == Some(today)));
    match came {
        Some(earned) if earned.friend_count > 0 => fill(words(state).came, &[&earned.friend_count.to_string()]),
        _ => String::new(),
    }
}

/// Under the picture of a reach: a fact that is true here.
pub(crate) fn reach_fact(state: State) -> &'static str {
    match state.session.campaign().votes_by_friends {
        Some(_) => words(state).reach_fact,
        None => state.text().reach_fact,
    }
}

fn words(state: State) -> &'static FriendsText {
    FriendsText::of(state.session.language_untracked())
}
