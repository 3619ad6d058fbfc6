//! Numbers as people write them.

use carnival_domain::money::Fen;
pub(crate) use carnival_domain::number::{grouped, plain};

/// `¥49.90`, `¥3,568`.
pub(crate) fn money(amount: Fen) -> String {
    let mut text = "¥".to_owned();
    text.push_str(&grouped(amount.0.unsigned_abs() / 100));
    let fen = amount.0.unsigned_abs() % 100;
    if fen > 0 {
        text.push('.');
        text.push(char::from(b'0' + (fen / 10) as u8));
        text.push(char::from(b'0' + (fen % 10) as u8));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_204_618), "1,204,618");
    }

    #[test]
    fn amounts_show_fen_only_where_there_are_some() {
        assert_eq!(money(Fen(356_800)), "¥3,568");
        assert_eq!(money(Fen(5_990)), "¥59.90");
        assert_eq!(money(Fen(5)), "¥0.05");
    }
}
