//! Where everything is.

use carnival_domain::ids::{DrawId, EntryId, ItemId, OfferId, ReservationId, RoundId, StarId};
use carnival_domain::leaderboard::PartFrom;
use carnival_domain::number::plain;
use carnival_domain::platforms::Provider;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::requests::{Board, BoardPart};

/// `GET`: the snapshot, with an `ETag`.
pub const CAMPAIGN: &str = "/api/v1/campaign";
/// `GET`: what the participant has.
pub const ME: &str = "/api/v1/me";
/// `GET`: everything that is kept about the participant, for them to take along.
pub const ME_EXPORT: &str = "/api/v1/me/export";
/// `GET`: how far the participant's word went.
pub const ME_REACH: &str = "/api/v1/me/reach";
/// `POST`: the participant erases themselves.
pub const ME_ERASURE: &str = "/api/v1/me/erasure";
/// `GET`: the back end's clock.
pub const TIME: &str = "/api/v1/time";
/// `GET`: the public ledger of rounds.
pub const ROUNDS: &str = "/api/v1/rounds";
/// `GET`: the daily public audit of votes.
pub const AUDITS: &str = "/api/v1/audits";
/// `GET`: the draws of stars' fans.
pub const FANS: &str = "/api/v1/fans";
/// `POST`: a share link.
pub const LINKS: &str = "/api/v1/links";
/// `POST`: a share link was opened.
pub const VISITS: &str = "/api/v1/visits";
/// `GET`: what the participant picked of the goods, what friends did, and what is popular.
pub const PICKS: &str = "/api/v1/picks";
/// `POST`: show one's picks to friends, or no longer.
pub const PICKS_SHOWN: &str = "/api/v1/picks/shown";
/// `POST`: agree to the privacy notice.
pub const CONSENTS: &str = "/api/v1/consents";
/// `POST`: take that back.
pub const CONSENT_WITHDRAWAL: &str = "/api/v1/consents/withdrawal";
/// `GET ?url=`: a signature for the WeChat JS-SDK.
pub const WECHAT_SIGNATURE: &str = "/api/v1/wechat/signature";
/// `GET`: live frames, as server-sent events.
pub const LIVE: &str = "/api/v1/live";

/// `POST`: the operator stops the rounds.
pub const OPERATOR_PAUSE: &str = "/api/v1/operator/pause";
/// `POST`: the operator lets them go on.
pub const OPERATOR_RESUME: &str = "/api/v1/operator/resume";
/// `GET`: where the operator sends what was claimed.
pub const OPERATOR_DELIVERIES: &str = "/api/v1/operator/deliveries";
/// `POST`: the operator sent some of it.
pub const OPERATOR_DISPATCHES: &str = "/api/v1/operator/dispatches";

/// `GET`: a coupon, for a shop. This and the paths below it need the shop's key.
pub fn shop_coupon(code: &str) -> String {
    format!("/api/v1/shop/coupons/{code}")
}

/// `POST`: set a coupon aside for an order.
pub fn shop_reservations(code: &str) -> String {
    format!("/api/v1/shop/coupons/{code}/reservations")
}

/// `POST`: use what was set aside.
pub fn shop_redemption(id: ReservationId) -> String {
    format!("/api/v1/shop/reservations/{id}/redemption")
}

/// `POST`: give it back.
pub fn shop_rollback(id: ReservationId) -> String {
    format!("/api/v1/shop/reservations/{id}/rollback")
}

/// `GET`: the public ledger of rounds before one.
pub fn rounds_before(before: RoundId) -> String {
    format!("{ROUNDS}?before={before}")
}

/// `POST`: enter a round.
pub fn entries(round: RoundId) -> String {
    [ROUNDS, "/", &plain(round.0), "/entries"].concat()
}

/// `POST`: vote for a star.
pub fn votes(star: &StarId) -> String {
    format!("/api/v1/stars/{star}/votes")
}

/// `GET`: a leaderboard.
pub fn leaderboard(board: Board) -> String {
    format!("/api/v1/leaderboards/{}", board.as_str())
}

/// `GET`: a part of a leaderboard.
pub fn leaderboard_part(board: Board, part: &BoardPart) -> String {
    let mut path = leaderboard(board);
    let mut add = |name: &str, value: String| {
        path.push(if path.contains('?') { '&' } else { '?' });
        path.push_str(name);
        path.push('=');
        path.push_str(&value);
    };
    match &part.from {
        PartFrom::Top => {}
        PartFrom::After(cursor) => add("after", cursor.to_string()),
        PartFrom::Before(cursor) => add("before", cursor.to_string()),
        PartFrom::Around(star) => add("around", star.to_string()),
    }
    if let Some(day) = part.day {
        add("day", day.to_string());
    }
    if let Some(limit) = part.limit {
        add("limit", limit.to_string());
    }
    path
}

/// `POST`: claim a coupon.
pub fn claims(offer: &OfferId) -> String {
    format!("/api/v1/coupons/{offer}/claims")
}

/// `POST`: pick an item, or take that back.
pub fn pick(item: &ItemId) -> String {
    format!("/api/v1/items/{item}/pick")
}

/// `GET`: the proof of a draw.
pub fn proof(draw: &DrawId) -> String {
    format!("/api/v1/draws/{draw}/proof")
}

/// `GET`: a draw's entries, one id a line.
pub fn draw_entries(draw: &DrawId) -> String {
    format!("/api/v1/draws/{draw}/entries")
}

/// `GET`: what became of a draw's prizes.
pub fn awards(draw: &DrawId) -> String {
    format!("/api/v1/draws/{draw}/awards")
}

/// `POST`: where a prize goes.
pub fn delivery(draw: &DrawId, entry: EntryId) -> String {
    format!("/api/v1/draws/{draw}/awards/{entry}/delivery")
}

/// `GET`: an entry's way to the root of its draw.
pub fn receipt(draw: &DrawId, entry: EntryId) -> String {
    format!("/api/v1/draws/{draw}/receipts/{entry}")
}

/// The page path of a share link.
pub fn share(token: &str) -> String {
    format!("/s/{token}")
}

/// What may stand in a query's value as it is. A path keeps its strokes: they say nothing in a query.
const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The page that sends a browser to a platform to sign in; `to` is the path to come back to, with its query if it has one.
pub fn sign_in(provider: Provider, with_profile: bool, to: &str) -> String {
    let profile = if with_profile { "&profile=1" } else { "" };
    format!("/auth/{}?to={}{profile}", provider.as_str(), utf8_percent_encode(to, AS_IT_IS))
}

/// `GET`: a poster of what a share link leads to, JPEG.
pub fn poster(token: &str) -> String {
    format!("/api/v1/posters/{token}.jpg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_one_value_whatever_stands_in_it() {
        for (to, escaped) in [
            ("/", "/"),
            ("/stars/lu-xingye", "/stars/lu-xingye"),
            ("/stars/ann?from=a&profile=1#b", "/stars/ann%3Ffrom%3Da%26profile%3D1%23b"),
            ("/s/a%2Fb+c", "/s/a%252Fb%2Bc"),
            ("/星", "/%E6%98%9F"),
        ] {
            assert_eq!(sign_in(Provider::Qq, false, to), format!("/auth/qq?to={escaped}"));
            assert_eq!(sign_in(Provider::WeChat, true, to), format!("/auth/wechat?to={escaped}&profile=1"));
        }
    }
}
