//! Deliveries as CSV, RFC 4180.

use carnival_contract::replies::Delivery;

/// The table, with a head; spreadsheets take it for UTF-8 because of its first character.
pub(super) fn table(deliveries: &[Delivery]) -> String {
    let mut table = String::from("\u{feff}entry_id,draw_id,prize_id,claimed_at,name,phone,address");
    for delivery in deliveries {
        let to = &delivery.to;
        let (entry, claimed_at) = (delivery.entry_id.to_string(), delivery.claimed_at.to_string());
        let cells = [
            &entry,
            delivery.draw_id.as_str(),
            delivery.prize_id.as_str(),
            &claimed_at,
            &to.name,
            &to.phone,
            &to.address,
        ];
        table.push_str("\r\n");
        table.push_str(&cells.map(cell).join(","));
    }
    table
}

/// A cell in quotes. Spreadsheets run what begins like a formula, and shoppers write what they like: so that gets an apostrophe,
/// except for a plain foreign number.
fn cell(text: &str) -> String {
    let is_number = text.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b' '));
    let guard = if text.starts_with(['=', '+', '-', '@']) && !is_number { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_whatever_somebody_wrote_into_it() {
        assert_eq!(cell("张小明"), "\"张小明\"");
        assert_eq!(cell("5\" pipe, yard 2"), "\"5\"\" pipe, yard 2\"");
        assert_eq!(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(cell("+1 212 5550100"), "\"+1 212 5550100\"");
        assert_eq!(cell("+1|calc"), "\"'+1|calc\"");
    }
}
