//! Share tokens: what stands behind `/s/` in a shared link.
//!
//! A token says where the link leads and through which channel it was meant to go, and carries a random id
//! under which the back end remembers whose it is. It is signed, so a made-up one is told from a real one
//! without a look into the database, and it holds nothing personal. At most 56 characters, so that the
//! whole link fits in QQ's 120 bytes.

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::ids::{ItemId, StarId};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Landing {
    /// The rounds.
    Rush,
    /// The leaderboard.
    Stars,
    /// One star.
    Star {
        /// Which.
        star_id: StarId,
    },
    /// The coupons.
    Coupons,
    /// The goods.
    Goods,
    /// One item of the goods.
    Item {
        /// Which.
        item_id: ItemId,
    },
}

/// How a link was meant to travel. What a person then does with it cannot be observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// To a friend in WeChat, or by any way out that does not say where to.
    Friend,
    /// To a group chat.
    Group,
    /// To WeChat's Moments.
    Moments,
    /// To a friend in QQ.
    Qq,
    /// To QZone.
    Qzone,
    /// From an official account.
    Official,
    /// By a code: on a poster, or printed.
    Offline,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 7] =
        [Self::Friend, Self::Group, Self::Moments, Self::Qq, Self::Qzone, Self::Official, Self::Offline];
}

/// The content of a share token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareToken {
    /// The random id under which the link's owner is known to the back end.
    pub link: [u8; 8],
    /// Where it leads.
    pub landing: Landing,
    /// Its channel.
    pub channel: Channel,
}

/// The longest token, with a slug of [`SLUG_MAX_LENGTH`](crate::ids::SLUG_MAX_LENGTH).
pub const TOKEN_MAX_LENGTH: usize = 56;
const TAG_LENGTH: usize = 8;
const HEAD_LENGTH: usize = 10;

fn tag(key: &[u8], payload: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(b"carnival/share/v1\x1f");
    mac.update(payload);
    mac
}

impl ShareToken {
    /// Signs the token. Layout: page, channel, link id (8), slug, first 8 bytes of HMAC-SHA-256; then base64url.
    pub fn sign(&self, key: &[u8]) -> String {
        let (page, slug) = match &self.landing {
            Landing::Rush => (0, ""),
            Landing::Stars => (1, ""),
            Landing::Star { star_id } => (2, star_id.as_str()),
            Landing::Coupons => (3, ""),
            Landing::Goods => (4, ""),
            Landing::Item { item_id } => (5, item_id.as_str()),
        };
        let mut bytes = vec![page, self.channel as u8];
        bytes.extend_from_slice(&self.link);
        bytes.extend_from_slice(slug.as_bytes());
        let tag = tag(key, &bytes).finalize().into_bytes();
        bytes.extend_from_slice(&tag[..TAG_LENGTH]);
        base64url::encode(&bytes)
    }

    /// Reads a token; `None` for one that this key did not sign.
    pub fn verify(text: &str, key: &[u8]) -> Option<Self> {
        let bytes = base64url::decode(text)?;
        let (payload, signature) = bytes.split_at_checked(bytes.len().checked_sub(TAG_LENGTH)?)?;
        tag(key, payload).verify_truncated_left(signature).ok()?;
        let (head, slug) = payload.split_at_checked(HEAD_LENGTH)?;
        let slug = std::str::from_utf8(slug).ok()?;
        let landing = match (head[0], slug) {
            (0, "") => Landing::Rush,
            (1, "") => Landing::Stars,
            (2, slug) => Landing::Star { star_id: slug.parse().ok()? },
            (3, "") => Landing::Coupons,
            (4, "") => Landing::Goods,
            (5, slug) => Landing::Item { item_id: slug.parse().ok()? },
            _ => return None,
        };
        Some(Self { link: head[2..].try_into().ok()?, landing, channel: *Channel::ALL.get(usize::from(head[1]))? })
    }
}

/// RFC 4648 base64url without padding: in the page a whole crate for these lines would cost more.
mod base64url {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    pub(super) fn encode(bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for chunk in bytes.chunks(3) {
            let mut group = [0u8; 4];
            group[1..=chunk.len()].copy_from_slice(chunk);
            let bits = u32::from_be_bytes(group);
            for place in 0..=chunk.len() {
                text.push(char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63]));
            }
        }
        text
    }

    pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
        for chunk in text.as_bytes().chunks(4) {
            let mut bits = 0u32;
            for (place, character) in chunk.iter().enumerate() {
                let value = ALPHABET.iter().position(|known| known == character)?;
                bits |= (value as u32) << (18 - 6 * place);
            }
            bytes.extend_from_slice(&bits.to_be_bytes()[1..chunk.len()]);
        }
        // A second spelling of the same bytes is not the token that was signed.
        (encode(&bytes) == text).then_some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &[u8] = b"a key for tests";

    fn token() -> impl Strategy<Value = ShareToken> {
        let landing = prop_oneof![
            Just(Landing::Rush),
            Just(Landing::Stars),
            "[a-z0-9-]{1,24}".prop_map(|id| Landing::Star { star_id: id.parse().expect("a slug") }),
            Just(Landing::Coupons),
            Just(Landing::Goods),
            "[a-z0-9-]{1,24}".prop_map(|id| Landing::Item { item_id: id.parse().expect("a slug") }),
        ];
        (any::<[u8; 8]>(), landing, 0usize..7).prop_map(|(link, landing, channel)| ShareToken {
            link,
            landing,
            channel: Channel::ALL[channel],
        })
    }

    proptest! {
        #[test]
        fn a_signed_token_is_read_back_and_is_short(token in token()) {
            let text = token.sign(KEY);
            prop_assert!(text.len() <= TOKEN_MAX_LENGTH);
            prop_assert_eq!(ShareToken::verify(&text, KEY), Some(token));
        }

        #[test]
        fn a_token_with_any_character_changed_is_refused(token in token(), at: prop::sample::Index, with in "[A-Za-z0-9_-]") {
            let text = token.sign(KEY);
            let at = at.index(text.len());
            let mut forged = text.clone();
            forged.replace_range(at..=at, &with);
            prop_assert!(forged == text || ShareToken::verify(&forged, KEY).is_none());
        }

        #[test]
        fn any_text_at_all_is_read_without_panic(text in ".{0,80}") {
            prop_assert_eq!(ShareToken::verify(&text, KEY), None);
        }
    }

    #[test]
    fn a_token_of_another_campaign_is_refused() {
        let token = ShareToken { link: [1; 8], landing: Landing::Rush, channel: Channel::Friend };
        assert_eq!(ShareToken::verify(&token.sign(KEY), b"another key"), None);
    }
}
