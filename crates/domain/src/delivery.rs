//! Where a prize goes: what is asked, how it is checked, and as what it is shown.
//!
//! Checks are gentle. What is certainly no name, number or address is refused; what only looks unusual is told beside the
//! field and taken, for prizes are won by people with foreign numbers too.

use serde::{Deserialize, Serialize};

/// The longest name, in characters.
pub const NAME_MAX: usize = 40;
/// The longest telephone number as it is written, in characters; E.164 has 15 digits, and people write blanks.
pub const PHONE_MAX: usize = 24;
/// The fewest digits of a telephone number that a courier can call.
const PHONE_DIGITS_MIN: usize = 5;
/// The shortest and the longest address, in characters.
pub const ADDRESS_MIN: usize = 5;
/// See [`ADDRESS_MIN`].
pub const ADDRESS_MAX: usize = 200;
/// How much of an address is shown back.
const ADDRESS_SHOWN: usize = 6;

/// Whom a prize goes to, and where.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryForm {
    /// Who takes it.
    pub name: String,
    /// Their telephone number.
    pub phone: String,
    /// Their address, on one line.
    pub address: String,
}

/// A log that prints a struct must not print where somebody lives.
impl std::fmt::Debug for DeliveryForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeliveryForm")
    }
}

/// One field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryField {
    /// The name.
    Name,
    /// The telephone number.
    Phone,
    /// The address.
    Address,
}

impl DeliveryField {
    /// The field's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Address => "address",
        }
    }
}

impl DeliveryForm {
    /// The form as it is kept: without blanks around, and with line breaks as blanks.
    ///
    /// # Errors
    /// The first field that can't be right.
    pub fn checked(&self) -> Result<Self, DeliveryField> {
        let form = Self {
            name: on_one_line(&self.name),
            phone: on_one_line(&self.phone),
            address: on_one_line(&self.address),
        };
        let length = |text: &str| text.chars().count();
        if !(1..=NAME_MAX).contains(&length(&form.name)) {
            return Err(DeliveryField::Name);
        }
        let is_dialled = |char: char| char.is_ascii_digit() || " +-()#*".contains(char);
        let digits = form.phone.bytes().filter(u8::is_ascii_digit).count();
        if digits < PHONE_DIGITS_MIN || form.phone.len() > PHONE_MAX || !form.phone.chars().all(is_dialled) {
            return Err(DeliveryField::Phone);
        }
        if !(ADDRESS_MIN..=ADDRESS_MAX).contains(&length(&form.address)) {
            return Err(DeliveryField::Address);
        }
        Ok(form)
    }

    /// As much as tells who gave it that it is what they gave, and nobody else anything.
    pub fn summary(&self) -> DeliverySummary {
        DeliverySummary {
            name: masked_name(&self.name),
            phone: masked_phone(&self.phone),
            address: self.address.chars().take(ADDRESS_SHOWN).chain("…".chars()).collect(),
        }
    }
}

/// A form as it is shown back: masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverySummary {
    /// Such as `张**`.
    pub name: String,
    /// Such as `138****8000`.
    pub phone: String,
    /// Its first characters.
    pub address: String,
}

fn on_one_line(text: &str) -> String {
    let words = text.split(|char: char| char.is_whitespace() || char.is_control()).filter(|word| !word.is_empty());
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn masked_name(name: &str) -> String {
    name.chars().take(1).chain("**".chars()).collect()
}

fn masked_phone(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    // Of a short number, the ends alone would be most of it.
    let (head, tail) = if digits.len() >= 11 { (3, 4) } else { (0, 2) };
    [&digits[..head], "****", &digits[digits.len() - tail..]].concat()
}

/// Whether this is written like a mobile number of mainland China. Anything else is worth a second look there, no more.
pub fn is_mainland_mobile(phone: &str) -> bool {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    let bytes = national.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, phone: &str, address: &str) -> DeliveryForm {
        DeliveryForm { name: name.to_owned(), phone: phone.to_owned(), address: address.to_owned() }
    }

    #[test]
    fn what_can_be_delivered_to_is_taken_wherever_it_is() {
        for right in [
            form(" 张小明 ", "138 0013 8000", "北京市朝阳区星光路 6 号\n618 室"),
            form("J", "+1 (212) 555-0100", "5 Broadway, New York"),
        ] {
            assert!(right.checked().is_ok());
        }
        let kept = form(" 张小明 ", "13800138000", "北京市\n 朝阳区 ").checked().expect("right");
        assert_eq!((kept.name.as_str(), kept.address.as_str()), ("张小明", "北京市 朝阳区"));
    }

    #[test]
    fn what_cannot_be_right_is_named_by_its_field() {
        let fault = |name: &str, phone: &str, address: &str| form(name, phone, address).checked().err();
        assert_eq!(fault(" ", "13800138000", "北京市朝阳区"), Some(DeliveryField::Name));
        assert_eq!(fault(&"长".repeat(NAME_MAX + 1), "13800138000", "北京市朝阳区"), Some(DeliveryField::Name));
        for phone in ["", "1234", "call me", "一三八", &"1".repeat(PHONE_MAX + 1)] {
            assert_eq!(fault("张", phone, "北京市朝阳区"), Some(DeliveryField::Phone), "{phone}");
        }
        for address in ["", "北京", &"长".repeat(ADDRESS_MAX + 1)] {
            assert_eq!(fault("张", "13800138000", address), Some(DeliveryField::Address), "{address}");
        }
    }

    #[test]
    fn a_summary_tells_nobody_where_somebody_lives() {
        let summary = form("张小明", "138 0013 8000", "北京市朝阳区星光路 6 号").summary();
        assert_eq!((summary.name.as_str(), summary.phone.as_str()), ("张**", "138****8000"));
        assert_eq!(summary.address, "北京市朝阳区…");
        assert_eq!(form("J", "55501", "somewhere").summary().phone, "****01");
    }

    #[test]
    fn an_unusual_number_is_told_from_a_mainland_one() {
        for usual in ["13800138000", "138-0013-8000", "+86 138 0013 8000"] {
            assert!(is_mainland_mobile(usual), "{usual}");
        }
        for unusual in ["12800138000", "1380013800", "+1 212 555 0100", "01012345678"] {
            assert!(!is_mainland_mobile(unusual), "{unusual}");
        }
    }
}
