//! A campaign is played from beginning to end, and every proof of it is checked twice: by `carnival-proof`, and by a
//! checker in Python that was written from docs/draw.md alone. Then each field of the proofs is changed.

mod changes;
mod independent;
mod play;

use carnival_domain::draw::fault::Step;
use carnival_proof::whole::{Given, check};
use changes::{Change, changes_of};
use independent::{Told, independently};
use play::{Played, draw_with_beacon, draws_of_fans, play};

/// Enough rounds for roll-overs of one, two and three rounds, and for draws with everything in them.
const ROUNDS: u32 = 240;

fn ours(proof: &[u8], list: Option<&[u8]>) -> Told {
    match check(&Given { proof, list, ..Given::default() }) {
        Ok(_) => Told { holds: true, step: None },
        Err(failed) => Told { holds: false, step: Some(failed.step.as_str().to_owned()) },
    }
}

/// Proofs that differ in what they have: each thing there is, in one of them at least.
fn kinds(played: &Played) -> Vec<&play::Draw> {
    let has =
        |wanted: fn(&play::Draw) -> bool| played.draws.iter().find(|draw| wanted(draw)).expect("one of this kind");
    vec![
        has(|draw| !draw.proof.passed_over.is_empty() && draw.proof.reserves.len() == 1),
        has(|draw| draw.proof.passed_over.is_empty() && !draw.proof.reserves.is_empty()),
        has(|draw| draw.proof.prizes[0].count > 2),
        has(|draw| draw.proof.reserves.is_empty()),
        has(|draw| draw.entries.len() > 12),
    ]
}

#[test]
fn both_checkers_agree_with_every_proof() {
    let played = play(ROUNDS);
    assert!(played.draws.len() > 80, "{} draws", played.draws.len());
    assert!(played.draws.iter().any(|draw| draw.proof.passed_over.len() > 1), "somebody is passed over twice");
    let (with_beacon, of_fans) = (draw_with_beacon(), draws_of_fans());
    assert_eq!(of_fans.len(), 2, "those of the first two stars");
    assert!(
        of_fans.iter().any(|draw| !draw.proof.passed_over.is_empty()),
        "one person wins once among the fans as well"
    );
    let draws = || played.draws.iter().chain(&of_fans).chain([&with_beacon]);
    let documents: Vec<_> = draws().map(|draw| draw.document.clone()).collect();
    let theirs = independently(&documents);
    for (draw, theirs) in draws().zip(theirs) {
        assert_eq!(ours(&draw.document, None), Told { holds: true, step: None }, "{}", draw.proof.draw_id);
        assert_eq!(theirs, Told { holds: true, step: None }, "{}", draw.proof.draw_id);
    }
}

#[test]
fn every_change_of_any_field_is_caught_and_named_by_both() {
    let (played, with_beacon) = (play(ROUNDS), draw_with_beacon());
    let mut changed = changes_of(&with_beacon.document);
    for draw in kinds(&played) {
        changed.extend(changes_of(&draw.document));
    }
    assert!(changed.len() > 2_000, "{} changes", changed.len());
    let documents: Vec<_> = changed.iter().map(|change| change.document.clone()).collect();
    for (change, theirs) in changed.iter().zip(independently(&documents)) {
        assert_eq!(ours(&change.document, None), theirs, "{}: {}", change.what, text(change));
        match check(&Given { proof: &change.document, ..Given::default() }) {
            Ok(held) => {
                let uncovered = held.verdict.uncovered;
                assert!(change.may_go_unseen(&uncovered), "{} went unseen: {}", change.what, text(change));
            }
            Err(failed) => {
                let told = format!("{}: {} {:?}", change.what, failed.because, failed.fields);
                assert!(change.is_named_by(&failed), "{told}");
            }
        }
    }
}

#[test]
fn a_receipt_holds_in_its_own_draw_alone_and_any_change_of_it_is_caught() {
    let played = play(30);
    let (draw, other) = (&played.draws[0], &played.draws[1]);
    let given = |proof: &[u8], receipt: &[u8]| {
        check(&Given { proof, receipt: Some(receipt), key: Some(&played.key), list: None })
    };
    for receipt in &draw.receipts {
        let held = given(&draw.document, receipt).expect("it holds").receipt.expect("there is one");
        assert!(held.is_signed);
        let failed = given(&other.document, receipt).expect_err("another draw");
        assert_eq!((failed.step, failed.fields), (Step::Receipt, vec!["draw_id".to_owned()]));
    }
    for change in changes_of(&draw.receipts[0]) {
        let failed = given(&draw.document, &change.document);
        // The round and the number of participants are not signed: a receipt is for a draw.
        let free = change.what.ends_with("round_id") || change.what.ends_with("participant_count");
        assert!(failed.is_err() || free, "{} went unseen: {}", change.what, text(&change));
    }
    let no_key = check(&Given { proof: &draw.document, receipt: Some(&draw.receipts[0]), ..Given::default() });
    assert_eq!(no_key.expect_err("no key").fields, ["public_key"]);
}

#[test]
fn a_list_that_is_linked_to_is_asked_for_and_held_against_the_root() {
    let played = play(30);
    let draw = &played.draws[0];
    let mut linked = draw.proof.clone();
    linked.entries_url = Some("/api/v1/draws/x/entries".to_owned());
    let linked = serde_json::to_vec(&linked).expect("JSON");
    let missing = check(&Given { proof: &linked, ..Given::default() }).expect_err("no list");
    assert_eq!(missing.step, Step::Entries);
    assert!(
        missing.because.contains("/api/v1/draws/x/entries") && missing.because.contains("--entries"),
        "{missing:?}"
    );
    let list: String = draw.entries.iter().map(|id| format!("{id}\n")).collect();
    assert!(ours(&linked, Some(list.as_bytes())).holds);
    let short = list.split_once('\n').expect("two lines").1;
    assert_eq!(ours(&linked, Some(short.as_bytes())).step.as_deref(), Some("root"));
}

#[test]
fn what_is_no_proof_is_refused_with_its_place() {
    let document = &play(30).draws[0].document;
    let text = String::from_utf8(document.clone()).expect("text");
    let because = |text: &str| {
        let failed = check(&Given { proof: text.as_bytes(), ..Given::default() }).expect_err("no proof");
        assert_eq!(failed.step, Step::Document);
        failed.because
    };
    assert!(because("").contains("line 1 column 0"));
    assert!(because(&text[..text.len() / 2]).contains("line 1 column"));
    assert!(because(&text.replacen("\"seed\"", "\"sead\"", 1)).contains("unknown field `sead`"));
    assert!(because(&text.replacen('{', "{\"version\":\"x\",", 1)).contains("duplicate field `version`"));
    assert!(because(&(text.clone() + "x")).contains("trailing characters"));
    let short_hex = because(&text.replacen("\"seed\":\"", "\"seed\":\"0", 1));
    assert!(short_hex.starts_with("`seed`: expected 64 lower-case hex digits"), "{short_hex}");
}

fn text(change: &Change) -> String {
    String::from_utf8_lossy(&change.document).into_owned()
}
