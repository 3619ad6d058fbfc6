//! `carnival verify`, on what a server gave out.

use std::path::Path;
use std::process::Output;

use carnival_contract::api::CampaignApi as _;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::{ROUND_MS, TARGET};
use serde_json::Value;

use crate::process::carnival;
use crate::stage::TestApp;

/// Each participant writes once.
fn key() -> IdempotencyKey {
    IdempotencyKey::from_random([1; 16])
}

/// The files of somebody who entered a round that was drawn.
async fn files(directory: &Path) {
    let app = TestApp::in_memory().await;
    let ann = app.shopper().await;
    let round = ann.campaign().await.expect("a snapshot").live.round.expect("an open round");
    let mine = ann.enter_round(round.round_id, &key()).await.expect("accepted");
    for _ in 1..TARGET {
        app.shopper().await.enter_round(round.round_id, &key()).await.expect("accepted");
    }
    app.advance_ms(ROUND_MS).await;
    let write = |name: &str, bytes: &[u8]| std::fs::write(directory.join(name), bytes).expect("a file");
    for (name, path) in [
        ("proof.json", carnival_contract::paths::proof(&round.draw_id)),
        ("list.txt", carnival_contract::paths::draw_entries(&round.draw_id)),
        ("path.json", carnival_contract::paths::receipt(&round.draw_id, mine.receipt.entry_id)),
        ("carnival.json", "/.well-known/carnival.json".to_owned()),
    ] {
        let answer = reqwest::get(app.url(&path)).await.expect("an answer");
        write(name, &answer.bytes().await.expect("a body"));
    }
    write("receipt.json", &serde_json::to_vec(&mine).expect("JSON"));
}

fn said(output: &Output) -> String {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout.clone()).expect("text");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[tokio::test]
async fn a_proof_and_a_receipt_are_verified_in_one_line() {
    let scratch = tempfile::tempdir().expect("a directory");
    files(scratch.path()).await;
    let file = |name: &str| scratch.path().join(name).to_str().expect("text").to_owned();
    let (proof, receipt, well_known) = (file("proof.json"), file("receipt.json"), file("carnival.json"));

    let held = carnival(&["verify", &proof]);
    assert!(held.status.success());
    let line = said(&held);
    assert!(line.contains("holds: commitment, ") && line.contains("Without a beacon"), "{line}");

    let held = carnival(&["verify", &proof, "--receipt", &receipt, "--key", &well_known]);
    assert!(held.status.success());
    let line = said(&held);
    assert!(line.contains("signed by the key of ") && line.contains("its path leads to the root"), "{line}");
    let held = carnival(&["verify", &proof, "--receipt", &file("path.json"), "--json"]);
    let told: Value = serde_json::from_str(&said(&held)).expect("JSON");
    assert_eq!((&told["holds"], &told["receipt"]["key_from"]), (&Value::Bool(true), &Value::Null));

    let no_key = carnival(&["verify", &proof, "--receipt", &receipt]);
    assert_eq!(no_key.status.code(), Some(1));
    assert!(said(&no_key).contains("give --key"));
}

#[tokio::test]
async fn what_does_not_hold_is_named_and_ends_with_status_1() {
    let scratch = tempfile::tempdir().expect("a directory");
    files(scratch.path()).await;
    let file = |name: &str| scratch.path().join(name).to_str().expect("text").to_owned();
    let text = std::fs::read_to_string(scratch.path().join("proof.json")).expect("the proof");
    let mut document: Value = serde_json::from_str(&text).expect("JSON");

    let list = document.as_object_mut().and_then(|proof| proof.remove("entries")).expect("a list");
    document["entries_url"] = "/api/v1/draws/x/entries".into();
    std::fs::write(scratch.path().join("linked.json"), document.to_string()).expect("a file");
    let linked = file("linked.json");
    let without = carnival(&["verify", &linked]);
    assert_eq!(without.status.code(), Some(1));
    let line = said(&without);
    assert!(line.contains("does not hold: entries: ") && line.contains("--entries"), "{line}");
    assert!(carnival(&["verify", &linked, "--entries", &file("list.txt")]).status.success());

    document["entries"] = list;
    document["seed"] = "0".repeat(64).into();
    document.as_object_mut().and_then(|proof| proof.remove("entries_url")).expect("a link");
    std::fs::write(scratch.path().join("lie.json"), document.to_string()).expect("a file");
    let lie = carnival(&["verify", &file("lie.json")]);
    assert_eq!(lie.status.code(), Some(1));
    assert!(said(&lie).contains("lie.json does not hold: commitment: the SHA-256 of `seed` is not `commitment`."));
    let told: Value = serde_json::from_str(&said(&carnival(&["verify", "--json", &file("lie.json")]))).expect("JSON");
    assert_eq!((&told["step"], &told["fields"][1]), (&Value::from("commitment"), &Value::from("seed")));

    let nowhere = carnival(&["verify", &file("nowhere.json")]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("nowhere.json can't be read"));
}
