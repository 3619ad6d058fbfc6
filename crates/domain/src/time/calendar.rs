//! Days, and where they begin.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::civil::{parse_clock, parse_date, push_date};
use super::{DAY_MS, MalformedTime, Timestamp};

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
        parse_date(text).map(|days| Self(days as i32)).ok_or(MalformedTime)
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
