//! The section `[rounds]`.

use carnival_domain::campaign::{DrawAt, RoundSettings};
use carnival_domain::schedule::RoundSchedule;
use carnival_domain::time::{DAY_MS, TimeOfDay};

use super::section::Section;
use super::values::{DurationMs, Whole};
use super::{Season, Stance, mechanics, prizes};

/// A round that is over before a slow phone has loaded the page is none.
const SHORTEST_ROUND_MS: i64 = 10_000;

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
    let prizes = prizes::read(section, &[]);
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
