//! The keys that shops' servers come with.

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The environment variable that has them: several with commas between, for the time in which one takes over from another.
pub const SHOP_KEY_VARIABLE: &str = "CARNIVAL_SHOP_KEY";
/// Shorter ones could be guessed, or were thought up by a person.
const KEY_MIN_LENGTH: usize = 32;
/// More are a mistake in the variable.
const KEY_COUNT_MAX: usize = 16;

/// The shops' keys, as hashes: what is compared then says nothing of a key by how long it takes.
#[derive(Clone, Debug, Default)]
pub struct ShopKeys(Vec<[u8; 32]>);

impl ShopKeys {
    /// The keys of the environment; without any, no shop is let in.
    ///
    /// # Errors
    /// Why one is no key, in a sentence.
    pub fn from_environment() -> Result<Self, String> {
        Self::parse(&std::env::var(SHOP_KEY_VARIABLE).unwrap_or_default())
    }

    /// Keys with commas between.
    ///
    /// # Errors
    /// Why one is no key, in a sentence.
    pub fn parse(list: &str) -> Result<Self, String> {
        let keys: Vec<_> = list.split(',').map(str::trim).filter(|key| !key.is_empty()).collect();
        if keys.iter().any(|key| key.len() < KEY_MIN_LENGTH || !key.bytes().all(|b| b.is_ascii_graphic())) {
            return Err(format!(
                "{SHOP_KEY_VARIABLE} must have keys of at least {KEY_MIN_LENGTH} letters or digits, such as `openssl rand -hex 32` prints, with commas between."
            ));
        }
        if keys.len() > KEY_COUNT_MAX {
            return Err(format!("{SHOP_KEY_VARIABLE} may have at most {KEY_COUNT_MAX} keys."));
        }
        Ok(Self(keys.into_iter().map(hash).collect()))
    }

    /// Which of the keys this is. All of them are looked at, whichever it is.
    pub fn of_key(&self, key: &str) -> Option<usize> {
        let asked = hash(key);
        self.0.iter().enumerate().fold(None, |found, (place, known)| {
            let is_it = bool::from(known.ct_eq(&asked));
            if is_it { Some(place) } else { found }
        })
    }
}

fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_keys_are_known_while_one_takes_over_from_the_other() {
        let (old, new) = ("o".repeat(32), "n".repeat(40));
        let keys = ShopKeys::parse(&format!("{new}, {old}")).expect("two keys");
        assert_eq!((keys.of_key(&new), keys.of_key(&old)), (Some(0), Some(1)));
        assert_eq!(keys.of_key(&"x".repeat(32)), None);
        assert_eq!(keys.of_key(""), None);
    }

    #[test]
    fn without_a_key_no_shop_is_let_in_and_a_short_one_is_refused() {
        assert_eq!(ShopKeys::parse(" ").expect("none").of_key(""), None);
        assert!(ShopKeys::parse("secret").is_err());
    }
}
