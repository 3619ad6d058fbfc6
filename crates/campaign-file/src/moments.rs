//! Moments, days and durations: absolute, or counted from the first start.

use carnival_domain::time::{DAY_MS, Day, Timestamp, UtcOffset};

/// The first day of a campaign.
#[derive(Clone, Copy)]
pub(super) enum StartsOn {
    /// A date.
    Date(Day),
    /// So many days from the first start.
    FirstStart { days: i32 },
}

impl StartsOn {
    /// The day meant.
    pub(super) fn day(self, first_start: Timestamp, utc_offset: UtcOffset) -> Day {
        match self {
            Self::Date(day) => day,
            Self::FirstStart { days } => Day(utc_offset.day_at(first_start).0 + days),
        }
    }
}

/// The longest span that makes sense here; far from where milliseconds would overflow.
const LONGEST_DAYS: i64 = 3660;

pub(super) fn duration_ms(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit_ms = match unit {
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => DAY_MS,
        _ => return None,
    };
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let ms = number.parse::<i64>().ok().filter(|_| plain)?.checked_mul(unit_ms)?;
    (ms <= LONGEST_DAYS * DAY_MS).then_some(ms)
}

pub(super) fn moment(text: &str, first_start: Timestamp) -> Option<Timestamp> {
    match text.strip_prefix("first-start") {
        None => text.parse().ok(),
        Some("") => Some(first_start),
        Some(distance) => Some(first_start.plus_ms(signed(distance, duration_ms)?)),
    }
}

pub(super) fn starts_on(text: &str) -> Option<StartsOn> {
    let whole_days = |text: &str| {
        let days = duration_ms(text).filter(|_| text.ends_with('d'))? / DAY_MS;
        Some(days)
    };
    match text.strip_prefix("first-start") {
        None => text.parse().ok().map(StartsOn::Date),
        Some("") => Some(StartsOn::FirstStart { days: 0 }),
        Some(distance) => Some(StartsOn::FirstStart { days: signed(distance, whole_days)? as i32 }),
    }
}

fn signed(text: &str, read: impl Fn(&str) -> Option<i64>) -> Option<i64> {
    match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(size), _) => read(size),
        (_, Some(size)) => read(size).map(|size| -size),
        _ => None,
    }
}
