//! Mechanics that make something depend on sharing: each is played where the policy is open and the file names it, and else
//! refused with its reason.

use carnival_domain::campaign::{Participation, PolicyProfile};
use carnival_domain::friends::VotesByFriends;
use carnival_domain::policy::rules::{self, Rule};

use super::Stance;
use super::section::Section;
use super::values::Whole;

const FORBIDDEN: &str = "which policy = \"strict\" forbids";

/// `participation`. What depends on sharing is played where it may be.
pub(super) fn participation(section: &Section, stance: &Stance) -> Option<Participation> {
    let rule = match section.peek("participation") {
        Some("join_and_share") => &rules::JOIN_AND_SHARE,
        Some("join_and_visit") => &rules::JOIN_AND_VISIT,
        _ => return section.take("participation"),
    };
    if may_play(section, "participation", "\"join\"", rule, stance) { section.take("participation") } else { None }
}

/// `canvassing_counter`: whether votes are counted for whose link brought them.
pub(super) fn canvassing_counter(section: &Section, stance: &Stance) -> bool {
    const KEY: &str = "canvassing_counter";
    section.maybe::<bool>(KEY) == Some(true) && may_play(section, KEY, "false", &rules::CANVASSING_COUNTER, stance)
}

/// Where the policy is open and the file says by name that its operator knows; else this is noted.
fn may_play(section: &Section, key: &'static str, played: &str, rule: &'static Rule, stance: &Stance) -> bool {
    let also = match stance.profile {
        PolicyProfile::Strict => FORBIDDEN.to_owned(),
        PolicyProfile::Open if stance.acknowledged.iter().any(|known| known == rule.name) => return true,
        PolicyProfile::Open => format!("which needs acknowledge = [\"{}\"] in [campaign]", rule.name),
    };
    section.against(key, played, &also, rule);
    false
}

/// `votes_per_friend`, and with it `votes_by_friends_per_day`: what friends earn, if anything.
pub(super) fn votes_by_friends(section: &Section, stance: &Stance) -> Option<VotesByFriends> {
    const KEY: &str = "votes_per_friend";
    const CAP: &str = "votes_by_friends_per_day";
    let each = section.maybe::<Whole<0, 100>>(KEY).map_or(0, |votes| votes.0);
    let cap = section.maybe::<Whole<1, 1000>>(CAP).map(|votes| votes.0);
    if each == 0 {
        if cap.is_some() {
            section.refuse(CAP, "there is nothing to limit: votes_per_friend is 0 or left out");
        }
        return None;
    }
    if !may_play(section, KEY, "0", &rules::VOTES_PER_FRIEND, stance) {
        return None;
    }
    if cap.is_some_and(|cap| cap < each) {
        section.wrong(CAP, &format!("at least votes_per_friend, which is {each}"));
    }
    // What is wrong with it is noted where it is read for itself.
    let own = section.maybe::<Whole<1, 1000>>("votes_per_day").map_or(1, |votes| votes.0);
    Some(VotesByFriends { votes_per_friend: each, per_day: cap.unwrap_or(own.max(each)) })
}
