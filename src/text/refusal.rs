//! Why something was refused, and what to do next.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_domain::time::{Timestamp, UtcOffset};

use super::table::Text;
use super::{clock_of, fill, moment_of};

/// Instants further away than this are said with their date.
const WITHIN_A_DAY_MS: i64 = 20 * 3_600_000;

impl Text {
    /// The sentence for a refusal; `{0}` in it is when asking again makes sense.
    fn sentence(&self, code: ErrorCode) -> &'static str {
        match code {
            ErrorCode::RoundNotOpenYet => self.refused_round_not_open(),
            ErrorCode::RoundClosed => self.refused_round_closed(),
            ErrorCode::RoundsPaused => self.refused_paused(),
            ErrorCode::PrizeLapsed => self.refused_lapsed(),
            ErrorCode::PrizeDispatched => self.refused_dispatched(),
            ErrorCode::StarNotRevealed => self.refused_star_not_revealed(),
            ErrorCode::VotingNotBegun => self.refused_voting_not_begun(),
            ErrorCode::VotingOver => self.refused_voting_over(),
            ErrorCode::VoteQuotaSpent => self.refused_vote_quota(),
            ErrorCode::StarQuotaSpent => self.refused_star_quota(),
            ErrorCode::OfferNotOpenYet => self.refused_offer_not_open(),
            ErrorCode::OfferOver => self.refused_offer_over(),
            ErrorCode::CouponSoldOut => self.refused_sold_out(),
            ErrorCode::CouponLimitReached => self.refused_limit(),
            // The page of goods has its own sentence for it, with the number.
            ErrorCode::PickLimitReached => self.refused_broken(),
            ErrorCode::RateLimited
            | ErrorCode::Overloaded
            | ErrorCode::TimedOut
            | ErrorCode::StoreFailed
            | ErrorCode::DeliveryUnavailable
            | ErrorCode::PlatformUnavailable
            | ErrorCode::PosterUnavailable => self.refused_busy(),
            ErrorCode::UnknownRound
            | ErrorCode::UnknownStar
            | ErrorCode::UnknownOffer
            | ErrorCode::UnknownItem
            | ErrorCode::UnknownLanding
            | ErrorCode::UnknownLeaderboard
            | ErrorCode::UnknownDraw
            | ErrorCode::DrawNotDone
            | ErrorCode::DrawNotHeld
            | ErrorCode::UnknownEntry
            | ErrorCode::UnknownPrize
            | ErrorCode::NothingToSend
            | ErrorCode::NotFound => self.refused_gone(),
            // These are the page's own faults, or are said to shops: the participant can only load the page anew.
            ErrorCode::UnknownCoupon
            | ErrorCode::CouponReserved
            | ErrorCode::CouponRedeemed
            | ErrorCode::CouponExpired
            | ErrorCode::HoldTooLong
            | ErrorCode::UnknownReservation
            | ErrorCode::ReservationLapsed
            | ErrorCode::ReservationRolledBack
            | ErrorCode::ShopKeyMissing
            | ErrorCode::ShopKeyRefused
            | ErrorCode::IdempotencyKeyMissing
            | ErrorCode::IdempotencyKeyReused
            | ErrorCode::ParticipantErased
            | ErrorCode::MalformedRequest
            | ErrorCode::MethodNotAllowed
            | ErrorCode::BodyTooLarge
            | ErrorCode::UrlTooLong
            | ErrorCode::UnsupportedMediaType
            | ErrorCode::ForeignOrigin
            | ErrorCode::ForeignUrl
            | ErrorCode::ConsentOutdated
            | ErrorCode::DeliveryMalformed
            | ErrorCode::RoundsNotPaused
            | ErrorCode::NoteMalformed
            | ErrorCode::OperatorOnly
            | ErrorCode::PlatformNotConfigured
            | ErrorCode::Internal => self.refused_broken(),
            ErrorCode::Unknown => self.refused_network(),
        }
    }
}

/// Why, in a sentence, with when to come back where that is known.
pub(crate) fn refusal(text: &Text, problem: &Problem, now: Timestamp, zone: UtcOffset) -> String {
    let when = problem.available_at.map(|at| {
        let is_near = at.ms_since(now) < WITHIN_A_DAY_MS;
        let moment = if is_near { clock_of(at, zone) } else { moment_of(text, at, zone) };
        fill(text.available_at(), &[&moment])
    });
    fill(text.sentence(problem.code), &[&when.unwrap_or_default()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_refusal_has_a_sentence_in_both_languages() {
        for code in ErrorCode::ALL {
            for language in [Language::Chinese, Language::English] {
                assert!(!Text::of(language).sentence(*code).is_empty(), "{code:?}");
            }
        }
    }

    #[test]
    fn what_can_be_done_later_says_when() {
        let later = [
            ErrorCode::RoundNotOpenYet,
            ErrorCode::RoundClosed,
            ErrorCode::StarNotRevealed,
            ErrorCode::VotingNotBegun,
            ErrorCode::VoteQuotaSpent,
            ErrorCode::StarQuotaSpent,
            ErrorCode::OfferNotOpenYet,
        ];
        for code in later {
            assert!(Text::of(Language::Chinese).sentence(code).contains("{0}"), "{code:?}");
        }
    }
}
