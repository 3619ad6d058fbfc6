//! The description of the API is true: real answers are what it says.

use carnival_contract::api::CampaignApi as _;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::paths;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::{FAIR_AFTER_MS, ROUND_MS, TARGET, campaign};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::client::{Shopper, http};
use crate::stage::TestApp;

pub(crate) struct Document(pub(crate) Value);

impl Document {
    pub(crate) async fn of(app: &TestApp) -> Self {
        let response = http().get(app.url("/openapi.json")).send().await.expect("an answer");
        Self(response.json().await.expect("JSON"))
    }

    /// Holds that an answer is what the document says of its path, method and status.
    async fn hold(&self, path: &str, request: RequestBuilder) -> Value {
        let request = request.build().expect("a request");
        let method = request.method().as_str().to_lowercase();
        let response = http().execute(request).await.expect("an answer");
        let status = response.status().as_u16().to_string();
        let media_type = response.headers()["content-type"].to_str().expect("text").to_owned();
        let answer: Value = response.json().await.expect("JSON");
        let described = &self.0["paths"][path][&method]["responses"][&status]["content"][&media_type]["schema"];
        assert!(described.is_object(), "{method} {path} {status} {media_type} is not described: {answer}");
        let schema = json!({ "allOf": [described], "components": self.0["components"] });
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
        let faults: Vec<_> =
            validator.iter_errors(&answer).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{method} {path}: {faults:?}\n{answer}");
        answer
    }
}

#[tokio::test]
async fn real_answers_are_what_the_document_says() {
    let app = TestApp::on_sqlite().await;
    let document = Document::of(&app).await;
    let (ann, key) = (app.shopper().await, IdempotencyKey::from_random([1; 16]));
    let other_key = IdempotencyKey::from_random([2; 16]);
    let round = ann.campaign().await.expect("a snapshot").live.round.expect("a round");
    let mut crowd: Vec<Shopper> = Vec::new();
    for _ in 0..TARGET {
        crowd.push(app.shopper().await);
        crowd.last().expect("somebody").enter_round(round.round_id, &key).await.expect("an entry");
    }
    let star = "/api/v1/stars/{star}/votes";
    let offer = "/api/v1/coupons/{offer}/claims";
    let enter = paths::entries(round.round_id);
    let entry = document.hold("/api/v1/rounds/{round}/entries", ann.post(&enter, &key)).await;
    document.hold(star, ann.post("/api/v1/stars/ann/votes", &other_key)).await;
    document.hold(star, ann.post("/api/v1/stars/ann/votes", &IdempotencyKey::from_random([3; 16]))).await;
    document.hold(star, ann.post("/api/v1/stars/nobody/votes", &IdempotencyKey::from_random([4; 16]))).await;
    document.hold(star, ann.post("/api/v1/stars/ben/votes", &other_key)).await;
    document.hold(offer, ann.post("/api/v1/coupons/few/claims", &IdempotencyKey::from_random([5; 16]))).await;
    document.hold(offer, ann.post("/api/v1/coupons/later/claims", &IdempotencyKey::from_random([6; 16]))).await;
    check_out(&app, &document, &ann).await;
    let link = json!({ "landing": { "page": "star", "star_id": "ben" }, "channel": "qq" });
    let made = document.hold(paths::LINKS, ann.post(paths::LINKS, &key).json(&link)).await;
    let visit = json!({ "token": made["token"] });
    document.hold(paths::VISITS, crowd[0].post(paths::VISITS, &other_key).json(&visit)).await;
    document.hold(paths::VISITS, ann.post(paths::VISITS, &key).json(&json!({}))).await;
    document.hold(paths::AUDITS, ann.get(paths::AUDITS)).await;
    document.hold(paths::FANS, ann.get(paths::FANS)).await;
    document.hold("/api/v1/draws/{draw}/proof", ann.get(&paths::proof(&round.draw_id))).await;
    let (item, pick) = ("/api/v1/items/{item}/pick", json!({ "is_picked": true }));
    let key_of = |n: u8| IdempotencyKey::from_random([n; 16]);
    document.hold(item, ann.post("/api/v1/items/thing/pick", &key_of(20)).json(&pick)).await;
    document.hold(item, ann.post("/api/v1/items/nothing/pick", &key_of(21)).json(&pick)).await;
    let show = json!({ "is_shown": true });
    document.hold(paths::PICKS_SHOWN, ann.post(paths::PICKS_SHOWN, &key_of(22)).json(&show)).await;
    document.hold(paths::PICKS_SHOWN, ann.post(paths::PICKS_SHOWN, &key_of(23)).json(&json!({}))).await;
    document.hold(paths::PICKS, crowd[0].get(paths::PICKS)).await;
    document.hold(paths::PICKS, ann.get(paths::PICKS)).await;
    let notice = json!({ "version": campaign().privacy.version });
    let agree = |key: u8| crowd[1].post(paths::CONSENTS, &IdempotencyKey::from_random([key; 16]));
    document.hold(paths::CONSENTS, agree(8).json(&notice)).await;
    document.hold(paths::CONSENTS, agree(9).json(&json!({ "version": "old" }))).await;
    document.hold(paths::ME, crowd[1].get(paths::ME)).await;
    for key in [10, 11] {
        let key = IdempotencyKey::from_random([key; 16]);
        document.hold(paths::CONSENT_WITHDRAWAL, crowd[1].post(paths::CONSENT_WITHDRAWAL, &key)).await;
    }

    app.advance_ms(FAIR_AFTER_MS).await;
    document.hold(offer, ann.post("/api/v1/coupons/fair/claims", &IdempotencyKey::from_random([12; 16]))).await;
    document.hold(paths::ME, ann.get(paths::ME)).await;
    app.advance_ms(ROUND_MS).await;
    document.hold("/api/v1/draws/{draw}/proof", ann.get(&paths::proof(&round.draw_id))).await;
    let awards = document.hold("/api/v1/draws/{draw}/awards", ann.get(&paths::awards(&round.draw_id))).await;
    let mut held = false;
    for shopper in crowd.iter().chain([&ann]) {
        let claim = |entry| {
            let form = json!({ "name": "张小明", "phone": "13800138000", "address": "北京市朝阳区星光路 6 号" });
            let path = paths::delivery(&round.draw_id, entry);
            shopper.post(&path, &IdempotencyKey::from_random([13; 16])).json(&form)
        };
        let wins = shopper.me().await.expect("things").wins;
        for win in &wins {
            held |= document.hold("/api/v1/draws/{draw}/awards/{entry}/delivery", claim(win.entry_id)).await["state"]
                == "claimed";
        }
        document.hold(paths::ME, shopper.get(paths::ME)).await;
    }
    assert!(held, "somebody has a thing to claim: {awards}");
    let deliveries =
        document.hold(paths::OPERATOR_DELIVERIES, app.operator(Method::GET, paths::OPERATOR_DELIVERIES)).await;
    let sent = json!({ "entry_ids": [deliveries["deliveries"][0]["entry_id"]] });
    document.hold(paths::OPERATOR_DISPATCHES, app.operator(Method::POST, paths::OPERATOR_DISPATCHES).json(&sent)).await;
    for (path, note) in [
        (paths::OPERATOR_RESUME, json!({})),
        (paths::OPERATOR_PAUSE, json!({})),
        (paths::OPERATOR_PAUSE, json!({ "note": "设备检修" })),
    ] {
        document.hold(path, app.operator(Method::POST, path).json(&note)).await;
    }
    app.published().await;
    document.hold(paths::CAMPAIGN, ann.get(paths::CAMPAIGN)).await;
    document.hold(paths::OPERATOR_RESUME, app.operator(Method::POST, paths::OPERATOR_RESUME).json(&json!({}))).await;
    document.hold(paths::OPERATOR_PAUSE, http().post(app.url(paths::OPERATOR_PAUSE))).await;
    let receipt =
        format!("/api/v1/draws/{}/receipts/{}", round.draw_id, entry["receipt"]["entry_id"].as_str().expect("an id"));
    document.hold("/api/v1/draws/{draw}/receipts/{entry}", ann.get(&receipt)).await;
    document.hold("/api/v1/rounds/{round}/entries", ann.post(&enter, &IdempotencyKey::from_random([7; 16]))).await;
    for path in [paths::CAMPAIGN, paths::ME, paths::TIME, paths::ROUNDS, "/.well-known/carnival.json", "/openapi.json"]
    {
        document.hold(path, ann.get(path)).await;
        document.hold(path, crowd[0].get(path)).await;
    }
    for shopper in crowd.iter().chain([&ann]) {
        for path in [paths::ME_EXPORT, paths::ME_REACH] {
            document.hold(path, shopper.get(path)).await;
        }
    }
    let erase = |key: &IdempotencyKey| ann.post(paths::ME_ERASURE, key);
    document.hold(paths::ME_ERASURE, erase(&IdempotencyKey::from_random([20; 16]))).await;
    document.hold(star, ann.post("/api/v1/stars/ann/votes", &IdempotencyKey::from_random([21; 16]))).await;
    document.hold(paths::ME_EXPORT, ann.get(paths::ME_EXPORT)).await;
    for board in ["day", "overall", "week"] {
        document.hold("/api/v1/leaderboards/{board}", ann.get(&format!("/api/v1/leaderboards/{board}"))).await;
    }
}

/// What a shop asks and is answered, for a coupon of Ann's.
async fn check_out(app: &TestApp, document: &Document, ann: &Shopper) {
    let (coupon, reserve) = ("/api/v1/shop/coupons/{code}", "/api/v1/shop/coupons/{code}/reservations");
    let (redeem, roll_back) =
        ("/api/v1/shop/reservations/{reservation}/redemption", "/api/v1/shop/reservations/{reservation}/rollback");
    let (shop, key) = (app.shop().await, |n: u8| IdempotencyKey::from_random([n; 16]));
    let code = ann.me().await.expect("her things").coupons[0].code.clone();
    let (looked_at, reserved) = (paths::shop_coupon(&code), paths::shop_reservations(&code));
    document.hold(coupon, shop.get(&looked_at)).await;
    document.hold(coupon, shop.get(&paths::shop_coupon("AAAA-AAAA-AAAA"))).await;
    document.hold(coupon, ann.get(&looked_at)).await;
    document.hold(reserve, shop.post(&reserved, &key(1)).json(&json!({}))).await;
    document.hold(reserve, shop.post(&reserved, &key(1)).json(&json!({ "order_id": "A", "hold_s": 1801 }))).await;
    let held = document.hold(reserve, shop.post(&reserved, &key(1)).json(&json!({ "order_id": "A" }))).await;
    document.hold(reserve, shop.post(&reserved, &key(2)).json(&json!({ "order_id": "B" }))).await;
    document.hold(coupon, shop.get(&looked_at)).await;
    let id = held["reservation_id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    document.hold(redeem, shop.post(&paths::shop_redemption(id), &key(3))).await;
    document.hold(paths::ME, ann.get(paths::ME)).await;
    document.hold(roll_back, shop.post(&paths::shop_rollback(id), &key(4))).await;
    document.hold(redeem, shop.post(&paths::shop_redemption(id), &key(5))).await;
}
