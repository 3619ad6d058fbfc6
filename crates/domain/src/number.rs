//! Numbers as people write them.

/// A number with its thousands apart: `1,234,567`.
pub fn grouped(number: u64) -> String {
    let mut text = String::new();
    push(number, 1, ",", &mut text);
    text
}

/// A number's digits and nothing else. `to_string` says the same by way of formatting, which a page would have to fetch.
pub fn plain(number: impl Into<u64>) -> String {
    let mut text = String::new();
    push_plain(number.into(), &mut text);
    text
}

/// The same at the end of a text that is there.
pub fn push_plain(number: u64, text: &mut String) {
    push(number, 1, "", text);
}

/// Writes a number whose last digit is this one from behind.
fn push(number: u64, place: u32, apart: &str, text: &mut String) {
    if number >= 10 {
        push(number / 10, place + 1, apart, text);
        if place.is_multiple_of(3) {
            text.push_str(apart);
        }
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([grouped(0), grouped(999), grouped(1000), grouped(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn digits_are_those_that_formatting_writes() {
        for number in [0, 7, 10, 999, 1000, 1_204_618, u64::MAX] {
            assert_eq!(plain(number), number.to_string());
        }
    }
}
