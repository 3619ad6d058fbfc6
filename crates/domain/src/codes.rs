//! Where coupons' codes come from: made by the server, or brought along by the operator.

use serde::{Deserialize, Serialize};

use crate::base32;
use crate::ids::OfferId;

/// Shorter codes can be guessed by trying them out; look-ups are limited, but not to nothing.
pub const CODE_MIN_LENGTH: usize = 6;
/// Longer codes fit into no shop's field.
pub const CODE_MAX_LENGTH: usize = 64;
/// A prefix is for people, who see at a glance what a code is from.
pub const PREFIX_MAX_LENGTH: usize = 8;

/// A campaign's codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeSettings {
    /// What every made code begins with.
    pub prefix: Option<String>,
    /// The offers whose codes were brought along.
    pub imported: Vec<OfferId>,
}

impl CodeSettings {
    /// Whether an offer's codes were brought along.
    pub fn is_imported(&self, offer: &OfferId) -> bool {
        self.imported.contains(offer)
    }

    /// A made code with the campaign's prefix before it.
    #[must_use]
    pub fn prefixed(&self, code: String) -> String {
        match &self.prefix {
            Some(prefix) => [prefix, "-", &code].concat(),
            None => code,
        }
    }
}

/// The codes that the operator brings along for an offer, in the order in which they are to be given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtCodes {
    /// Whose.
    pub offer_id: OfferId,
    /// The name of the file that they are from.
    pub file: String,
    /// All of them, none twice.
    pub codes: Vec<BroughtCode>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtCode {
    /// The line of the file that it is from.
    pub line: u32,
    /// The code.
    pub code: String,
}

/// Whether a text can stand before codes: short, and of their own letters, none of which looks like another.
pub fn is_prefix(text: &str) -> bool {
    (1..=PREFIX_MAX_LENGTH).contains(&text.len()) && text.bytes().all(base32::is_digit)
}

/// Why a text cannot be a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// It is shorter than [`CODE_MIN_LENGTH`].
    TooShort,
    /// It is longer than [`CODE_MAX_LENGTH`].
    TooLong,
    /// It has something in it that is no letter, digit, `-`, `_` or `.`.
    BadCharacter(char),
}

/// Checks a code that was brought along. What it may be made of passes through every URL, form and log unchanged.
pub fn check_code(text: &str) -> Result<(), CodeFault> {
    let odd = text.chars().find(|c| !c.is_ascii_alphanumeric() && !"-_.".contains(*c));
    match (odd, text.len()) {
        (Some(odd), _) => Err(CodeFault::BadCharacter(odd)),
        (None, ..CODE_MIN_LENGTH) => Err(CodeFault::TooShort),
        (None, CODE_MIN_LENGTH..=CODE_MAX_LENGTH) => Ok(()),
        (None, _) => Err(CodeFault::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coupon::coupon_code;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_neither_short_nor_long_nor_odd() {
        assert_eq!(check_code("abc-12_3.X"), Ok(()));
        assert_eq!(check_code("12345"), Err(CodeFault::TooShort));
        assert_eq!(check_code(&"a".repeat(65)), Err(CodeFault::TooLong));
        assert_eq!(check_code("abc 123"), Err(CodeFault::BadCharacter(' ')));
        assert_eq!(check_code("优惠"), Err(CodeFault::BadCharacter('优')));
        assert_eq!(check_code("abc123/"), Err(CodeFault::BadCharacter('/')));
    }

    #[test]
    fn a_prefix_has_no_letter_that_looks_like_another() {
        assert!(is_prefix("618") && is_prefix("XMAS"));
        for bad in ["", "SOLD", "abc", "123456789", "A-B"] {
            assert!(!is_prefix(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_made_code_is_a_code_and_has_no_letter_that_looks_like_another(random: [u8; 8]) {
            let settings = CodeSettings { prefix: Some("XMAS2026".to_owned()), imported: Vec::new() };
            let code = settings.prefixed(coupon_code(random));
            prop_assert_eq!(check_code(&code), Ok(()));
            prop_assert!(!code.contains(['I', 'L', 'O', 'U']), "{}", code);
        }

        #[test]
        fn two_made_codes_are_alike_only_if_their_sixty_bits_are(a: [u8; 8], b: [u8; 8]) {
            let bits = |random| u64::from_be_bytes(random) >> 4;
            prop_assert_eq!(coupon_code(a) == coupon_code(b), bits(a) == bits(b));
        }
    }
}
