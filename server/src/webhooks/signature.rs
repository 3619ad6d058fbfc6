//! Signing messages as Standard Webhooks 1.0 wants it: HMAC-SHA-256 over id, time and body.
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

const PREFIX: &str = "whsec_";
/// The specification's limits, bytes.
const SECRET_MIN: usize = 24;
const SECRET_MAX: usize = 64;

/// What an endpoint knows us by.
#[derive(Clone)]
pub(super) struct WebhookSecret(Vec<u8>);

impl WebhookSecret {
    /// A secret in its written form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (SECRET_MIN..=SECRET_MAX).contains(&bytes.len()).then_some(Self(bytes))
    }

    fn sign(&self, webhook_id: &str, sent_at_s: i64, body: &str) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(format!("{webhook_id}.{sent_at_s}.").as_bytes());
        mac.update(body.as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for WebhookSecret {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret")
    }
}

/// The header `webhook-signature`: one signature with each secret, for the time in which one takes over from another.
pub(super) fn signatures(secrets: &[WebhookSecret], webhook_id: &str, sent_at_s: i64, body: &str) -> String {
    let signed: Vec<_> = secrets.iter().map(|secret| secret.sign(webhook_id, sent_at_s, body)).collect();
    signed.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn a_message_is_signed_as_the_specification_signs_it() {
        let secret = WebhookSecret::parse(SECRET).expect("a secret");
        let signed = signatures(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn while_one_secret_takes_over_from_another_both_sign() {
        let other = WebhookSecret::parse(&format!("whsec_{}", STANDARD.encode([7; 32]))).expect("a secret");
        let secrets = [other, WebhookSecret::parse(SECRET).expect("a secret")];
        let signed = signatures(&secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        let (new, old) = signed.split_once(' ').expect("two");
        assert_eq!(old, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_ne!(new, old);
    }

    #[test]
    fn a_secret_has_its_form_and_its_length() {
        let of = |length| WebhookSecret::parse(&format!("whsec_{}", STANDARD.encode(vec![1; length]))).is_some();
        assert!(of(24) && of(64) && !of(23) && !of(65));
        assert!(WebhookSecret::parse("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_none());
        assert!(WebhookSecret::parse("whsec_no base64").is_none());
    }

    #[test]
    fn a_log_line_shows_no_secret() {
        assert_eq!(format!("{:?}", WebhookSecret::parse(SECRET).expect("a secret")), "WebhookSecret");
    }
}
