//! The section `[campaign]`.

use carnival_domain::campaign::PolicyProfile;
use carnival_domain::ids::CampaignId;
use carnival_domain::money::Fen;
use carnival_domain::policy::rules;
use carnival_domain::time::UtcOffset;

use super::moments::StartsOn;
use super::section::Section;
use super::suggestion::nearest;
use super::values::{CodePrefix, Cover, Names, Slug, Text, Whole, Words};
use super::{Season, Stance};

/// What `[campaign]` says, as far as it could be read.
pub(super) struct Head {
    pub(super) id: Option<CampaignId>,
    pub(super) title: Text,
    pub(super) tagline: Text,
    pub(super) organiser: Text,
    pub(super) contact: Option<String>,
    pub(super) filing_number: Option<String>,
    pub(super) share_title: Text,
    pub(super) share_text: Text,
    pub(super) cover: Option<String>,
    pub(super) code_prefix: Option<String>,
    pub(super) budget: Option<Fen>,
    pub(super) utc_offset: Option<UtcOffset>,
    pub(super) season: Option<Season>,
    pub(super) is_relative: bool,
    pub(super) stance: Stance,
}

impl Head {
    pub(super) fn read(section: &Section) -> Self {
        let starts_on = section.take::<StartsOn>("starts_on");
        let days = section.take::<Whole<1, 366>>("days").map(|days| days.0);
        let utc_offset = section.take::<UtcOffset>("utc_offset");
        let first_start = section.reader().first_start;
        let season = starts_on.zip(days).zip(utc_offset);
        let head = Self {
            id: section.take::<Slug<_>>("id").map(|id| id.0),
            title: section.take("title"),
            tagline: section.take("tagline"),
            organiser: section.take("organiser"),
            contact: section.take::<Words>("contact").map(|words| words.0),
            filing_number: section.take::<Words>("filing_number").map(|words| words.0),
            share_title: section.take("share_title"),
            share_text: section.take("share_text"),
            cover: section.take::<Cover>("cover").map(|cover| cover.0),
            code_prefix: section.maybe::<CodePrefix>("code_prefix").map(|prefix| prefix.0),
            budget: section.maybe("budget"),
            utc_offset,
            season: season.map(|((starts_on, days), utc_offset)| Season {
                starts_at: utc_offset.midnight(starts_on.day(first_start, utc_offset)),
                days,
            }),
            is_relative: matches!(starts_on, Some(StartsOn::FirstStart { .. })),
            stance: stance(section),
        };
        section.finish();
        head
    }
}

fn stance(section: &Section) -> Stance {
    let profile = section.maybe("policy").unwrap_or(PolicyProfile::Strict);
    let acknowledged = section.maybe::<Names>("acknowledge").map(|names| names.0).unwrap_or_default();
    let known = || rules::ALL.iter().filter(|rule| rule.can_be_acknowledged()).map(|rule| rule.name);
    for (index, name) in acknowledged.iter().enumerate() {
        let problem = if known().any(|known| known == name) {
            if !acknowledged[..index].contains(name) {
                continue;
            }
            "this finding is acknowledged already".to_owned()
        } else if rules::named(name).is_some() {
            "this finding can't be acknowledged; mend what it is about".to_owned()
        } else {
            match nearest(name, known()) {
                Some(meant) => format!("there is no such finding; did you mean {meant}?"),
                None => "there is no such finding; carnival check names those of this file".to_owned(),
            }
        };
        section.wrong_at("acknowledge", index, &problem);
    }
    Stance { profile, acknowledged }
}
