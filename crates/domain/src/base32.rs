//! Crockford's base 32: no I, L, O or U, so nothing looks like something else when read aloud or printed.
//! Source: <https://www.crockford.com/base32.html>.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whether a byte is one of the thirty-two.
pub fn is_digit(byte: u8) -> bool {
    ALPHABET.contains(&byte)
}

/// No digit of the alphabet.
const NO_DIGIT: u8 = 255;
/// The value of each ASCII character. A search in the alphabet takes its time over a list of a hundred thousand ids.
const VALUES: [u8; 128] = {
    let mut values = [NO_DIGIT; 128];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// Encodes bytes, most significant bit first; the last character is padded with zero bits.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity((bytes.len() * 8).div_ceil(5));
    each_digit(bytes, |digit| text.push(char::from(digit)));
    text
}

/// The same into an array: a draw hashes the spelling of a hundred thousand ids, which no allocation should slow down.
///
/// `LENGTH` is that of the text; where it is shorter the text is cut off, where it is longer zero bytes are left.
pub fn encode_fixed<const LENGTH: usize>(bytes: &[u8]) -> [u8; LENGTH] {
    let mut text = [0; LENGTH];
    let mut places = text.iter_mut();
    each_digit(bytes, |digit| {
        if let Some(place) = places.next() {
            *place = digit;
        }
    });
    text
}

fn each_digit(bytes: &[u8], mut take: impl FnMut(u8)) {
    let (mut bits, mut held) = (0u32, 0u32);
    for &byte in bytes {
        bits = (bits << 8) | u32::from(byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            take(ALPHABET[(bits >> held) as usize & 31]);
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        take(ALPHABET[(bits << (5 - held)) as usize & 31]);
    }
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
        let value = VALUES[usize::from(character & 127)];
        if value == NO_DIGIT || character > 127 {
            return None;
        }
        bits = (bits << 5) | u32::from(value);
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
            prop_assert_eq!(encode_fixed::<26>(&bytes).to_vec(), encode(&bytes).into_bytes());
        }

        #[test]
        fn text_sorts_as_its_bytes_do(a: [u8; 16], b: [u8; 16]) {
            prop_assert_eq!(encode(&a).cmp(&encode(&b)), a.cmp(&b));
        }
    }
}
