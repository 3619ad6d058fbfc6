//! Crockford's base 32: no I, L, O or U, so nothing looks like something else when read aloud or printed.
//! Source: <https://www.crockford.com/base32.html>.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whether a byte is one of the thirty-two.
pub fn is_digit(byte: u8) -> bool {
    ALPHABET.contains(&byte)
}

/// Encodes bytes, most significant bit first; the last character is padded with zero bits.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity((bytes.len() * 8).div_ceil(5));
    let (mut bits, mut held) = (0u32, 0u32);
    for &byte in bytes {
        bits = (bits << 8) | u32::from(byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(ALPHABET[(bits >> held) as usize & 31]));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(char::from(ALPHABET[(bits << (5 - held)) as usize & 31]));
    }
    text
}

/// Decodes exactly `N` bytes. Only the canonical form is taken (upper case, zero padding bits), so that an
/// id has one spelling and its bytes sort as its text does.
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != (N * 8).div_ceil(5) {
        return None;
    }
    let mut bytes = [0u8; N];
    let (mut bits, mut held, mut at) = (0u32, 0u32, 0);
    for character in text.bytes() {
        let value = ALPHABET.iter().position(|&known| known == character)?;
        bits = (bits << 5) | value as u32;
        held += 5;
        if held >= 8 && at < N {
            held -= 8;
            bytes[at] = (bits >> held) as u8;
            at += 1;
            bits &= (1 << held) - 1;
        }
    }
    (bits == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sixteen_bytes_take_twenty_six_characters() {
        assert_eq!(encode(&[0; 16]), "0".repeat(26));
        assert_eq!(encode(&[255; 16]), format!("{}W", "Z".repeat(25)));
    }

    #[test]
    fn a_second_spelling_of_an_id_is_refused() {
        assert_eq!(decode::<16>(&"z".repeat(26)), None);
        assert_eq!(decode::<16>(&format!("{}1", "0".repeat(25))), None);
        assert_eq!(decode::<16>("0"), None);
    }

    proptest! {
        #[test]
        fn what_is_encoded_can_be_decoded(bytes: [u8; 16]) {
            prop_assert_eq!(decode::<16>(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn text_sorts_as_its_bytes_do(a: [u8; 16], b: [u8; 16]) {
            prop_assert_eq!(encode(&a).cmp(&encode(&b)), a.cmp(&b));
        }
    }
}
