//! Instants in the campaign's zone, and the time left.

use carnival_domain::guide::SAID_TO_MS;
use carnival_domain::number::plain;
use carnival_domain::time::{Timestamp, UtcOffset};

use super::{Text, fill};

/// The countdown's picture: minutes, seconds, tenths.
pub(crate) const COUNTDOWN: &str = "00:00.0";
/// The picture where tenths don't matter or minutes are not enough: hours, minutes, seconds.
pub(crate) const COUNTDOWN_LONG: &str = "00:00:00";

/// What each character of the pictures counts, ms, and where it wraps; colons count nothing.
const UNITS: [(i64, i64); 7] = [(600_000, 10), (60_000, 10), (0, 0), (10_000, 6), (1000, 10), (0, 0), (100, 10)];
const UNITS_LONG: [(i64, i64); 8] =
    [(36_000_000, 10), (3_600_000, 10), (0, 0), (600_000, 6), (60_000, 10), (0, 0), (10_000, 6), (1000, 10)];

/// The character at `place` of the picture when `remaining_ms` are left. It is rounded up, so that all zeros are
/// shown at the bell and not before. No allocation: this runs for every cell at every tick.
pub(crate) fn countdown_digit(picture: &'static str, place: usize, remaining_ms: i64) -> &'static str {
    const DIGITS: &str = "0123456789";
    let (units, step) = countdown_units(picture);
    let remaining = (remaining_ms.max(0) + step - 1) / step * step;
    match units.get(place) {
        Some((unit, wraps)) if *unit > 0 => {
            let digit = (remaining / unit % wraps) as usize;
            DIGITS.get(digit..=digit).unwrap_or_default()
        }
        _ => picture.get(place..=place).unwrap_or_default(),
    }
}

/// How long each digit at `place` of the picture stands, ms, and how many digits there are.
pub(crate) fn countdown_wheel(picture: &'static str, place: usize) -> Option<(i64, i64)> {
    countdown_units(picture).0.get(place).copied().filter(|(unit, _)| *unit > 0)
}

/// What the characters of the picture count, and what is left is rounded up to, ms.
pub(crate) fn countdown_units(picture: &'static str) -> (&'static [(i64, i64)], i64) {
    if picture.len() == UNITS.len() { (&UNITS, 100) } else { (&UNITS_LONG, 1000) }
}

/// `1:41`: the minutes and seconds that the countdown shows beside its tenths.
pub(crate) fn minutes_and_seconds(remaining_ms: i64) -> String {
    let seconds = remaining_ms.max(0).unsigned_abs() / 1000;
    let mut text = plain(seconds / 60);
    text.push_str(if seconds % 60 < 10 { ":0" } else { ":" });
    text.push_str(&plain(seconds % 60));
    text
}

/// `5 分钟`, and in the last minute `40 秒`: what is left, rounded up. A sentence need not be exact to the second, and one
/// that changed with every second would cost a frame each.
pub(crate) fn time_left(text: &Text, remaining_ms: i64) -> String {
    let tens_of_seconds = remaining_ms.max(0).unsigned_abs().div_ceil(SAID_TO_MS.unsigned_abs());
    if tens_of_seconds > 6 {
        fill(text.in_minutes(), &[&plain(tens_of_seconds.div_ceil(6))])
    } else {
        fill(text.in_seconds(), &[&plain(tens_of_seconds * 10)])
    }
}

/// `2026-06-18T20:00:00.000` in the campaign's zone.
fn local(at: Timestamp, zone: UtcOffset) -> String {
    at.plus_ms(i64::from(zone.0) * 60_000).to_string()
}

/// `6月18日`.
pub(crate) fn date_of(text: &Text, at: Timestamp, zone: UtcOffset) -> String {
    let local = local(at, zone);
    let number = |from: usize| local.get(from..from + 2).unwrap_or_default().trim_start_matches('0').to_owned();
    let month = number(5);
    let month = month.parse::<usize>().ok().and_then(|month| text.month(month.wrapping_sub(1)));
    fill(text.date(), &[month.unwrap_or_default(), &number(8)])
}

/// `20:00`.
pub(crate) fn clock_of(at: Timestamp, zone: UtcOffset) -> String {
    local(at, zone).get(11..16).unwrap_or_default().to_owned()
}

/// `6月18日 20:00`.
pub(crate) fn moment_of(text: &Text, at: Timestamp, zone: UtcOffset) -> String {
    [&date_of(text, at, zone), " ", &clock_of(at, zone)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn shown(picture: &'static str, remaining_ms: i64) -> String {
        (0..picture.len()).map(|place| countdown_digit(picture, place, remaining_ms)).collect()
    }

    #[test]
    fn the_countdown_is_all_zeros_at_the_bell_and_not_before() {
        assert_eq!(shown(COUNTDOWN, 378_000), "06:18.0");
        assert_eq!(shown(COUNTDOWN, 101_599), "01:41.6");
        assert_eq!(shown(COUNTDOWN, 1), "00:00.1");
        assert_eq!(shown(COUNTDOWN, 0), "00:00.0");
        assert_eq!(shown(COUNTDOWN, -5000), "00:00.0");
    }

    #[test]
    fn the_long_countdown_counts_hours() {
        assert_eq!(shown(COUNTDOWN_LONG, 7 * 3_600_000 + 12 * 60_000 + 40_001), "07:12:41");
        assert_eq!(shown(COUNTDOWN_LONG, 0), "00:00:00");
    }

    #[test]
    fn a_short_time_left_is_said_in_minutes_and_seconds() {
        assert_eq!(minutes_and_seconds(101_000), "1:41");
        assert_eq!(minutes_and_seconds(5_999), "0:05");
    }

    #[test]
    fn a_sentence_says_minutes_and_in_the_last_one_tens_of_seconds() {
        let left = |ms| time_left(Text::of(Language::Chinese), ms);
        assert_eq!(left(240_001), "5 分钟");
        assert_eq!(left(60_001), "2 分钟");
        assert_eq!(left(60_000), "60 秒");
        assert_eq!(left(31_000), "40 秒");
        assert_eq!(left(-1), "0 秒");
    }

    #[test]
    fn what_a_wheel_shows_is_the_digit_of_the_picture() {
        for picture in [COUNTDOWN, COUNTDOWN_LONG] {
            let (_, step) = countdown_units(picture);
            for remaining in (0..7_500_000).step_by(77_777) {
                for place in 0..picture.len() {
                    let Some((digit_ms, count)) = countdown_wheel(picture, place) else { continue };
                    let wheel = (remaining + step - 1) / digit_ms % count;
                    assert_eq!(countdown_digit(picture, place, remaining), wheel.to_string());
                }
            }
        }
    }

    #[test]
    fn instants_are_said_in_the_campaigns_zone() {
        let at: Timestamp = "2026-06-18T16:05:00Z".parse().expect("RFC 3339");
        let china = UtcOffset(480);
        assert_eq!(moment_of(Text::of(Language::Chinese), at, china), "6月19日 00:05");
        assert_eq!(moment_of(Text::of(Language::English), at, china), "June 19 00:05");
    }
}
