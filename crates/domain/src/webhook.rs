//! Telling other systems what happened: of which facts, whom, and when again if nobody answered.

use serde::{Deserialize, Serialize};

use crate::ids::EndpointId;
use crate::time::Timestamp;

/// How long after each try that failed the next one is made, ms: the schedule that Standard Webhooks 1.0 gives as its
/// example, three days and a bit. After the last one nothing is tried any more; the message is kept.
pub const RETRY_AFTER_MS: [i64; 9] = [
    5_000,
    5 * 60_000,
    30 * 60_000,
    2 * 3_600_000,
    5 * 3_600_000,
    10 * 3_600_000,
    14 * 3_600_000,
    20 * 3_600_000,
    24 * 3_600_000,
];

/// What may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A draw gave somebody a prize.
    #[serde(rename = "prize.won")]
    PrizeWon,
    /// Somebody took a coupon.
    #[serde(rename = "coupon.claimed")]
    CouponClaimed,
    /// A shop's order used one.
    #[serde(rename = "coupon.redeemed")]
    CouponRedeemed,
    /// A round ended with its draw.
    #[serde(rename = "round.drawn")]
    RoundDrawn,
    /// The fans of a star had their draw.
    #[serde(rename = "fans.drawn")]
    FansDrawn,
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::PrizeWon, Self::CouponClaimed, Self::CouponRedeemed, Self::RoundDrawn, Self::FansDrawn];

    /// The kind's word, as it stands in messages and in the campaign file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PrizeWon => "prize.won",
            Self::CouponClaimed => "coupon.claimed",
            Self::CouponRedeemed => "coupon.redeemed",
            Self::RoundDrawn => "round.drawn",
            Self::FansDrawn => "fans.drawn",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Whom to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Its name.
    pub id: EndpointId,
    /// Where it listens.
    pub url: String,
    /// What it wants to hear of.
    pub events: Vec<EventKind>,
}

/// When to try again after `failed_count` tries that failed, the last of them at `now`; none after the last. `luck` spreads
/// the tries over a fifth of the time more, lest all that failed together come back together.
pub fn retry_at(failed_count: u32, now: Timestamp, luck: u8) -> Option<Timestamp> {
    let wait = RETRY_AFTER_MS.get((failed_count as usize).checked_sub(1)?)?;
    Some(now.plus_ms(wait + wait / 5 * i64::from(luck) / 255))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_ten_times_within_five_days() {
        let mut now = Timestamp::from_ms(0);
        let mut tries = 1;
        while let Some(next) = retry_at(tries, now, 255) {
            assert!(next > now);
            (now, tries) = (next, tries + 1);
        }
        assert_eq!(tries, 10);
        assert!(now.as_ms() > 3 * 86_400_000 && now.as_ms() < 5 * 86_400_000);
    }

    #[test]
    fn luck_makes_a_try_later_never_earlier() {
        let at = |luck| retry_at(1, Timestamp::from_ms(0), luck).map(Timestamp::as_ms);
        assert_eq!((at(0), at(255)), (Some(5000), Some(6000)));
        assert_eq!(retry_at(0, Timestamp::from_ms(0), 0), None);
    }

    #[test]
    fn every_kind_has_a_word_of_its_own() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).expect("a word"), format!("\"{}\"", kind.as_str()));
        }
    }
}
