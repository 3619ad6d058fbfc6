//! The section `[rounds]` and its prizes.

use carnival_domain::award::PrizeKind;
use carnival_domain::campaign::{DrawAt, Prize, RoundSettings};
use carnival_domain::money::Fen;
use carnival_domain::policy::rules;
use carnival_domain::schedule::RoundSchedule;
use carnival_domain::time::{DAY_MS, TimeOfDay};

use super::mechanics;
use super::section::{Section, refuse_duplicates};
use super::values::{DurationMs, Image, KindWord, Slug, Whole};
use super::{Season, Stance};

/// A round that is over before a slow phone has loaded the page is none.
const SHORTEST_ROUND_MS: i64 = 10_000;

/// Three days: a weekend away, and a day to notice.
const CLAIM_WITHIN_MS: i64 = 3 * DAY_MS;
/// Nobody fills in a form in less, and nobody remembers a prize for longer.
const SHORTEST_CLAIM_MS: i64 = 60_000;
const LONGEST_CLAIM_MS: i64 = 60 * DAY_MS;

pub(super) fn read(section: &Section, season: Option<&Season>, stance: &Stance) -> Option<RoundSettings> {
    let first_at = section.take::<TimeOfDay>("first_at");
    let length = section.take::<DurationMs>("length");
    let gap = section.take::<DurationMs>("gap");
    let per_day = section.take::<Whole<1, 8640>>("per_day");
    let on_days = on_days(section, season);
    let target = section.take::<Whole<1, 10_000_000>>("target");
    let participation = mechanics::participation(section, stance);
    let draw_at = section.maybe("draw_at").unwrap_or(DrawAt::Bell);
    let reserve_count = section.take::<Whole<0, 1000>>("reserve_count");
    let claim_within_ms = claim_within(section).unwrap_or(CLAIM_WITHIN_MS);
    let prizes = prizes(section, claim_within_ms);
    section.finish();

    if length.as_ref().is_some_and(|length| length.0 < SHORTEST_ROUND_MS) {
        section.wrong("length", "at least \"10s\"");
    }
    if let (Some(first_at), Some(length), Some(gap), Some(per_day)) = (&first_at, &length, &gap, &per_day) {
        let each = (length.0 + gap.0).max(1);
        if first_at.0 + i64::from(per_day.0) * each > DAY_MS {
            let fitting = (DAY_MS - first_at.0) / each;
            let expected = format!("at most {fitting}: so many rounds with their gaps fit into the 24 hours of a day");
            section.wrong("per_day", &expected);
        }
    }
    Some(RoundSettings {
        schedule: RoundSchedule {
            starts_at: season?.starts_at,
            first_at_ms: first_at?.0,
            length_ms: length?.0,
            gap_ms: gap?.0,
            per_day: per_day?.0,
            on_days: on_days?,
        },
        target: target?.0,
        participation: participation?,
        draw_at,
        reserve_count: reserve_count?.0,
        prizes: prizes?,
    })
}

/// Every day, unless the file names them.
fn on_days(section: &Section, season: Option<&Season>) -> Option<Vec<u32>> {
    let named = section.maybe::<Vec<u32>>("on_days");
    let last = season?.days;
    if named.as_ref().and_then(|days| days.last()).is_some_and(|day| *day > last) {
        section.wrong("on_days", &format!("days of the campaign, which has {last}"));
    }
    Some(named.unwrap_or_else(|| (1..=last).collect()))
}

fn prizes(section: &Section, claim_within_ms: i64) -> Option<Vec<Prize>> {
    let sections = section.sections("prizes");
    if sections.is_empty() {
        section.absent("there must be at least one [[rounds.prizes]] section");
    }
    let prizes: Vec<_> = sections.iter().map(|section| prize(section, claim_within_ms)).collect();
    let ids: Vec<_> = sections.iter().map(|section| section.peek("id")).collect();
    refuse_duplicates(&sections, &ids);
    prizes.into_iter().collect()
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
