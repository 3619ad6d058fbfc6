//! The operator's key: who has it may pause the rounds and read where prizes go.

use carnival_domain::hex;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::secrets::Secrets;

/// The environment variable that stands in for the key that follows from the data directory's secret.
pub const OPERATOR_VARIABLE: &str = "CARNIVAL_OPERATOR_KEY";
/// What can be guessed is no key.
const LENGTH_MIN: usize = 24;

/// The operator's key.
#[derive(Clone)]
pub struct OperatorKey(String);

impl OperatorKey {
    /// The key of the environment, or else the one that follows from the secret.
    ///
    /// # Errors
    /// Why the environment's is none, in a sentence.
    pub fn load(secrets: &Secrets) -> Result<Self, String> {
        match std::env::var(OPERATOR_VARIABLE) {
            Ok(key) if key.trim().len() >= LENGTH_MIN => Ok(Self(key.trim().to_owned())),
            Ok(_) => Err(format!(
                "{OPERATOR_VARIABLE} must have at least {LENGTH_MIN} characters; `openssl rand -hex 32` prints some."
            )),
            Err(_) => Ok(Self::of(secrets)),
        }
    }

    /// The key that follows from the secret.
    pub fn of(secrets: &Secrets) -> Self {
        Self(hex::encode(&secrets.operator_key()))
    }

    /// The key itself, to ask with.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the key. How long the answer takes tells nothing of it.
    pub fn is(&self, given: &str) -> bool {
        let mac = |text: &str| {
            #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
            let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).expect("HMAC takes keys of any length");
            mac.update(text.as_bytes());
            mac
        };
        mac(given).verify(&mac(&self.0).finalize().into_bytes()).is_ok()
    }
}
