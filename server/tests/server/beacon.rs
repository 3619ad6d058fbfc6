//! Draws that wait for a public beacon. The rounds are real ones of drand's quicknet, which a relay of the test's own gives
//! out; the clock is set so that a draw waits for just these.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::replies::RoundRecord;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::{ROUND_MS, TARGET, campaign, noon};
use carnival_domain::campaign::{Campaign, DrawSettings};
use carnival_domain::draw::beacon::{Beacon, MARGIN_MS};
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::time::Timestamp;
use carnival_proof::whole::{Given, check};
use serde_json::json;
use tokio::net::TcpListener;

use crate::client::Shopper;
use crate::stage::{TestApp, Wish};

/// Each participant writes once.
pub(crate) fn key() -> IdempotencyKey {
    IdempotencyKey::from_random([1; 16])
}

pub(crate) const QUICKNET: Beacon = Beacon::DrandQuicknet;
/// Rounds as the network published them.
pub(crate) const RECORDED: [(u64, &str); 2] = [
    (123, "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92"),
    (657_413, "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"),
];

/// What a relay does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Honest,
    Down,
    /// It gives a signature of another round.
    Forging,
}

pub(crate) struct Relay {
    pub(crate) address: String,
    mood: Arc<Mutex<Mood>>,
}

impl Relay {
    pub(crate) async fn start(mood: Mood) -> Self {
        let mood = Arc::new(Mutex::new(mood));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let routes = Router::new().route("/{chain}/public/{round}", get(give)).with_state(mood.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, mood }
    }

    pub(crate) fn turns(&self, mood: Mood) {
        *self.mood.lock().expect("no panic") = mood;
    }
}

async fn give(
    State(mood): State<Arc<Mutex<Mood>>>,
    Path((chain, round)): Path<(String, u64)>,
) -> Result<String, StatusCode> {
    assert_eq!(chain, QUICKNET.chain().to_string());
    let mood = *mood.lock().expect("no panic");
    let recorded = RECORDED.iter().find(|(number, _)| (*number == round) == (mood == Mood::Honest));
    let (_, signature) = recorded.filter(|_| mood != Mood::Down).ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(json!({ "round": round, "randomness": "not asked for", "signature": signature }).to_string())
}

/// The scenarios' campaign, moved in time so that the round which is open at its start waits for this round of the beacon.
fn waiting_for(round: u64, relays: &[&Relay]) -> (Campaign, Timestamp) {
    let closes_at = QUICKNET.round_at(round).plus_ms(-MARGIN_MS);
    let moved_ms = closes_at.ms_since(noon().plus_ms(ROUND_MS));
    let mut campaign = campaign();
    for moment in [&mut campaign.starts_at, &mut campaign.ends_at, &mut campaign.rounds.schedule.starts_at] {
        *moment = moment.plus_ms(moved_ms);
    }
    let relays = relays.iter().map(|relay| relay.address.clone()).collect();
    campaign.draw = DrawSettings { beacon: Some(QUICKNET), relays };
    (campaign, noon().plus_ms(moved_ms))
}

async fn server(round: u64, relays: &[&Relay], in_memory: bool) -> TestApp {
    let (campaign, starts_at) = waiting_for(round, relays);
    TestApp::with(Wish { campaign, starts_at, in_memory, ..Wish::default() }).await
}

/// Fills the open round and lets its bell ring; time goes on until the beacon's round is there.
async fn play(app: &TestApp) -> Shopper {
    let anyone = app.shopper().await;
    let round = anyone.campaign().await.expect("a snapshot").live.round.expect("an open round");
    for _ in 0..TARGET + 2 {
        app.shopper().await.enter_round(round.round_id, &key()).await.expect("accepted");
    }
    app.advance_ms(ROUND_MS + MARGIN_MS).await;
    anyone
}

async fn newest(anyone: &Shopper) -> RoundRecord {
    anyone.rounds(None).await.expect("the ledger").rounds.remove(0)
}

/// The proof, once the draw is done.
async fn drawn(app: &TestApp, anyone: &Shopper) -> DrawProof {
    for _ in 0..100 {
        let record = newest(anyone).await;
        if record.awaits.is_none() {
            app.published().await;
            return anyone.proof(&record.draw_id.expect("it drew")).await.expect("a proof");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it still waits after ten seconds");
}

#[tokio::test]
async fn a_draw_waits_while_the_relay_is_down_and_is_made_with_the_round_that_was_announced() {
    for in_memory in [true, false] {
        for (number, _) in RECORDED {
            let relay = Relay::start(Mood::Down).await;
            let app = server(number, &[&relay], in_memory).await;
            let before = app.shopper().await.campaign().await.expect("a snapshot").live;
            let announced =
                before.round.clone().and_then(|round| round.beacon).expect("announced before anybody enters");
            assert_eq!((announced.round, announced.chain), (number, QUICKNET.chain()));

            let anyone = play(&app).await;
            let record = newest(&anyone).await;
            assert_eq!(record.awaits, Some(announced), "sealed, and waiting");
            assert!(record.winners.is_empty());
            let draw_id = record.draw_id.clone().expect("it will draw");
            let refused = anyone.proof(&draw_id).await.expect_err("not drawn");
            assert_eq!((refused.code, refused.available_at), (ErrorCode::DrawNotDone, Some(announced.comes_at)));
            let while_waiting = anyone.campaign().await.expect("a snapshot").live;
            let next = while_waiting.round.clone().expect("the next round runs as planned");
            assert_ne!(next.draw_id, draw_id);
            app.shopper().await.enter_round(next.round_id, &key()).await.expect("and can be entered");

            relay.turns(Mood::Honest);
            let proof = drawn(&app, &anyone).await;
            assert_eq!(proof.beacon.as_ref().map(|beacon| beacon.round), Some(number));
            let document = serde_json::to_vec(&proof).expect("JSON");
            let held = check(&Given { proof: &document, ..Given::default() });
            assert!(held.is_ok(), "{held:?}");
            let record = newest(&anyone).await;
            assert_eq!(record.winners, proof.winners);
            let after = anyone.campaign().await.expect("a snapshot").live;
            assert_ne!(after.revision, while_waiting.revision, "pages are told");
            assert_eq!(after.revision, before.revision);
            app.running.stop().await;
        }
    }
}

#[tokio::test]
async fn a_forged_round_is_not_believed_and_another_relay_is_asked() {
    let (forger, honest) = (Relay::start(Mood::Forging).await, Relay::start(Mood::Honest).await);
    let app = server(123, &[&forger, &honest], true).await;
    let anyone = play(&app).await;
    let proof = drawn(&app, &anyone).await;
    assert_eq!(proof.beacon.map(|beacon| beacon.signature).as_deref(), Some(RECORDED[0].1));

    let app = server(123, &[&forger], true).await;
    let anyone = play(&app).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert!(newest(&anyone).await.awaits.is_some(), "better no draw than a forged one");
}

#[tokio::test]
async fn winners_have_their_prizes_once_the_beacon_is_there() {
    let relay = Relay::start(Mood::Honest).await;
    let app = server(123, &[&relay], false).await;
    let ann = app.shopper().await;
    let round = ann.campaign().await.expect("a snapshot").live.round.expect("an open round");
    let mut crowd = vec![(ann.enter_round(round.round_id, &key()).await.expect("accepted").receipt, ann)];
    for _ in 1..TARGET {
        let ben = app.shopper().await;
        crowd.push((ben.enter_round(round.round_id, &key()).await.expect("accepted").receipt, ben));
    }
    app.advance_ms(ROUND_MS + MARGIN_MS).await;
    let proof = drawn(&app, &crowd[0].1).await;
    for (receipt, participant) in &crowd {
        let won = proof.winners.iter().any(|winner| winner.entry_id == receipt.entry_id);
        assert_eq!(!participant.me().await.expect("theirs").wins.is_empty(), won);
    }
}
