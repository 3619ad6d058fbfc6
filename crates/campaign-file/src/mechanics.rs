//! Mechanics that make something depend on sharing: known by name, so that they are refused with their reason.

use carnival_domain::campaign::{Participation, PolicyProfile};
use carnival_domain::policy::rules::{self, Rule};

use super::Stance;
use super::section::Section;
use super::values::Whole;

/// `participation`, of which only the tap is played.
pub(super) fn participation(section: &Section, stance: &Stance) -> Option<Participation> {
    let rule = match section.peek("participation") {
        Some("join_and_share") => &rules::JOIN_AND_SHARE,
        Some("join_and_visit") => &rules::JOIN_AND_VISIT,
        _ => return section.take("participation"),
    };
    refuse(section, "participation", "\"join\"", rule, stance);
    None
}

/// The settings of `[voting]` that count what friends do.
pub(super) fn voting(section: &Section, stance: &Stance) {
    if section.maybe::<bool>("canvassing_counter") == Some(true) {
        refuse(section, "canvassing_counter", "false", &rules::CANVASSING_COUNTER, stance);
    }
    if section.maybe::<Whole<0, 1000>>("votes_per_friend").is_some_and(|votes| votes.0 > 0) {
        refuse(section, "votes_per_friend", "0", &rules::VOTES_PER_FRIEND, stance);
    }
}

fn refuse(section: &Section, key: &'static str, played: &str, rule: &'static Rule, stance: &Stance) {
    let name = rule.name;
    let also = match stance.profile {
        PolicyProfile::Strict => "which policy = \"strict\" forbids".to_owned(),
        PolicyProfile::Open if stance.acknowledged.iter().any(|known| known == name) => {
            "which is acknowledged, but this version does not play it".to_owned()
        }
        PolicyProfile::Open => {
            format!("which needs acknowledge = [\"{name}\"] in [campaign], and which this version does not play")
        }
    };
    section.against(key, played, &also, rule);
}
