//! Why a request is refused: one stable word each.

use serde::{Deserialize, Serialize};

macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $title:literal;)*) => {
        /// A refusal's stable word. It is the last part of the problem's `type`, and what texts are chosen by.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
            /// A word that this version does not know.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ErrorCode {
            /// Every code that this version knows.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word itself.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                    Self::Unknown => "unknown",
                }
            }

            /// The HTTP status that goes with it.
            pub fn status(self) -> u16 {
                match self {
                    $(Self::$name => $status,)*
                    Self::Unknown => 500,
                }
            }

            /// What it means, in English, for people who read logs and API answers.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                    Self::Unknown => "An error of an unknown kind.",
                }
            }
        }
    };
}

error_codes! {
    /// The campaign has no such round.
    UnknownRound = "unknown-round", 404, "There is no such round.";
    /// The round has not begun; `available_at` says when it does.
    RoundNotOpenYet = "round-not-open-yet", 409, "The round has not begun.";
    /// The bell has rung; `available_at` says when the next round begins.
    RoundClosed = "round-closed", 409, "The round is closed.";
    /// The rounds are paused, and go on when the operator says so; the round's view has the operator's note.
    RoundsPaused = "rounds-paused", 409, "The rounds are paused.";
    /// There is no such star, or it is not known yet.
    UnknownStar = "unknown-star", 404, "There is no such star.";
    /// The star is revealed at `available_at`.
    StarNotRevealed = "star-not-revealed", 409, "The star is not revealed yet.";
    /// Voting begins at `available_at`.
    VotingNotBegun = "voting-not-begun", 409, "Voting has not begun.";
    /// The leaderboard is frozen.
    VotingOver = "voting-over", 409, "Voting is over.";
    /// All of today's votes are used; new ones at `available_at`.
    VoteQuotaSpent = "vote-quota-spent", 409, "All of today's votes are used.";
    /// Today's votes for this star are used; new ones at `available_at`.
    StarQuotaSpent = "star-quota-spent", 409, "Today's votes for this star are used.";
    /// There is no such leaderboard.
    UnknownLeaderboard = "unknown-leaderboard", 404, "There is no such leaderboard.";
    /// There is no such coupon offer.
    UnknownOffer = "unknown-offer", 404, "There is no such coupon offer.";
    /// The offer opens at `available_at`.
    OfferNotOpenYet = "offer-not-open-yet", 409, "The offer has not opened.";
    /// The offer's window has closed.
    OfferOver = "offer-over", 409, "The offer is over.";
    /// Nothing is left of the offer.
    CouponSoldOut = "coupon-sold-out", 409, "Nothing is left of this offer.";
    /// The participant has all they may have of it; `limit` says how many that is.
    CouponLimitReached = "coupon-limit-reached", 409, "No more of this offer for one participant.";
    /// No coupon has that code.
    UnknownCoupon = "unknown-coupon", 404, "There is no coupon with that code.";
    /// Another order holds the coupon, until `available_at` at the latest.
    CouponReserved = "coupon-reserved", 409, "Another order holds this coupon.";
    /// Another order has used the coupon.
    CouponRedeemed = "coupon-redeemed", 409, "Another order has used this coupon.";
    /// The coupon's last day is over.
    CouponExpired = "coupon-expired", 409, "This coupon can no longer be used.";
    /// An order may hold a coupon for 1 to `limit` seconds.
    HoldTooLong = "hold-too-long", 422, "An order can't hold a coupon for that long.";
    /// There is no such reservation.
    UnknownReservation = "unknown-reservation", 404, "There is no such reservation.";
    /// The reservation's time is over: reserve the coupon again, if it is free.
    ReservationLapsed = "reservation-lapsed", 409, "The reservation's time is over.";
    /// The reservation was rolled back: reserve the coupon again, if it is free.
    ReservationRolledBack = "reservation-rolled-back", 409, "The reservation was rolled back.";
    /// The request needs a shop's key: `Authorization: Bearer` and the key.
    ShopKeyMissing = "shop-key-missing", 401, "This needs a shop's secret key.";
    /// That key is none of this server's, or no longer.
    ShopKeyRefused = "shop-key-refused", 403, "This key is not known here.";
    /// There is no such item among the goods.
    UnknownItem = "unknown-item", 404, "There is no such item.";
    /// The participant has picked as many items as they may; `limit` says how many that is.
    PickLimitReached = "pick-limit-reached", 409, "No more picks for one participant.";
    /// There is nothing to share under that id.
    UnknownLanding = "unknown-landing", 404, "There is nothing to share under that id.";
    /// There is no such draw.
    UnknownDraw = "unknown-draw", 404, "There is no such draw.";
    /// The draw has not happened; its proof is public at `available_at` at the earliest.
    DrawNotDone = "draw-not-done", 409, "The draw has not happened yet.";
    /// The star was not among the first whose draws are held, so this one ended undrawn.
    DrawNotHeld = "draw-not-held", 409, "The star was not among the first: its fans' draw was not held.";
    /// The draw has no such entry.
    UnknownEntry = "unknown-entry", 404, "The draw has no such entry.";
    /// The participant has won no such prize.
    UnknownPrize = "unknown-prize", 404, "You have won no such prize.";
    /// The time to claim the prize is over.
    PrizeLapsed = "prize-lapsed", 409, "The time to claim this prize is over.";
    /// The prize is on its way to the address that was given.
    PrizeDispatched = "prize-dispatched", 409, "The prize is on its way already.";
    /// The prize is a coupon, which nobody has to send.
    NothingToSend = "nothing-to-send", 409, "This prize is not sent: its code is with it.";
    /// A field of the delivery form can't be right; `detail` is its name.
    DeliveryMalformed = "delivery-malformed", 422, "A field of the delivery form can't be right.";
    /// The back end can't keep addresses, or can't read those it has.
    DeliveryUnavailable = "delivery-unavailable", 503, "Addresses can't be taken now.";
    /// The rounds are not paused, so they can't be resumed.
    RoundsNotPaused = "rounds-not-paused", 409, "The rounds are not paused.";
    /// A note for the public is missing, too long, or not on one line; `limit` says how many characters it may have.
    NoteMalformed = "note-malformed", 422, "The note for the public is missing or too long.";
    /// The request is the operator's to make, and does not have their key.
    OperatorOnly = "operator-only", 401, "Only the operator may do this.";
    /// Whoever asks has erased themselves; their cookie is taken back with this answer, and the next request is a newcomer's.
    ParticipantErased = "participant-erased", 410, "Whoever asks has erased themselves.";
    /// The notice that was agreed to is not the current one; load the page again.
    ConsentOutdated = "consent-outdated", 409, "The privacy notice has another version now.";
    /// The campaign has no account on that platform.
    PlatformNotConfigured = "platform-not-configured", 404, "The campaign has no account on that platform.";
    /// The platform did not answer; `retry_after_s` says when to ask again.
    PlatformUnavailable = "platform-unavailable", 503, "The platform did not answer.";
    /// The address is none of this campaign's pages.
    ForeignUrl = "foreign-url", 400, "The address is none of this campaign's pages.";
    /// The server can't draw posters: it has no font with the glyphs they need.
    PosterUnavailable = "poster-unavailable", 503, "The server can't draw this poster.";
    /// The request has no usable `Idempotency-Key` header.
    IdempotencyKeyMissing = "idempotency-key-missing", 400, "A write needs an Idempotency-Key of 16 to 64 letters, digits, - or _.";
    /// The key was used for another request.
    IdempotencyKeyReused = "idempotency-key-reused", 422, "This Idempotency-Key belongs to another request.";
    /// The request is not what the path expects; `detail` says where.
    MalformedRequest = "malformed-request", 400, "The request could not be read.";
    /// There is nothing at this path.
    NotFound = "not-found", 404, "There is nothing here.";
    /// The path does not take this method.
    MethodNotAllowed = "method-not-allowed", 405, "This path does not take that method.";
    /// The body is longer than `limit` bytes.
    BodyTooLarge = "body-too-large", 413, "The body is too large.";
    /// The URL is longer than `limit` bytes.
    UrlTooLong = "url-too-long", 414, "The URL is too long.";
    /// The body is not JSON.
    UnsupportedMediaType = "unsupported-media-type", 415, "The body must be application/json.";
    /// Too many requests; `retry_after_s` says when to come back.
    RateLimited = "rate-limited", 429, "Too many requests.";
    /// The page asking is of another site.
    ForeignOrigin = "foreign-origin", 403, "Writes are taken from the campaign's own pages only.";
    /// The request took too long.
    TimedOut = "timed-out", 503, "The request took too long.";
    /// The server has more to do than it can; nothing was done.
    Overloaded = "overloaded", 503, "The server is busy; nothing was done.";
    /// The server could not keep what was asked; nothing was done.
    StoreFailed = "store-failed", 503, "The server could not write to its disk; nothing was done.";
    /// A fault of the server's own.
    Internal = "internal", 500, "Something went wrong on the server.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_on_the_wire_is_the_word_in_the_program() {
        for code in ErrorCode::ALL {
            let json = serde_json::to_string(code).expect("a word");
            assert_eq!(json, format!("\"{}\"", code.as_str()));
        }
    }

    #[test]
    fn a_word_of_a_later_version_is_no_malformed_answer() {
        let code: ErrorCode = serde_json::from_str("\"moon-phase\"").expect("any word");
        assert_eq!(code, ErrorCode::Unknown);
    }
}
