//! `carnival operator`, against the real program.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;

use crate::client::Shopper;
use crate::process::{Process, carnival};

fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

/// What the command says; an error if it failed.
fn operator(data: &Path, url: &str, words: &[&str]) -> Result<String, String> {
    let data = data.to_str().expect("text");
    let output = carnival(&[&["operator"], words, &["--url", url, "--data-dir", data]].concat());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

#[tokio::test]
async fn a_pause_outlives_a_kill_and_the_countdown_is_where_it_was() {
    let data = tempfile::tempdir().expect("a directory");
    let server = Process::start(data.path(), &[]);
    let ann = Shopper::new(server.url.clone()).await;
    let before = ann.campaign().await.expect("a snapshot").live.round.expect("a round");
    ann.enter_round(before.round_id, &key(1)).await.expect("an entry");
    let said = operator(data.path(), &server.url, &["pause", "--note", "设备检修"]).expect("paused");
    assert!(said.contains("设备检修"), "{said}");
    server.kill();

    let server = Process::start(data.path(), &[]);
    let ben = Shopper::new(server.url.clone()).await;
    let paused = ben.campaign().await.expect("a snapshot").live.round.expect("a round");
    assert_eq!((paused.round_id, paused.participant_count), (before.round_id, 1));
    assert_eq!((paused.closes_at, &paused.draw_id), (before.closes_at, &before.draw_id));
    assert_eq!(paused.paused.as_ref().map(|pause| pause.note.as_str()), Some("设备检修"));
    let refused = ben.enter_round(paused.round_id, &key(1)).await.expect_err("paused");
    assert_eq!(refused.code, ErrorCode::RoundsPaused);
    operator(data.path(), &server.url, &["resume"]).expect("resumed");
    ben.enter_round(paused.round_id, &key(1)).await.expect("an entry");
    let deadline = Instant::now() + Duration::from_secs(5);
    let mut after = before.clone();
    // A frame stands for the better part of a second.
    while after.closes_at == before.closes_at && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(100)).await;
        after = ben.campaign().await.expect("a snapshot").live.round.expect("a round");
    }
    assert!(after.closes_at > before.closes_at, "the clock is extended by the pause");
    let again = operator(data.path(), &server.url, &["resume"]).expect_err("nothing to resume");
    assert!(again.contains("not paused"), "{again}");
}

#[tokio::test]
async fn a_command_that_cannot_be_done_says_why() {
    let data = tempfile::tempdir().expect("a directory");
    let nothing = operator(data.path(), "http://127.0.0.1:1", &["deliveries"]).expect_err("no secret");
    assert!(nothing.contains("no secrets.toml"), "{nothing}");
    assert!(!data.path().join("secrets.toml").exists(), "looking makes none");
    let server = Process::start(data.path(), &[]);
    let none = operator(data.path(), &server.url, &["deliveries", "--csv"]).expect("an empty table");
    assert!(none.starts_with("\u{feff}entry_id,"), "{none}");
    let other = tempfile::tempdir().expect("a directory");
    std::fs::write(other.path().join("secrets.toml"), format!("secret = \"{}\"\n", "0".repeat(64))).expect("a file");
    let foreign = operator(other.path(), &server.url, &["deliveries"]).expect_err("another server's secret");
    assert!(foreign.contains("Only the operator"), "{foreign}");
    let unknown = ["dispatched", "00000000000000000000000000"];
    assert!(operator(data.path(), &server.url, &unknown).is_err(), "nothing was claimed for it");
}

#[test]
fn a_key_that_is_none_starts_nothing() {
    let data = tempfile::tempdir().expect("a directory");
    for (variable, value) in [("CARNIVAL_DELIVERY_KEY", "secret"), ("CARNIVAL_OPERATOR_KEY", "1234")] {
        let mut command: Command = crate::process::serve(data.path(), &[]);
        let output = command.env(variable, value).output().expect("the program");
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(!output.status.success() && said.contains(variable), "{said}");
    }
}
