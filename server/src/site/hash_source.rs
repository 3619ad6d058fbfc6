//! The hash by which a policy allows one inline script or style.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The source expression, with a space before it.
pub(super) fn hash_source(text: &str) -> String {
    format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_hash_of_the_standards_example() {
        // The example of the standard: https://www.w3.org/TR/CSP3/#external-hash
        assert_eq!(hash_source("alert('Hello, world.');"), " 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }
}
