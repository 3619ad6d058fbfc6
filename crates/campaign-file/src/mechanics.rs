//! Mechanics that make something depend on sharing: known by name, so that they are refused with their reason.

use carnival_domain::campaign::{Participation, PolicyProfile};
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

/// Votes that are earned by friends: no policy plays them.
pub(super) fn votes_per_friend(section: &Section, stance: &Stance) {
    if section.maybe::<Whole<0, 1000>>("votes_per_friend").is_some_and(|votes| votes.0 > 0) {
        refuse(section, "votes_per_friend", "0", &rules::VOTES_PER_FRIEND, stance);
    }
}

fn refuse(section: &Section, key: &'static str, played: &str, rule: &'static Rule, stance: &Stance) {
    let name = rule.name;
    let also = match stance.profile {
        PolicyProfile::Strict => FORBIDDEN.to_owned(),
        PolicyProfile::Open if stance.acknowledged.iter().any(|known| known == name) => {
            "which is acknowledged, but this version does not play it".to_owned()
        }
        PolicyProfile::Open => {
            format!("which needs acknowledge = [\"{name}\"] in [campaign], and which this version does not play")
        }
    };
    section.against(key, played, &also, rule);
}
