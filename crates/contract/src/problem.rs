//! A refusal on the wire: `application/problem+json`, RFC 9457.

use carnival_domain::award;
use carnival_domain::checkout::{RedeemRefused, ReserveRefused};
use carnival_domain::coupon::ClaimRefused;
use carnival_domain::entry::EntryRefused;
use carnival_domain::pick::PickRefused;
use carnival_domain::time::Timestamp;
use carnival_domain::vote::VoteRefused;
use serde::{Deserialize, Serialize};

use crate::error_code::ErrorCode;

/// The media type of a refusal.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was refused, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable reference for this kind of problem: `/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it means, in English.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable word that programs go by.
    pub code: ErrorCode,
    /// What exactly was wrong, where that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// When asking again makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available_at: Option<Timestamp>,
    /// The limit that was met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Seconds to wait before asking again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

impl Problem {
    /// A problem of this kind, with nothing more to say.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            kind: format!("/problems/{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            available_at: None,
            limit: None,
            retry_after_s: None,
        }
    }

    /// With what exactly was wrong.
    #[must_use]
    pub fn with_detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// With when asking again makes sense.
    #[must_use]
    pub fn available_at(self, at: impl Into<Option<Timestamp>>) -> Self {
        Self { available_at: at.into(), ..self }
    }

    /// With the limit that was met.
    #[must_use]
    pub fn with_limit(self, limit: u32) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// With how long to wait.
    #[must_use]
    pub fn retry_after_s(self, seconds: u32) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }
}

impl From<ErrorCode> for Problem {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<EntryRefused> for Problem {
    fn from(refused: EntryRefused) -> Self {
        match refused {
            EntryRefused::UnknownRound => ErrorCode::UnknownRound.into(),
            EntryRefused::NotOpenYet { opens_at } => Self::new(ErrorCode::RoundNotOpenYet).available_at(opens_at),
            EntryRefused::Paused => ErrorCode::RoundsPaused.into(),
            EntryRefused::Closed { next_opens_at } => Self::new(ErrorCode::RoundClosed).available_at(next_opens_at),
        }
    }
}

impl From<VoteRefused> for Problem {
    fn from(refused: VoteRefused) -> Self {
        match refused {
            VoteRefused::UnknownStar => ErrorCode::UnknownStar.into(),
            VoteRefused::NotBegun { starts_at } => Self::new(ErrorCode::VotingNotBegun).available_at(starts_at),
            VoteRefused::NotRevealed { reveals_at } => Self::new(ErrorCode::StarNotRevealed).available_at(reveals_at),
            VoteRefused::Frozen { .. } => ErrorCode::VotingOver.into(),
            VoteRefused::QuotaSpent { resets_at } => Self::new(ErrorCode::VoteQuotaSpent).available_at(resets_at),
            VoteRefused::StarQuotaSpent { resets_at } => Self::new(ErrorCode::StarQuotaSpent).available_at(resets_at),
        }
    }
}

impl From<ReserveRefused> for Problem {
    fn from(refused: ReserveRefused) -> Self {
        match refused {
            ReserveRefused::Reserved { until } => Self::new(ErrorCode::CouponReserved).available_at(until),
            ReserveRefused::Redeemed => ErrorCode::CouponRedeemed.into(),
            ReserveRefused::Expired { .. } => ErrorCode::CouponExpired.into(),
        }
    }
}

impl From<RedeemRefused> for Problem {
    fn from(refused: RedeemRefused) -> Self {
        match refused {
            RedeemRefused::Lapsed { .. } => ErrorCode::ReservationLapsed.into(),
            RedeemRefused::RolledBack => ErrorCode::ReservationRolledBack.into(),
        }
    }
}

impl From<ClaimRefused> for Problem {
    fn from(refused: ClaimRefused) -> Self {
        match refused {
            ClaimRefused::UnknownOffer => ErrorCode::UnknownOffer.into(),
            ClaimRefused::NotOpenYet { opens_at } => Self::new(ErrorCode::OfferNotOpenYet).available_at(opens_at),
            ClaimRefused::Over { .. } => ErrorCode::OfferOver.into(),
            ClaimRefused::SoldOut => ErrorCode::CouponSoldOut.into(),
            ClaimRefused::LimitReached { limit } => Self::new(ErrorCode::CouponLimitReached).with_limit(limit),
        }
    }
}

impl From<PickRefused> for Problem {
    fn from(refused: PickRefused) -> Self {
        match refused {
            PickRefused::UnknownItem => ErrorCode::UnknownItem.into(),
            PickRefused::LimitReached { limit } => Self::new(ErrorCode::PickLimitReached).with_limit(limit),
        }
    }
}

impl From<award::ClaimRefused> for Problem {
    fn from(refused: award::ClaimRefused) -> Self {
        match refused {
            award::ClaimRefused::NothingToSend => ErrorCode::NothingToSend.into(),
            award::ClaimRefused::Lapsed { .. } => ErrorCode::PrizeLapsed.into(),
            award::ClaimRefused::Dispatched => ErrorCode::PrizeDispatched.into(),
        }
    }
}
