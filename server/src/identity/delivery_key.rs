//! The key that winners' addresses are sealed with on disk: XChaCha20-Poly1305, with a random nonce for each.

use carnival_domain::hex;
use carnival_engine::{Nonce, SealDelivery};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};

use super::secrets::Secrets;

/// The environment variable with the key, 64 digits of hex.
pub const DELIVERY_VARIABLE: &str = "CARNIVAL_DELIVERY_KEY";
/// The first byte of everything that is sealed: which way of sealing it is.
const VERSION: u8 = 1;
const NONCE_LENGTH: usize = 24;

/// Seals addresses.
#[derive(Clone)]
pub struct DeliveryKey {
    key: [u8; 32],
    /// Whether it lies beside the database, where a thief would find both.
    pub is_beside_database: bool,
}

impl DeliveryKey {
    /// The key of the environment, or else the one that follows from the data directory's secret: so a demo needs none.
    ///
    /// # Errors
    /// Why the environment's is none, in a sentence.
    pub fn load(secrets: &Secrets) -> Result<Self, String> {
        match std::env::var(DELIVERY_VARIABLE) {
            Ok(text) => {
                let key = hex::decode(text.trim()).ok_or_else(|| {
                    format!("{DELIVERY_VARIABLE} must be 64 digits of lower-case hex, such as `openssl rand -hex 32` prints.")
                })?;
                Ok(Self { key, is_beside_database: false })
            }
            Err(_) => Ok(Self { key: secrets.delivery_key(), is_beside_database: true }),
        }
    }

    /// This key.
    pub fn from_bytes(key: [u8; 32]) -> Self {
        Self { key, is_beside_database: false }
    }

    /// What tells this key from another, and nobody the key.
    pub fn mark(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"carnival/delivery/mark/v1\x1f");
        hash.update(self.key);
        hex::encode(&hash.finalize()[..8])
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key.into())
    }
}

impl SealDelivery for DeliveryKey {
    fn seal(&self, nonce: Nonce, context: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: clear, aad: context }).ok()?;
        Some([&[VERSION], &nonce[..], &sealed].concat())
    }

    fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.strip_prefix(&[VERSION])?.split_first_chunk::<NONCE_LENGTH>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: context }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_and_the_prize_open_an_address() {
        let key = DeliveryKey::from_bytes([7; 32]);
        let sealed = key.seal([1; 24], b"a prize", b"an address").expect("sealed");
        assert_eq!(key.open(b"a prize", &sealed).as_deref(), Some(&b"an address"[..]));
        assert_eq!(key.open(b"another prize", &sealed), None);
        assert_eq!(DeliveryKey::from_bytes([8; 32]).open(b"a prize", &sealed), None);
        assert!(!sealed.windows(10).any(|part| part == b"an address"));
        let again = key.seal([2; 24], b"a prize", b"an address").expect("sealed");
        assert_ne!(sealed, again, "the same address looks different each time");
        for length in 0..sealed.len() {
            assert_eq!(key.open(b"a prize", &sealed[..length]), None);
        }
    }
}
