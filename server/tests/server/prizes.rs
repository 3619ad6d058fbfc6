//! Winners' addresses: who sees them, as what they lie on the disk, and the key they are sealed with.

use std::path::Path;

use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::paths;
use carnival_contract::replies::Win;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::{ROUND_MS, TARGET};
use carnival_domain::award::AwardState;
use carnival_domain::delivery::DeliveryForm;
use reqwest::Method;

use crate::client::{Shopper, http, problem};
use crate::stage::{TestApp, Wish};

fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

fn form() -> DeliveryForm {
    DeliveryForm {
        name: "欧阳小明".to_owned(),
        phone: "13900139000".to_owned(),
        address: "上海市静安区星光里 618 弄".to_owned(),
    }
}

/// Somebody who won a thing and said where it goes.
async fn claimed(app: &TestApp) -> (Shopper, Win) {
    let round = app.shopper().await.campaign().await.expect("a snapshot").live.round.expect("a round");
    let mut crowd = Vec::new();
    for _ in 0..TARGET {
        let shopper = app.shopper().await;
        shopper.enter_round(round.round_id, &key(1)).await.expect("an entry");
        crowd.push(shopper);
    }
    app.advance_ms(ROUND_MS).await;
    for shopper in crowd {
        let wins = shopper.me().await.expect("things").wins;
        if let Some(win) = wins.into_iter().find(|win| win.state == AwardState::Promised) {
            shopper.claim_prize(&win.draw_id, win.entry_id, &form(), &key(2)).await.expect("in time");
            return (shopper, win);
        }
    }
    panic!("somebody won a thing");
}

fn bytes_of(directory: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").path());
    files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).expect("a file")).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn no_byte_on_the_disk_says_where_a_winner_lives() {
    let app = TestApp::on_sqlite().await;
    let (_, win) = claimed(&app).await;
    let bytes = bytes_of(app.directory());
    assert!(holds(&bytes, win.prize_id.as_str()), "what is not secret is found");
    let form = form();
    for secret in [form.name.as_str(), "小明", &form.phone, "139001", &form.address, "星光里"] {
        assert!(!holds(&bytes, secret), "{secret} lies there in clear");
    }
}

#[tokio::test]
async fn another_key_starts_nothing_and_loses_nothing() {
    let app = TestApp::on_sqlite().await;
    let (winner, win) = claimed(&app).await;
    let shown = winner.me().await.expect("things").wins[0].delivery.clone();
    let stopped = app.stop().await;
    let other = Wish { delivery_key: [1; 32], ..Wish::default() };
    let Err(refused) = stopped.start_again(other).await else { panic!("the key is not the one") };
    assert!(refused.contains("CARNIVAL_DELIVERY_KEY") && refused.contains("nothing is lost"), "{refused}");
    let Ok(app) = stopped.start_again(Wish::default()).await else { panic!("the key is the one again") };
    let mut again = app.shopper().await;
    again.cookie = winner.cookie.clone();
    let wins = again.me().await.expect("things").wins;
    assert_eq!((wins[0].entry_id, &wins[0].delivery), (win.entry_id, &shown));
    assert!(shown.is_some());
}

#[tokio::test]
async fn a_key_that_nothing_was_sealed_with_may_be_changed() {
    let app = TestApp::on_sqlite().await;
    let stopped = app.stop().await;
    assert!(stopped.start_again(Wish { delivery_key: [1; 32], ..Wish::default() }).await.is_ok());
}

#[tokio::test]
async fn what_is_the_operators_needs_their_key() {
    let app = TestApp::on_sqlite().await;
    claimed(&app).await;
    let writes = [paths::OPERATOR_PAUSE, paths::OPERATOR_RESUME, paths::OPERATOR_DISPATCHES];
    let asked = writes.map(|path| (Method::POST, path)).into_iter().chain([(Method::GET, paths::OPERATOR_DELIVERIES)]);
    for (method, path) in asked {
        let url = app.url(path);
        let without = http().request(method.clone(), &url).body("{}");
        let wrong = http().request(method, &url).bearer_auth("0".repeat(64)).body("{}");
        for request in [without, wrong] {
            let refused = problem(request.send().await.expect("an answer")).await;
            assert_eq!(refused.code, ErrorCode::OperatorOnly, "{path}");
        }
    }
    let listed = app.operator(Method::GET, paths::OPERATOR_DELIVERIES).send().await.expect("an answer");
    assert_eq!(listed.headers()["cache-control"], "no-store");
    assert!(listed.text().await.expect("text").contains("欧阳小明"));
}
