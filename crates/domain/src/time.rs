//! Instants and days. A few lines instead of a time library, because they travel inside the page's module;
//! the tests hold them against a full one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// An instant: milliseconds since 1970-01-01T00:00:00Z. On the wire RFC 3339 in UTC with milliseconds.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// This instant, `ms` milliseconds later.
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0 + ms)
    }

    /// Milliseconds from `earlier` to this instant; negative if it comes after.
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

/// Days since 1970-01-01 of a civil date. Howard Hinnant's `days_from_civil`:
/// <https://howardhinnant.github.io/date_algorithms.html>.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The civil date of a day since 1970-01-01; the reverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 {
        month_index + 3
    } else {
        month_index - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Writes `value` with leading zeros; `format!` with a width costs the module more than this loop.
fn push_padded(text: &mut String, value: i64, width: u32) {
    for place in (0..width).rev() {
        let digit = value / 10i64.pow(place) % 10;
        text.push(char::from(b'0' + digit as u8));
    }
}

fn push_date(text: &mut String, days: i64) {
    let (year, month, day) = civil_from_days(days);
    push_padded(text, year, 4);
    text.push('-');
    push_padded(text, month, 2);
    text.push('-');
    push_padded(text, day, 2);
}

/// Reads digits only: no sign, no spaces.
fn number(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| {
        text.bytes()
            .fold(0, |sum, b| sum * 10 + i64::from(b - b'0'))
    })
}

fn parse_date(text: &str) -> Option<i64> {
    if text.len() != 10 || text.get(4..5)? != "-" || text.get(7..8)? != "-" {
        return None;
    }
    let (year, month, day) = (
        number(&text[..4])?,
        number(&text[5..7])?,
        number(&text[8..])?,
    );
    let days = days_from_civil(year, month, day);
    // 31 June would silently become 1 July; a real date comes back as it went in.
    ((1..=12).contains(&month) && civil_from_days(days) == (year, month, day)).then_some(days)
}

/// Reads `HH:MM` or `HH:MM:SS` or `HH:MM:SS.mmm` as milliseconds since midnight.
fn parse_clock(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = whole.split(':');
    let mut next = |limit: i64| {
        let part = parts.next()?;
        number(part).filter(|value| part.len() == 2 && *value < limit)
    };
    let (hours, minutes) = (next(24)?, next(60)?);
    let seconds = if whole.len() > 5 { next(60)? } else { 0 };
    if parts.next().is_some() || fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    let millis = format!("{fraction:0<3}");
    let millis = number(&millis).and_then(|_| number(&millis[..3]))?;
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(24);
        push_date(&mut text, self.0.div_euclid(DAY_MS));
        let ms = self.0.rem_euclid(DAY_MS);
        for (mark, value, width) in [
            ('T', ms / 3_600_000, 2),
            (':', ms / 60_000 % 60, 2),
            (':', ms / 1000 % 60, 2),
            ('.', ms % 1000, 3),
        ] {
            text.push(mark);
            push_padded(&mut text, value, width);
        }
        text.push('Z');
        f.write_str(&text)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is not an instant, a day, an offset or a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedTime;

impl fmt::Display for MalformedTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("malformed time")
    }
}

impl std::error::Error for MalformedTime {}

impl FromStr for Timestamp {
    type Err = MalformedTime;

    /// Reads RFC 3339 with `Z` or an offset; fractions beyond milliseconds are cut off.
    fn from_str(text: &str) -> Result<Self, MalformedTime> {
        let parse = || {
            let date = parse_date(text.get(..10)?)?;
            let rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
            let (clock, offset) = match rest.strip_suffix(['Z', 'z']) {
                Some(clock) => (clock, UtcOffset::UTC),
                None => {
                    let (clock, offset) = rest.split_at_checked(rest.len().checked_sub(6)?)?;
                    (clock, offset.parse().ok()?)
                }
            };
            (clock.len() >= 8).then_some(())?;
            let local = date * DAY_MS + parse_clock(clock)?;
            Some(Self(local - i64::from(offset.0) * 60_000))
        };
        parse().ok_or(MalformedTime)
    }
}

impl TryFrom<String> for Timestamp {
    type Error = MalformedTime;

    fn try_from(text: String) -> Result<Self, MalformedTime> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(at: Timestamp) -> Self {
        at.to_string()
    }
}

/// A campaign's fixed distance from UTC, in minutes; China is +08:00 all year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UtcOffset(pub i32);

impl UtcOffset {
    /// UTC itself.
    pub const UTC: Self = Self(0);

    /// The day that is running at `at` in this offset.
    pub const fn day_at(self, at: Timestamp) -> Day {
        Day((at.0 + self.0 as i64 * 60_000).div_euclid(DAY_MS) as i32)
    }

    /// The instant at which `day` begins in this offset.
    pub const fn midnight(self, day: Day) -> Timestamp {
        Timestamp(day.0 as i64 * DAY_MS - self.0 as i64 * 60_000)
    }
}

impl FromStr for UtcOffset {
    type Err = MalformedTime;

    fn from_str(text: &str) -> Result<Self, MalformedTime> {
        let parse = || {
            let sign = match text.get(..1)? {
                "+" => 1,
                "-" => -1,
                _ => return None,
            };
            let minutes = parse_clock(text.get(1..).filter(|clock| clock.len() == 5)?)? / 60_000;
            Some(Self(sign * minutes as i32))
        };
        parse().ok_or(MalformedTime)
    }
}

/// A calendar day in the campaign's zone, as days since 1970-01-01. On the wire `2026-06-18`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(pub i32);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(10);
        push_date(&mut text, i64::from(self.0));
        f.write_str(&text)
    }
}

impl FromStr for Day {
    type Err = MalformedTime;

    fn from_str(text: &str) -> Result<Self, MalformedTime> {
        parse_date(text)
            .map(|days| Self(days as i32))
            .ok_or(MalformedTime)
    }
}

impl TryFrom<String> for Day {
    type Error = MalformedTime;

    fn try_from(text: String) -> Result<Self, MalformedTime> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// A time of day, in milliseconds since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(pub i64);

impl FromStr for TimeOfDay {
    type Err = MalformedTime;

    fn from_str(text: &str) -> Result<Self, MalformedTime> {
        parse_clock(text).map(Self).ok_or(MalformedTime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_instant_is_written_in_utc_with_milliseconds() {
        let at: Timestamp = "2026-06-18T20:00:00+08:00".parse().expect("RFC 3339");
        assert_eq!(at.to_string(), "2026-06-18T12:00:00.000Z");
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for bad in [
            "",
            "2026-06-18",
            "2026-06-31T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-06-18T24:00:00Z",
            "2026-06-18T20:00:00",
            "2026-06-18T20:00Z",
            "2026-06-18T20:00:00+8:00",
            "星期四，二十点整零分零秒",
            "2026-06-18T20:00:00.Z",
            "+026-06-18T20:00:00Z",
        ] {
            assert_eq!(bad.parse::<Timestamp>(), Err(MalformedTime), "{bad}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_its_zone() {
        let china: UtcOffset = "+08:00".parse().expect("an offset");
        let day: Day = "2026-06-18".parse().expect("a date");
        let midnight = china.midnight(day);
        assert_eq!(midnight.to_string(), "2026-06-17T16:00:00.000Z");
        assert_eq!(china.day_at(midnight), day);
        assert_eq!(china.day_at(midnight.plus_ms(-1)).to_string(), "2026-06-17");
    }

    proptest! {
        #[test]
        fn instants_agree_with_a_full_time_library(ms in -62_000_000_000_000i64..253_000_000_000_000) {
            let ours = Timestamp::from_ms(ms);
            let theirs = jiff::Timestamp::from_millisecond(ms).expect("in range");
            prop_assert_eq!(ours.to_string(), format!("{theirs:.3}"));
            prop_assert_eq!(ours.to_string().parse(), Ok(ours));
        }

        #[test]
        fn offsets_agree_with_a_full_time_library(ms in 0i64..4_000_000_000_000, minutes in -1439i32..1440) {
            let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
            let at = Timestamp::from_ms(ms).to_string();
            let text = format!("{}{sign}{:02}:{:02}", &at[..23], size / 60, size % 60);
            let theirs: jiff::Timestamp = text.parse().expect("RFC 3339");
            prop_assert_eq!(text.parse::<Timestamp>().map(Timestamp::as_ms), Ok(theirs.as_millisecond()));
        }
    }
}
