//! What files of codes may look like, and what is said of those that may not.

use super::super::read;
use super::*;

const DEMO: &str = include_str!("../../../../campaign.toml");

/// The demo with the codes of its first offer in a file; `stock` is what stands in the place of its stock.
fn loaded(file: &[u8], stock: &str) -> Result<CampaignFile, Vec<String>> {
    assert!(DEMO.contains("stock = 6180"), "the demo no longer has that stock");
    let campaign = DEMO.replacen("stock = 6180", &format!("codes = \"codes/all.csv\"\n{stock}"), 1);
    let first_start = "2026-06-18T20:00:00+08:00".parse().expect("RFC 3339");
    let mut campaign = read(&campaign, first_start).expect("a right file");
    let outcome = campaign.load_codes(|name| {
        assert_eq!(name, "codes/all.csv");
        Ok(file.to_owned())
    });
    outcome.map(|()| campaign).map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect())
}

fn codes(file: &[u8]) -> Vec<(u32, String)> {
    let campaign = loaded(file, "").expect("a right file of codes");
    campaign.codes[0].codes.iter().map(|code| (code.line, code.code.clone())).collect()
}

fn mistakes(file: &[u8]) -> Vec<String> {
    loaded(file, "").expect_err("mistakes")
}

fn three() -> Vec<(u32, String)> {
    [(1, "AAAA-1111"), (2, "BBBB-2222"), (3, "cccc_3.33")].map(|(line, code)| (line, code.to_owned())).to_vec()
}

#[test]
fn codes_are_read_however_a_spreadsheet_saves_them() {
    for file in [
        "AAAA-1111\nBBBB-2222\ncccc_3.33\n",
        "AAAA-1111\r\nBBBB-2222\r\ncccc_3.33",
        "\u{feff}AAAA-1111\r\nBBBB-2222\r\ncccc_3.33\r\n\r\n",
        "\"AAAA-1111\"\n\"BBBB-2222\"\n cccc_3.33 \n",
    ] {
        let read: Vec<_> = loaded(file.as_bytes(), "").map_or_else(
            |told| panic!("{file:?}: {told:?}"),
            |read| read.codes[0].codes.iter().map(|code| (code.line, code.code.clone())).collect(),
        );
        assert_eq!(read, three(), "{file:?}");
    }
    assert_eq!(codes(b"Code\r\nAAAA-1111\r\n"), [(2, "AAAA-1111".to_owned())]);
    assert_eq!(codes("\u{feff}code\n\nAAAA-1111\n".as_bytes()), [(3, "AAAA-1111".to_owned())]);
}

#[test]
fn the_stock_is_the_number_of_codes() {
    let campaign = loaded(b"AAAA-1111\nBBBB-2222\n", "").expect("right");
    assert_eq!(campaign.campaign.offers[0].stock, 2);
    assert!(campaign.campaign.codes.is_imported(&campaign.campaign.offers[0].id));
    assert!(loaded(b"AAAA-1111\nBBBB-2222\n", "stock = 2").is_ok());
    let told = loaded(b"AAAA-1111\nBBBB-2222\n", "stock = 3").expect_err("another number");
    assert_eq!(told, ["codes/all.csv: it has 2 codes, but the stock of all-50 is 3"]);
}

#[test]
fn every_bad_line_is_told_with_its_number() {
    let long = "x".repeat(65);
    let file =
        format!("AAAA-1111\r\nshort\r\n{long}\r\n\"\"\r\nAAAA-1111\r\n优惠券代码\r\nAAAA-2222,5\r\nA B C D E\r\n");
    assert_eq!(
        mistakes(file.as_bytes()),
        [
            "codes/all.csv:2: “short” is shorter than 6 characters: it could be guessed",
            "codes/all.csv:3: this code is longer than 64 characters",
            "codes/all.csv:4: there is no code on this line",
            "codes/all.csv:5: “AAAA-1111” was there before: codes/all.csv:1",
            "codes/all.csv:6: '优' can't be in a code; letters, digits, -, _ and . can",
            "codes/all.csv:7: there are 2 columns, where one was expected",
            "codes/all.csv:8: ' ' can't be in a code; letters, digits, -, _ and . can",
        ]
    );
}

#[test]
fn a_file_without_codes_or_without_text_is_told_so() {
    assert_eq!(mistakes(b""), ["codes/all.csv: there is no code in it"]);
    assert_eq!(mistakes(b"code\n"), ["codes/all.csv: there is no code in it"]);
    let utf_16 = b"AAAA-1111\nB\xff\xfeB\n";
    assert_eq!(mistakes(utf_16), ["codes/all.csv:2: this is not UTF-8 text; save the file as CSV UTF-8"]);
    let unclosed = b"AAAA-1111\n\"BBBB-2222\nCCCC-3333\n";
    assert_eq!(mistakes(unclosed), ["codes/all.csv:2: '\\n' can't be in a code; letters, digits, -, _ and . can"]);
}
