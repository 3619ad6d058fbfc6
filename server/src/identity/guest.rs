//! Guests: a participant is whoever holds the cookie that we signed.

use axum::http::{HeaderMap, HeaderValue};
use carnival_domain::base32;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::{DAY_MS, Timestamp};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::cookies;
use crate::random;

/// The cookie's name.
pub const COOKIE: &str = "carnival_guest";
/// How long after the campaign prizes and coupons may still matter to somebody.
const KEPT_AFTER_END_MS: i64 = 90 * DAY_MS;
/// An id and the first 16 bytes of its HMAC, 26 characters each.
const ID_LENGTH: usize = 26;
const TAG_LENGTH: usize = 16;
/// Seconds since 1970 go on until 2106 in so many bytes.
const SECONDS_LENGTH: usize = 4;

/// Issues and reads guests' cookies.
#[derive(Clone)]
pub struct Guests {
    /// Keyed, once for all.
    mac: Hmac<Sha256>,
    campaign_ends_at: Timestamp,
}

impl Guests {
    /// Guests of a campaign that ends at `campaign_ends_at`.
    pub fn new(key: [u8; 32], campaign_ends_at: Timestamp) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of any length");
        mac.update(b"carnival/guest/v1\x1f");
        Self { mac, campaign_ends_at }
    }

    /// Somebody nobody has seen before. The id begins with the second in which they came, and else is random: 96 bits. So what
    /// newcomers do stands side by side in the database's indexes, and not each of it on another page of the disk.
    pub fn newcomer(&self, now: Timestamp) -> ParticipantId {
        let mut id = random::bytes();
        id[..SECONDS_LENGTH].copy_from_slice(&((now.as_ms() / 1000) as u32).to_be_bytes());
        ParticipantId(id)
    }

    /// Whose cookie came with the request. A forged one is none.
    pub fn known(&self, headers: &HeaderMap) -> Option<ParticipantId> {
        cookies::values(headers, COOKIE).find_map(|value| self.verify(value))
    }

    /// The header that makes a browser keep being `who`.
    pub fn cookie(&self, who: ParticipantId, now: Timestamp, is_secure: bool) -> Option<HeaderValue> {
        let seconds = (self.campaign_ends_at.ms_since(now) + KEPT_AFTER_END_MS).max(DAY_MS) / 1000;
        cookies::set(COOKIE, &self.sign(who), "/", seconds, is_secure)
    }

    /// The header that makes a browser be nobody's.
    pub fn no_cookie(&self, is_secure: bool) -> Option<HeaderValue> {
        cookies::set(COOKIE, "", "/", 0, is_secure)
    }

    fn sign(&self, who: ParticipantId) -> String {
        let tag = self.mac(who).finalize().into_bytes();
        format!("{who}{}", base32::encode(&tag[..TAG_LENGTH]))
    }

    fn verify(&self, value: &str) -> Option<ParticipantId> {
        let (id, tag) = value.split_at_checked(ID_LENGTH)?;
        let who: ParticipantId = id.parse().ok()?;
        let tag: [u8; TAG_LENGTH] = base32::decode(tag)?;
        self.mac(who).verify_truncated_left(&tag).ok()?;
        Some(who)
    }

    fn mac(&self, who: ParticipantId) -> Hmac<Sha256> {
        self.mac.clone().chain_update(who.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;

    fn guests() -> Guests {
        Guests::new([7; 32], Timestamp::from_ms(DAY_MS))
    }

    fn sent(cookie: &str) -> HeaderMap {
        let value = HeaderValue::from_str(cookie).expect("plain text");
        HeaderMap::from_iter([(header::COOKIE, value)])
    }

    #[test]
    fn a_cookie_names_its_guest_among_others() {
        let guests = guests();
        let who = guests.newcomer(Timestamp::from_ms(0));
        let value = guests.sign(who);
        assert_eq!(guests.known(&sent(&format!("a=b; {COOKIE}={value}; c=d"))), Some(who));
    }

    #[test]
    fn newcomers_stand_in_the_order_in_which_they_came_and_none_is_another() {
        let (guests, second) = (guests(), |s: i64| Timestamp::from_ms(1_780_272_000_000 + s * 1000));
        let ids: Vec<_> = (0..100).map(|s| guests.newcomer(second(s))).collect();
        assert!(ids.is_sorted());
        assert_ne!(guests.newcomer(second(0)), guests.newcomer(second(0)));
    }

    #[test]
    fn a_forged_cookie_is_none() {
        let guests = guests();
        let value = guests.sign(guests.newcomer(Timestamp::from_ms(0)));
        let other = guests.newcomer(Timestamp::from_ms(0)).to_string();
        let foreign = Guests::new([8; 32], Timestamp::from_ms(0)).sign(guests.newcomer(Timestamp::from_ms(0)));
        let forged = [
            String::new(),
            other.clone(),
            format!("{other}{}", &value[ID_LENGTH..]),
            value[..value.len() - 1].to_owned(),
            format!("{value}0"),
            value.to_lowercase(),
            foreign,
        ];
        for value in forged {
            assert_eq!(guests.known(&sent(&format!("{COOKIE}={value}"))), None, "{value}");
        }
    }

    #[test]
    fn a_cookie_is_for_this_site_and_no_script() {
        let cookie = guests().cookie(ParticipantId([1; 16]), Timestamp::from_ms(0), true);
        let cookie = cookie.expect("plain text");
        let cookie = cookie.to_str().expect("plain text");
        for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Max-Age=7862400"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let plain = guests().cookie(ParticipantId([1; 16]), Timestamp::from_ms(0), false);
        assert!(!plain.expect("plain text").to_str().expect("plain text").contains("Secure"));
    }
}
