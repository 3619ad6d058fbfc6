//! A browser's trip to a platform and back: what it must bring home again.

use axum::http::{HeaderMap, HeaderValue};
use carnival_domain::base32;
use carnival_domain::platforms::Provider;
use carnival_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::identity::cookies;
use crate::identity::sealed::Seal;
use crate::random;

const COOKIE: &str = "carnival_trip";
const PURPOSE: &str = "trip";
/// Where the cookie is sent.
const PATH: &str = "/auth";
/// A code is good for five minutes; reading the platform's page takes time, too.
const LENGTH_MS: i64 = 600_000;
/// Longer than any page's path with what chats append.
const TO_MAX: usize = 512;

/// What stands in the cookie. The state ties what comes back to this browser: nobody else knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trip {
    /// What the platform is told, and says again.
    pub(crate) state: String,
    pub(crate) provider: Provider,
    /// Whether the nickname is asked for.
    pub(crate) with_profile: bool,
    /// The path of the page to come back to.
    pub(crate) to: String,
    /// Whether it had to be begun anew before.
    pub(crate) is_second: bool,
    until: Timestamp,
}

impl Trip {
    /// A trip from here. A browser that is on its way already goes on under the same state: chats' web views ask twice for
    /// a page, and either answer may be the one that they follow.
    pub(crate) fn begin(
        provider: Provider,
        with_profile: bool,
        to: &str,
        under_way: Option<Self>,
        now: Timestamp,
    ) -> Self {
        let under_way = under_way.filter(|trip| trip.provider == provider);
        let state = under_way.map_or_else(|| base32::encode(&random::bytes::<16>()), |trip| trip.state);
        let to = own_path(to).to_owned();
        Self { state, provider, with_profile, to, is_second: false, until: now.plus_ms(LENGTH_MS) }
    }

    /// The same trip once more, for the platform said that the code was used before.
    pub(crate) fn again(&self, now: Timestamp) -> Self {
        Self { is_second: true, until: now.plus_ms(LENGTH_MS), ..self.clone() }
    }

    /// The trip that a browser is on.
    pub(crate) fn of(headers: &HeaderMap, seal: &Seal, now: Timestamp) -> Option<Self> {
        let opened = cookies::values(headers, COOKIE).filter_map(|value| seal.open(PURPOSE, value));
        let mut trips = opened.filter_map(|text| serde_json::from_str::<Self>(&text).ok());
        trips.find(|trip| now < trip.until)
    }

    /// The header that makes a browser remember. It stays for a while after the trip, for web views ask again for where
    /// they were.
    pub(crate) fn cookie(&self, seal: &Seal, is_secure: bool) -> Option<HeaderValue> {
        let text = serde_json::to_string(self).ok()?;
        cookies::set(COOKIE, &seal.close(PURPOSE, &text), PATH, LENGTH_MS / 1000, is_secure)
    }
}

/// A path of this site's, or the first page. Whatever a browser could take for another site's address is none: it
/// reads `//` and `/\` as the beginning of a host, and leaves out tabs and line ends while it does so.
fn own_path(path: &str) -> &str {
    let is_own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/auth/")
        && path.len() <= TO_MAX
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#');
    if is_own { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for (asked, to) in [
            ("/", "/"),
            ("/stars/ann?from=singlemessage", "/stars/ann?from=singlemessage"),
            ("/s/abc", "/s/abc"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("/\n/evil.example", "/"),
            ("https://evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("stars", "/"),
            ("", "/"),
            ("/星", "/"),
            ("/a#b", "/"),
            ("/auth/wechat?to=/", "/"),
        ] {
            assert_eq!(own_path(asked), to, "{asked:?}");
        }
        assert_eq!(own_path(&format!("/{}", "a".repeat(TO_MAX))), "/");
    }

    #[test]
    fn a_state_is_one_that_platforms_take_and_nobody_guesses() {
        let begin = || Trip::begin(Provider::WeChat, false, "/", None, Timestamp::from_ms(0)).state;
        let state = begin();
        assert!(state.len() <= 128 && state.bytes().all(|b| b.is_ascii_alphanumeric()), "{state}");
        assert_ne!(state, begin());
    }
}
