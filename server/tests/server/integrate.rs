//! docs/integrate.md is true: its lines are run, its words are looked up.

use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_domain::ids::OfferId;
use serde_json::Value;
use tokio::process::Command;

use crate::stage::{SHOP_KEY, TestApp};

const DOCUMENT: &str = include_str!("../../../docs/integrate.md");

/// The pieces of the document between these words and the next fence.
fn pieces(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let pieces = DOCUMENT.split(fence.as_str()).skip(1);
    pieces.map(|piece| piece.split("```").next().expect("a first part")).collect()
}

#[tokio::test]
async fn the_lines_for_a_checkout_do_what_they_say() {
    let app = TestApp::on_sqlite().await;
    let twice: OfferId = "twice".parse().expect("a slug");
    let key = IdempotencyKey::from_random([1; 16]);
    let code = app.shopper().await.claim_coupon(&twice, &key).await.expect("a coupon").coupon.code;
    let lines = pieces("sh");
    let states = ["claimed", "reserved", "redeemed", "rolled_back"];
    assert_eq!(lines.len(), states.len());
    let mut reservation = String::new();
    for (line, state) in lines.into_iter().zip(states) {
        let mut shell = Command::new("sh");
        shell.args(["-ec", line]).env("NO_PROXY", "127.0.0.1").env("CARNIVAL", app.url(""));
        shell.env("CARNIVAL_SHOP_KEY", SHOP_KEY).env("CODE", &code).env("ORDER", "2026-0618-0001");
        let output = shell.env("RESERVATION", &reservation).output().await.expect("a shell with curl");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{line}: {output:?}"));
        assert_eq!(answer["state"], state, "{line}: {answer}");
        if let Some(id) = answer["reservation_id"].as_str() {
            id.clone_into(&mut reservation);
        }
    }
}

#[test]
fn every_code_in_the_table_is_one_with_that_status() {
    let rows: Vec<_> = DOCUMENT.lines().filter(|line| line.starts_with("| `")).collect();
    assert!(rows.len() > 5);
    for row in rows {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let statuses: Vec<_> = cells[1].split(", ").collect();
        for (place, word) in cells[0].split(", ").enumerate() {
            let code = ErrorCode::ALL.iter().find(|code| format!("`{}`", code.as_str()) == word);
            let code = code.unwrap_or_else(|| panic!("{word} is no code"));
            let status = statuses.get(place).or(statuses.last()).expect("a status");
            assert_eq!(code.status().to_string(), **status, "{word}");
        }
    }
}
