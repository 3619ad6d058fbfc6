//! `carnival check` and `serve` on files that are right and touch rules all the same.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::{carnival, demo};

/// The demo with a text that pays for sharing, and with other lines changed.
fn inducing(directory: &Path, changes: &[(&str, &str)]) -> PathBuf {
    let mut text = std::fs::read_to_string(demo()).expect("the demo");
    for (from, to) in [("一起来逛逛", "分享后领券")].iter().chain(changes) {
        assert!(text.contains(from), "the demo no longer says {from}");
        text = text.replacen(from, to, 1);
    }
    let path = directory.join("campaign.toml");
    std::fs::write(&path, text).expect("a file");
    path
}

#[test]
fn check_and_serve_refuse_what_is_not_acknowledged_in_the_same_words() {
    let scratch = tempfile::tempdir().expect("a directory");
    let file = inducing(scratch.path(), &[]);
    let (file, data) = (file.to_str().expect("text"), scratch.path().join("data"));
    let check = carnival(&["check", file]);
    let data_dir = data.to_str().expect("text");
    let serve = carnival(&["serve", "--port", "0", "--campaign", file, "--data-dir", data_dir]);
    assert_eq!((check.status.code(), serve.status.code()), (Some(1), Some(1)));
    assert_eq!(check.stderr, serve.stderr);
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    for part in
        ["campaign.toml:17:", "campaign.share_title.zh", "share-as-condition", "Rule: ", "Remedy: ", "acknowledge = ["]
    {
        assert!(told.contains(part), "{told}");
    }
    assert!(!data.exists(), "nothing was touched");
}

#[test]
fn what_is_acknowledged_starts_and_is_still_told() {
    let scratch = tempfile::tempdir().expect("a directory");
    let line = "policy = \"strict\"";
    let known = format!("{line}\nacknowledge = [\"share-as-condition\", \"reward-for-sharing\"]");
    let file = inducing(scratch.path(), &[(line, &known)]);
    let output = carnival(&["check", file.to_str().expect("text")]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("is right") && told.contains("Acknowledged: "), "{told}");
}

#[test]
fn machines_are_told_the_same() {
    let scratch = tempfile::tempdir().expect("a directory");
    let file = inducing(scratch.path(), &[]);
    let json = |file: &str| {
        let output = carnival(&["check", "--json", file]);
        let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (output.status.code(), told)
    };
    let (status, told) = json(file.to_str().expect("text"));
    assert_eq!((status, &told["is_right"]), (Some(1), &Value::Bool(false)));
    assert_eq!(told["findings"][0]["line"], 17);
    assert_eq!(told["findings"][0]["rule"]["standing"], "second-hand");
    let bad = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/campaigns/bad.toml");
    let (status, told) = json(bad.to_str().expect("text"));
    let golden = include_str!("../campaigns/bad.expected.txt").lines().count();
    assert_eq!((status, told["mistakes"].as_array().map(Vec::len)), (Some(1), Some(golden)));
    let (status, told) = json(demo().to_str().expect("text"));
    assert_eq!((status, &told["findings"]), (Some(0), &serde_json::json!([])), "{told}");
}

#[test]
fn advice_does_not_keep_a_campaign_from_starting() {
    let demo = demo();
    let output = carnival(&["check", demo.to_str().expect("text"), "--public-url", "http://example.com"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success());
    assert!(told.contains("url-is-not-https") && told.contains("url-is-main-domain"), "{told}");
}

#[test]
fn a_budget_is_held_before_the_start_and_shown_by_every_simulation() {
    let scratch = tempfile::tempdir().expect("a directory");
    let with = |budget: &str| {
        let text = std::fs::read_to_string(demo()).expect("the demo");
        let line = format!("days = 18\nbudget = \"{budget}\"");
        let path = scratch.path().join("budget.toml");
        std::fs::write(&path, text.replacen("days = 18", &line, 1)).expect("a file");
        path.to_str().expect("text").to_owned()
    };
    let small = with("500000.00");
    let (check, serve) = (carnival(&["check", &small]), carnival(&["serve", "--port", "0", "--campaign", &small]));
    assert_eq!((check.status.code(), serve.status.code()), (Some(1), Some(1)));
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    assert!(told.contains("campaign.budget: expected at least") && told.contains("found \"500000.00\""), "{told}");
    let enough = with("30000000.00");
    let told = String::from_utf8_lossy(&carnival(&["check", &enough]).stdout).into_owned();
    assert!(told.contains("At the very most it costs ¥") && told.contains("of a budget of ¥30000000."), "{told}");
    let simulated = carnival(&["simulate", &enough, "--people", "500", "--runs", "2"]);
    let told = String::from_utf8_lossy(&simulated.stdout).into_owned();
    assert!(told.contains("The budget of ¥30000000 was not enough in 0.0 runs of 100"), "{told}");
}
