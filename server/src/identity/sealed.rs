//! Words that a browser keeps for us and cannot change.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Bytes of the HMAC that go with a word.
const TAG_LENGTH: usize = 16;

/// Seals and opens.
#[derive(Clone)]
pub(crate) struct Seal {
    key: [u8; 32],
}

impl Seal {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The word and its seal, fit for a cookie. What is sealed for one purpose is nothing for another.
    pub(crate) fn close(&self, purpose: &str, word: &str) -> String {
        let tag = self.mac(purpose, word).finalize().into_bytes();
        format!("{}.{}", BASE64.encode(word), BASE64.encode(&tag[..TAG_LENGTH]))
    }

    /// The word, if the seal is ours.
    pub(crate) fn open(&self, purpose: &str, sealed: &str) -> Option<String> {
        let (word, tag) = sealed.split_once('.')?;
        let word = String::from_utf8(BASE64.decode(word).ok()?).ok()?;
        let tag: [u8; TAG_LENGTH] = BASE64.decode(tag).ok()?.try_into().ok()?;
        self.mac(purpose, &word).verify_truncated_left(&tag).ok()?;
        Some(word)
    }

    fn mac(&self, purpose: &str, word: &str) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(b"carnival/sealed/v1\x1f");
        mac.update(purpose.as_bytes());
        mac.update(b"\x1f");
        mac.update(word.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_or_was_for_something_else_does_not_open() {
        let seal = Seal::new([7; 32]);
        let sealed = seal.close("trip", "to the stars");
        assert_eq!(seal.open("trip", &sealed).as_deref(), Some("to the stars"));
        assert_eq!(seal.open("outcome", &sealed), None);
        assert_eq!(Seal::new([8; 32]).open("trip", &sealed), None);
        let other = seal.close("trip", "to the moon");
        let (word, tag) = (other.split('.').next(), sealed.split('.').nth(1));
        let mixed = format!("{}.{}", word.expect("a word"), tag.expect("a tag"));
        for bad in [mixed.as_str(), "", ".", &sealed[1..], &sealed[..sealed.len() - 1]] {
            assert_eq!(seal.open("trip", bad), None, "{bad}");
        }
    }
}
