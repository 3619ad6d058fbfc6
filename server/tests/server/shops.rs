//! Shops: their keys, their haste, and codes brought along for them.

use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::paths;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::shop::{ReserveCoupon, ShopApi as _};
use carnival_domain::ids::OfferId;
use carnival_server::http::rate::{Rate, Rates};
use futures_util::future::join_all;

use crate::client::{Shopper, http, problem};
use crate::process::{Process, demo, serve};
use crate::shop_client::Shop;
use crate::stage::{SHOP_KEY, TestApp, Wish};

fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

fn order(id: &str) -> ReserveCoupon {
    ReserveCoupon { order_id: id.parse().expect("an order number"), hold_s: None }
}

async fn a_code(app: &TestApp) -> String {
    let twice: OfferId = "twice".parse().expect("a slug");
    app.shopper().await.claim_coupon(&twice, &key(1)).await.expect("a coupon").coupon.code
}

#[tokio::test]
async fn a_shop_without_a_key_or_with_a_wrong_one_is_not_let_in() {
    let app = TestApp::on_sqlite().await;
    let path = paths::shop_coupon(&a_code(&app).await);
    let bare = http().get(app.url(&path)).send().await.expect("an answer");
    assert_eq!(bare.headers()["www-authenticate"], "Bearer");
    assert_eq!(problem(bare).await.code, ErrorCode::ShopKeyMissing);
    for wrong in ["wrong", &SHOP_KEY[1..]] {
        let answer = http().get(app.url(&path)).bearer_auth(wrong).send().await.expect("an answer");
        assert_eq!(problem(answer).await.code, ErrorCode::ShopKeyRefused, "{wrong}");
    }
    let basic = http().get(app.url(&path)).basic_auth("shop", Some(SHOP_KEY)).send().await.expect("an answer");
    assert_eq!(problem(basic).await.code, ErrorCode::ShopKeyMissing);
    let write = http().post(app.url(&format!("{path}/reservations"))).send().await.expect("an answer");
    assert_eq!(problem(write).await.code, ErrorCode::ShopKeyMissing);
}

#[tokio::test]
async fn an_old_key_is_good_as_long_as_it_is_named() {
    let (old, new) = ("an-old-key-that-goes-out-of-use-0001", "a-new-key-that-comes-into-use-00002");
    let app = TestApp::with(Wish { shop_keys: format!("{new},{old}"), ..Wish::default() }).await;
    let code = a_code(&app).await;
    for key in [old, new] {
        Shop::new(app.url(""), key).coupon(&code).await.expect("let in");
    }
    let app = TestApp::with(Wish { shop_keys: new.to_owned(), ..Wish::default() }).await;
    let refused = Shop::new(app.url(""), old).coupon("AAAA-AAAA-AAAA").await.expect_err("no longer named");
    assert_eq!(refused.code, ErrorCode::ShopKeyRefused);
}

#[tokio::test]
async fn of_many_orders_at_once_exactly_one_has_the_coupon() {
    let app = TestApp::on_sqlite().await;
    let code = a_code(&app).await;
    let shops = join_all((0..20).map(|_| app.shop())).await;
    let replies = join_all(shops.iter().zip(0..).map(|(shop, n)| {
        let code = code.clone();
        async move { shop.reserve(&code, &order(&format!("order-{n}")), &key(n)).await }
    }))
    .await;
    let held: Vec<_> = replies.iter().flatten().collect();
    assert_eq!(held.len(), 1);
    let refusals = replies.iter().filter_map(|reply| reply.as_ref().err());
    assert!(refusals.clone().all(|problem| problem.code == ErrorCode::CouponReserved));
    assert_eq!(refusals.count(), 19);
}

#[tokio::test]
async fn who_guesses_codes_has_to_wait_and_learns_nothing_meanwhile() {
    let rates = Rates { guesses: Rate { per_second: 1, burst: 3 }, ..Wish::default().rates };
    let app = TestApp::with(Wish { rates, ..Wish::default() }).await;
    let (shop, code) = (app.shop().await, a_code(&app).await);
    for _ in 0..4 {
        let refused = shop.coupon("AAAA-AAAA-AAAA").await.expect_err("nobody's");
        assert_eq!(refused.code, ErrorCode::UnknownCoupon);
    }
    for code in ["AAAA-AAAA-AAAA", &code] {
        let refused = shop.coupon(code).await.expect_err("to wait");
        assert_eq!((refused.code, refused.retry_after_s), (ErrorCode::RateLimited, Some(1)));
        let refused = shop.reserve(code, &order("A-1"), &key(1)).await.expect_err("to wait");
        assert_eq!(refused.code, ErrorCode::RateLimited);
    }
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    shop.coupon(&code).await.expect("the wait is over");
}

#[tokio::test]
async fn codes_that_were_brought_along_are_kept_over_a_kill_and_given_once() {
    let data = tempfile::tempdir().expect("a directory");
    let campaign = data.path().join("campaign.toml");
    let text = std::fs::read_to_string(demo()).expect("the demo");
    std::fs::write(&campaign, text.replacen("stock = 6180", "codes = \"codes.csv\"", 1)).expect("a file");
    let flags = ["--campaign", campaign.to_str().expect("text")];
    let codes = data.path().join("codes.csv");
    let offer: OfferId = "all-50".parse().expect("a slug");
    let fails = |codes_now: &str, says: &str| {
        std::fs::write(&codes, codes_now).expect("a file");
        let output = serve(&data.path().join("data"), &flags).output().expect("the program");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(says), "{told}");
    };
    fails("GOOD-1\nGOOD-1\n", "codes.csv:2: “GOOD-1” was there before");

    std::fs::write(&codes, "GOOD-1\nGOOD-2\n").expect("a file");
    let server = Process::start(&data.path().join("data"), &flags);
    let ann = Shopper::new(server.url.clone()).await;
    let first = ann.claim_coupon(&offer, &key(1)).await.expect("a coupon");
    assert_eq!(first.coupon.code, "GOOD-1");
    server.kill();
    fails("GOOD-2\nGOOD-3\n", "1 codes that were imported before are not in it any more");

    std::fs::write(&codes, "GOOD-1\nGOOD-2\nGOOD-3\n").expect("a file");
    let server = Process::start(&data.path().join("data"), &flags);
    let mut given = vec![first.coupon.code];
    for _ in 0..2 {
        let somebody = Shopper::new(server.url.clone()).await;
        given.push(somebody.claim_coupon(&offer, &key(1)).await.expect("a coupon").coupon.code);
    }
    assert_eq!(given, ["GOOD-1", "GOOD-2", "GOOD-3"]);
    let late = Shopper::new(server.url.clone()).await.claim_coupon(&offer, &key(1)).await.expect_err("all are given");
    assert_eq!(late.code, ErrorCode::CouponSoldOut);
}
