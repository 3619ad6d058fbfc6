//! The key that makes a repeated write the same write.

use std::fmt;

/// The header that carries it.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// A client's name for one write: 16 to 64 letters, digits, `-` or `_`, chosen anew for every tap and
/// kept for its retries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Takes a text that has the form of a key.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (16..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        fits.then(|| Self(text.to_owned()))
    }

    /// A key made of random bytes.
    pub fn from_random(random: [u8; 16]) -> Self {
        Self(carnival_domain::base32::encode(&random))
    }

    /// The key as it stands in the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_neither_short_nor_long_nor_odd() {
        assert!(IdempotencyKey::parse(&"a".repeat(16)).is_some());
        for bad in ["a".repeat(15), "a".repeat(65), "键".repeat(16), "a b".repeat(8)] {
            assert_eq!(IdempotencyKey::parse(&bad), None);
        }
    }
}
