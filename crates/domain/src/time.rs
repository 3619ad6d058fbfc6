//! Instants and days. A few lines instead of a time library, because they travel inside the page's module;
//! the tests hold them against a full one.

mod calendar;
mod civil;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use calendar::{Day, TimeOfDay, UtcOffset};
use civil::{parse_clock, parse_date, push_date, push_padded};

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

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(24);
        push_date(&mut text, self.0.div_euclid(DAY_MS));
        let ms = self.0.rem_euclid(DAY_MS);
        for (mark, value, width) in
            [('T', ms / 3_600_000, 2), (':', ms / 60_000 % 60, 2), (':', ms / 1000 % 60, 2), ('.', ms % 1000, 3)]
        {
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
