//! Prizes, of whichever draw: `[[rounds.prizes]]` and `[[fans_draw.prizes]]`.

use carnival_domain::award::PrizeKind;
use carnival_domain::campaign::Prize;
use carnival_domain::money::Fen;
use carnival_domain::policy::rules;
use carnival_domain::time::DAY_MS;

use super::section::{Section, refuse_duplicates};
use super::values::{DurationMs, Image, KindWord, Slug, Whole};

/// Three days: a weekend away, and a day to notice.
const CLAIM_WITHIN_MS: i64 = 3 * DAY_MS;
/// Nobody fills in a form in less, and nobody remembers a prize for longer.
const SHORTEST_CLAIM_MS: i64 = 60_000;
const LONGEST_CLAIM_MS: i64 = 60 * DAY_MS;

/// The prizes of a section, and how long winners have to claim them. None may have an id of `others`, those of other draws.
pub(super) fn read(section: &Section, others: &[&str]) -> Option<Vec<Prize>> {
    let claim_within_ms = claim_within(section).unwrap_or(CLAIM_WITHIN_MS);
    let sections = section.sections("prizes");
    if sections.is_empty() {
        section.absent(&format!("there must be at least one [[{}]] section", section.name("prizes")));
    }
    let prizes: Vec<_> = sections.iter().map(|section| prize(section, claim_within_ms)).collect();
    let ids: Vec<_> = sections.iter().map(|section| section.peek("id")).collect();
    refuse_duplicates(&sections, &ids);
    for section in sections.iter().filter(|section| section.peek("id").is_some_and(|id| others.contains(&id))) {
        section.wrong("id", "an id of its own: a prize of another draw has this one");
    }
    prizes.into_iter().collect()
}

/// The ids of a section's prizes, for looks across sections.
pub(super) fn ids<'t>(section: &Section<'t>) -> Vec<&'t str> {
    section.sections("prizes").iter().filter_map(|section| section.peek("id")).collect()
}

/// How long the winner of a thing has to say where it goes.
fn claim_within(section: &Section) -> Option<i64> {
    let span = section.maybe::<DurationMs>("claim_within")?.0;
    if !(SHORTEST_CLAIM_MS..=LONGEST_CLAIM_MS).contains(&span) {
        section.wrong("claim_within", "a duration from \"60s\" to \"60d\"");
    }
    Some(span)
}

/// A thing, unless the file says that it is a coupon.
fn kind(section: &Section, claim_within_ms: i64) -> Option<PrizeKind> {
    let claim_within = claim_within(section);
    let valid_for = section.maybe::<DurationMs>("valid_for");
    if valid_for.as_ref().is_some_and(|span| span.0 == 0) {
        section.wrong("valid_for", "more than nothing");
    }
    match section.maybe::<KindWord>("kind").unwrap_or(KindWord::Thing) {
        KindWord::Thing => {
            if valid_for.is_some() {
                section.wrong("valid_for", "nothing, or kind = \"coupon\": things do not expire");
            }
            Some(PrizeKind::Thing { claim_within_ms: claim_within.unwrap_or(claim_within_ms) })
        }
        KindWord::Coupon => {
            if claim_within.is_some() {
                section.wrong("claim_within", "nothing, or kind = \"thing\": a coupon is given with the result");
            }
            section.take::<DurationMs>("valid_for").map(|span| PrizeKind::Coupon { valid_for_ms: span.0 })
        }
    }
}

fn prize(section: &Section, claim_within_ms: i64) -> Option<Prize> {
    let id = section.take::<Slug<_>>("id");
    let title = section.take("title");
    let count = section.take::<Whole<1, 10_000>>("count");
    let value = section.take::<Fen>("value");
    let image = section.take::<Image>("image");
    let kind = kind(section, claim_within_ms);
    section.finish();
    if value.is_some_and(|value| value > rules::TOP_PRIZE) {
        let most = format!("at most \"{}.00\"", rules::TOP_PRIZE);
        section.against("value", &most, "which is more than the law allows", &rules::PRIZE_ABOVE_LIMIT);
    }
    Some(Prize { id: id?.0, title: title?, count: count?.0, value_fen: value?, image: image?.0, kind: kind? })
}
