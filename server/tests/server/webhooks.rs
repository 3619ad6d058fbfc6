//! Webhooks: signed, retried, never inside, and not lost by a kill.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carnival_contract::api::CampaignApi as _;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::{ROUND_MS, TARGET, noon};
use carnival_contract::shop::{ReserveCoupon, ShopApi as _};
use carnival_domain::ids::OfferId;
use carnival_domain::webhook::{Endpoint, EventKind, RETRY_AFTER_MS};
use carnival_server::webhooks::{Reach, WebhookSettings};
use hmac::{Hmac, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use tokio::net::TcpListener;

use crate::client::Shopper;
use crate::process::{Process, carnival, demo};
use crate::stage::{TestApp, Wish};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEW_SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What an endpoint does next: the status that it answers with, or to say nothing.
#[derive(Clone, Copy)]
enum Does {
    Answers(StatusCode),
    Hangs,
}

/// A message that arrived, with a signature that held.
#[derive(Clone, Debug)]
struct Heard {
    id: String,
    signature_count: usize,
    body: Value,
}

#[derive(Clone, Default)]
struct Receiver {
    heard: Arc<Mutex<Vec<Heard>>>,
    /// What it does, in order; afterwards it says yes.
    does: Arc<Mutex<Vec<Does>>>,
}

impl Receiver {
    /// Listens, doing these things first; returns its address as well.
    async fn start(does: &[Does]) -> (Self, String) {
        let receiver = Self { does: Arc::new(Mutex::new(does.to_vec())), ..Self::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hooks", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(hear).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (receiver, url)
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("no panic").clone()
    }

    /// Waits until so many messages have arrived.
    async fn hears(&self, count: usize) -> Vec<Heard> {
        let until = Instant::now() + Duration::from_secs(10);
        while self.heard().len() < count {
            assert!(Instant::now() < until, "{count} messages were awaited, and these came: {:?}", self.heard());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.heard()
    }
}

async fn hear(State(receiver): State<Receiver>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 20_000).await.expect("a short body");
    let text = |name: &str| parts.headers[name].to_str().expect("text").to_owned();
    let (id, sent_at, signatures) = (text("webhook-id"), text("webhook-timestamp"), text("webhook-signature"));
    assert_eq!((parts.method.as_str(), text("content-type").as_str()), ("POST", "application/json"));
    let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(&SECRET[6..]).expect("base64")).expect("a key");
    mac.update(format!("{id}.{sent_at}.").as_bytes());
    mac.update(&body);
    let signed = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    assert!(signatures.split(' ').any(|signature| signature == signed), "{signatures}");
    let body = serde_json::from_slice(&body).expect("JSON");
    receiver.heard.lock().expect("no panic").push(Heard { id, signature_count: signatures.split(' ').count(), body });
    let next = {
        let mut does = receiver.does.lock().expect("no panic");
        (!does.is_empty()).then(|| does.remove(0))
    };
    match next {
        None => StatusCode::NO_CONTENT.into_response(),
        Some(Does::Answers(status)) => (status, [(header::LOCATION, "/elsewhere")]).into_response(),
        Some(Does::Hangs) => std::future::pending().await,
    }
}

fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

fn endpoint(url: &str, events: &[EventKind]) -> Endpoint {
    Endpoint { id: "shop".parse().expect("a slug"), url: url.to_owned(), events: events.to_vec() }
}

async fn telling(url: &str, events: &[EventKind], secrets: &str) -> TestApp {
    let mut wish = Wish::default();
    wish.campaign.webhooks = vec![endpoint(url, events)];
    let reach = Reach { allows_loopback: true };
    let settings = WebhookSettings::new(&wish.campaign.webhooks, reach, |_| Some(secrets.to_owned()));
    wish.webhooks = settings.expect("settings");
    TestApp::with(wish).await
}

async fn claim(app: &TestApp) -> String {
    let twice: OfferId = "twice".parse().expect("a slug");
    app.shopper().await.claim_coupon(&twice, &key(1)).await.expect("a coupon").coupon.code
}

#[tokio::test]
async fn everything_that_an_endpoint_wants_to_hear_of_is_told_once_and_signed() {
    let (receiver, url) = Receiver::start(&[]).await;
    let app = telling(&url, &EventKind::ALL, SECRET).await;
    let code = claim(&app).await;
    let shop = app.shop().await;
    let asked = ReserveCoupon { order_id: "A-1".parse().expect("an order number"), hold_s: None };
    let held = shop.reserve(&code, &asked, &key(1)).await.expect("a reservation").reservation.reservation_id;
    for n in 2..4 {
        shop.redeem(held, &key(n)).await.expect("redeemed");
    }
    let round = app.shopper().await.campaign().await.expect("a snapshot").live.round.expect("a round");
    for _ in 0..TARGET {
        app.shopper().await.enter_round(round.round_id, &key(1)).await.expect("an entry");
    }
    app.advance_ms(ROUND_MS).await;
    let heard = receiver.hears(5).await;
    let of = |kind: &str| heard.iter().filter(|heard| heard.body["type"] == kind).collect::<Vec<_>>();
    assert_eq!(of("coupon.claimed")[0].body["data"]["code"], code.as_str());
    assert_eq!(of("coupon.redeemed")[0].body["data"]["order_id"], "A-1");
    assert_eq!(of("round.drawn")[0].body["data"]["draw_id"], round.draw_id.as_str());
    assert_eq!(of("round.drawn")[0].body["data"]["winner_count"], 2);
    assert_eq!(of("prize.won").len(), 2);
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(receiver.heard().len(), 5, "once each");
    let told = serde_json::to_string(&heard.iter().map(|heard| &heard.body).collect::<Vec<_>>()).expect("JSON");
    assert!(!told.contains("participant_id"));
}

#[tokio::test]
async fn what_an_endpoint_does_not_want_to_hear_of_is_not_kept_for_it() {
    let (receiver, url) = Receiver::start(&[]).await;
    let app = telling(&url, &[EventKind::CouponRedeemed], SECRET).await;
    claim(&app).await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(receiver.heard().is_empty());
    let db = rusqlite::Connection::open(app.directory().join("carnival.db")).expect("a database");
    let count: u32 = db.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).expect("a number");
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_message_that_is_not_heard_is_sent_again_by_the_schedule_and_stays_the_same() {
    let failures = [StatusCode::INTERNAL_SERVER_ERROR, StatusCode::FOUND, StatusCode::TOO_MANY_REQUESTS];
    let (receiver, url) = Receiver::start(&failures.map(Does::Answers)).await;
    let app = telling(&url, &[EventKind::CouponClaimed], SECRET).await;
    claim(&app).await;
    for (failed, wait) in RETRY_AFTER_MS[..3].iter().enumerate() {
        receiver.hears(failed + 1).await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(receiver.heard().len(), failed + 1, "not before its time");
        app.advance_ms(wait + wait / 5).await;
    }
    let heard = receiver.hears(4).await;
    assert!(heard.iter().all(|one| one.id == heard[0].id && one.body == heard[0].body));
    app.advance_ms(86_400_000).await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(receiver.heard().len(), 4, "a redirect is not followed, and what was heard is not sent again");
}

#[tokio::test]
async fn a_message_that_nobody_hears_is_given_up_and_kept() {
    let (receiver, url) = Receiver::start(&[Does::Answers(StatusCode::GONE)]).await;
    let app = telling(&url, &[EventKind::CouponClaimed], SECRET).await;
    claim(&app).await;
    receiver.hears(1).await;
    let data_dir = app.directory().to_str().expect("text").to_owned();
    let db = rusqlite::Connection::open(app.directory().join("carnival.db")).expect("a database");
    let until = Instant::now() + Duration::from_secs(5);
    let dead = "SELECT count(*) FROM message WHERE next_at IS NULL AND delivered_at IS NULL AND failure LIKE '%410%'";
    while db.query_row(dead, [], |row| row.get::<_, u32>(0)).expect("a number") != 1 {
        assert!(Instant::now() < until, "it was not given up");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = |arguments: &[&str]| {
        let output = carnival(&[&["webhooks", "--data-dir", &data_dir], arguments].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let listed = told(&["list"]);
    assert!(listed.starts_with("shop: 0 told this week, 0 to be told, 1 given up\n"), "{listed}");
    assert!(listed.contains(&receiver.heard()[0].id) && listed.contains("the endpoint is gone (410)"), "{listed}");
    // The command goes by the machine's clock, the server of this test by one that stands elsewhere.
    assert_eq!(told(&["replay"]), "1 will be told again, under the same ids.\n");
    let now: i64 = db.query_row("SELECT next_at FROM message", [], |row| row.get(0)).expect("a number");
    app.advance_ms(now - noon().as_ms()).await;
    let heard = receiver.hears(2).await;
    assert_eq!(heard[0].id, heard[1].id);
}

#[tokio::test]
async fn an_endpoint_that_hangs_holds_up_nobody_else() {
    let (slow, slow_url) = Receiver::start(&[Does::Hangs]).await;
    let (quick, quick_url) = Receiver::start(&[]).await;
    let mut wish = Wish::default();
    let of = |id: &str, url: &str| Endpoint {
        id: id.parse().expect("a slug"),
        ..endpoint(url, &[EventKind::CouponClaimed])
    };
    wish.campaign.webhooks = vec![of("slow", &slow_url), of("quick", &quick_url)];
    let reach = Reach { allows_loopback: true };
    let settings = WebhookSettings::new(&wish.campaign.webhooks, reach, |_| Some(SECRET.to_owned()));
    wish.webhooks = settings.expect("settings");
    let app = TestApp::with(wish).await;
    claim(&app).await;
    slow.hears(1).await;
    claim(&app).await;
    quick.hears(2).await;
    assert_eq!(slow.heard().len(), 1);
}

#[tokio::test]
async fn while_secrets_change_both_sign() {
    let (receiver, url) = Receiver::start(&[]).await;
    let app = telling(&url, &[EventKind::CouponClaimed], &format!("{NEW_SECRET} {SECRET}")).await;
    claim(&app).await;
    assert_eq!(receiver.hears(1).await[0].signature_count, 2);
}

#[test]
fn an_endpoint_without_a_secret_or_inside_is_refused_before_anything_starts() {
    let of = |url: &str, secret: Option<&str>| {
        let endpoints = [endpoint(url, &[EventKind::CouponClaimed])];
        WebhookSettings::new(&endpoints, Reach::default(), |_| secret.map(str::to_owned)).err().unwrap_or_default()
    };
    let public = "https://shop.example.com/hooks";
    assert_eq!(of(public, Some(SECRET)), "");
    assert!(of(public, None).contains("CARNIVAL_WEBHOOK_SECRET_SHOP"));
    assert!(of(public, Some("hush")).contains("no secret to sign with"));
    assert!(of("https://169.254.169.254/", Some(SECRET)).contains("not public"));
    assert!(of("http://127.0.0.1/", Some(SECRET)).contains("not public"));
}

#[tokio::test]
async fn a_message_outlives_a_kill_between_the_fact_and_the_telling() {
    // Nobody listens at first: the port is taken, and given back.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let data = tempfile::tempdir().expect("a directory");
    let campaign = data.path().join("campaign.toml");
    let hook =
        format!("[[webhooks]]\nid = \"shop\"\nurl = \"http://{address}/hooks\"\nevents = [\"coupon.claimed\"]\n");
    let text = std::fs::read_to_string(demo()).expect("the demo");
    std::fs::write(&campaign, format!("{text}\n{hook}")).expect("a file");
    let flags = ["--campaign", campaign.to_str().expect("text"), "--allow-insecure-webhooks"];
    let secret = [("CARNIVAL_WEBHOOK_SECRET", SECRET)];
    let start = || Process::start_with(&data.path().join("data"), &flags, &secret);
    let server = start();
    let offer: OfferId = "all-50".parse().expect("a slug");
    let ann = Shopper::new(server.url.clone()).await;
    let code = ann.claim_coupon(&offer, &key(1)).await.expect("a coupon").coupon.code;
    server.kill();

    let receiver = Receiver::default();
    let listener = TcpListener::bind(address).await.expect("the same port");
    let router = Router::new().fallback(hear).with_state(receiver.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let _server = start();
    let heard = receiver.hears(1).await;
    assert_eq!(heard[0].body["data"]["code"], code.as_str());
}
