//! Erasing oneself, down to the bytes on the disk.

use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::paths;
use carnival_contract::replies::{EntryAccepted, Me};
use carnival_contract::requests::MakeLink;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::{ROUND_MS, TARGET, slug};
use carnival_domain::share_token::{Channel, Landing};
use carnival_server::http::rate::{Rate, Rates};
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, SET_COOKIE};

use crate::client::{cookie_of, http, problem};
use crate::process::carnival;
use crate::stage::{TestApp, Wish};

fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

#[tokio::test]
async fn the_export_is_a_file_with_a_name() {
    let app = TestApp::on_sqlite().await;
    let ann = app.shopper().await;
    ann.cast_vote(&slug("ben"), &key(1)).await.expect("a vote");
    let answer = ann.get(paths::ME_EXPORT).send().await.expect("an answer");
    assert_eq!(answer.headers()[CONTENT_TYPE], "application/json");
    assert_eq!(answer.headers()[CONTENT_DISPOSITION], "attachment; filename=\"carnival-scenarios.json\"");
    let text = answer.text().await.expect("text");
    assert!(text.contains("\n  \"votes\": [\n"), "people can read it: {text}");
}

#[tokio::test]
async fn whoever_asks_for_sweeps_without_end_is_told_to_wait() {
    let rates = Rates { sweeps_of_participant: Rate { per_second: 1, burst: 2 }, ..Rates::default() };
    let app = TestApp::with(Wish { rates, ..Wish::default() }).await;
    let ann = app.shopper().await;
    for path in [paths::ME_EXPORT, paths::ME_REACH] {
        assert!(ann.get(path).send().await.expect("an answer").status().is_success());
    }
    let too_often = problem(ann.get(paths::ME_EXPORT).send().await.expect("an answer")).await;
    assert_eq!(too_often.code, ErrorCode::RateLimited);
    assert!(app.shopper().await.reach().await.is_ok(), "others wait for nobody");
}

#[tokio::test]
async fn the_browser_is_a_newcomers_afterwards() {
    let app = TestApp::on_sqlite().await;
    let ann = app.shopper().await;
    let answer = ann.post(paths::ME_ERASURE, &key(1)).send().await.expect("an answer");
    assert!(answer.headers()[SET_COOKIE].to_str().expect("text").contains("Max-Age=0"));
    assert_eq!(cookie_of(&answer).as_deref(), Some("carnival_guest="));
    // The page itself is anybody's: it comes with a newcomer's cookie.
    let page = ann.get("/").send().await.expect("a page");
    assert!(cookie_of(&page).is_some_and(|cookie| cookie.len() > "carnival_guest=".len() && cookie != ann.cookie));
    // A tab that has the old cookie still: it is told once, and is a newcomer then.
    for path in [paths::ME, paths::ME_EXPORT] {
        let late = ann.get(path).send().await.expect("an answer");
        assert!(late.headers()[SET_COOKIE].to_str().expect("text").contains("Max-Age=0"));
        assert_eq!(problem(late).await.code, ErrorCode::ParticipantErased);
    }
    let late = ann.post(&paths::votes(&slug("ben")), &key(2)).send().await.expect("an answer");
    assert!(late.headers()[SET_COOKIE].to_str().expect("text").contains("Max-Age=0"));
    assert_eq!(late.status().as_u16(), 410);
    let next = http().get(app.url(paths::ME)).header(COOKIE, "carnival_guest=").send().await.expect("an answer");
    assert!(cookie_of(&next).is_some_and(|cookie| cookie.len() > "carnival_guest=".len()));
    assert_eq!(next.json::<Me>().await.expect("things"), Me { votes: ann_votes(&app).await, ..Me::default() });
}

/// What a newcomer has of today's votes: a day, and none.
async fn ann_votes(app: &TestApp) -> carnival_contract::replies::VotesCast {
    app.shopper().await.me().await.expect("things").votes
}

#[tokio::test]
async fn not_a_byte_of_who_it_was_is_left_and_the_proof_still_holds() {
    let app = TestApp::on_sqlite().await;
    let ann = app.shopper().await;
    let round = ann.campaign().await.expect("a snapshot").live.round.expect("a round");
    let mine: EntryAccepted = ann.enter_round(round.round_id, &key(1)).await.expect("an entry");
    for _ in 1..TARGET {
        app.shopper().await.enter_round(round.round_id, &key(1)).await.expect("an entry");
    }
    app.advance_ms(ROUND_MS).await;
    let id = ann.export().await.expect("everything").participant_id;
    // Enough that pages split and become free.
    for n in 0..40 {
        let landing = if n % 2 == 0 { Landing::Stars } else { Landing::Rush };
        let link = MakeLink { landing, channel: Channel::ALL[n % Channel::ALL.len()] };
        let link = ann.make_link(&link, &key(100 + n as u8)).await.expect("a link");
        app.shopper().await.record_visit(&link.token, &key(1)).await.expect("a visit");
    }
    let friend = app.shopper().await;
    let link = MakeLink { landing: Landing::Stars, channel: Channel::Group };
    let theirs = friend.make_link(&link, &key(1)).await.expect("a link");
    ann.record_visit(&theirs.token, &key(2)).await.expect("a visit");
    ann.cast_vote(&slug("ben"), &key(3)).await.expect("a vote");
    ann.claim_coupon(&slug("twice"), &key(4)).await.expect("a coupon");

    let scratch = tempfile::tempdir().expect("a directory");
    let file = |name: &str| scratch.path().join(name).to_str().expect("text").to_owned();
    ann.erase(&key(5)).await.expect("erased");
    for (name, path) in [
        ("proof.json", paths::proof(&round.draw_id)),
        ("path.json", paths::receipt(&round.draw_id, mine.receipt.entry_id)),
        ("carnival.json", "/.well-known/carnival.json".to_owned()),
    ] {
        let answer = http().get(app.url(&path)).send().await.expect("an answer");
        std::fs::write(file(name), answer.bytes().await.expect("a body")).expect("a file");
    }
    std::fs::write(file("receipt.json"), serde_json::to_vec(&mine).expect("JSON")).expect("a file");
    for receipt in ["receipt.json", "path.json"] {
        let held =
            carnival(&["verify", &file("proof.json"), "--receipt", &file(receipt), "--key", &file("carnival.json")]);
        assert!(held.status.success(), "{}", String::from_utf8_lossy(&held.stdout));
    }
    assert_eq!(friend.me().await.expect("things").visit_count, 1);

    let stopped = app.stop().await;
    let text = id.to_string();
    for entry in std::fs::read_dir(stopped.files()).expect("a directory") {
        let path = entry.expect("a file").path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for needle in [&id.0[..], text.as_bytes()] {
            let found = bytes.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "{} names who it was", path.display());
        }
    }
}
