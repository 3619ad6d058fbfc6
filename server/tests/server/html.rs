//! Pages and files.

use carnival_contract::api::CampaignApi as _;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::requests::MakeLink;
use carnival_domain::share_token::{Channel, Landing};
use carnival_server::identity::origin::Origins;
use reqwest::Response;
use reqwest::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, HeaderName, SET_COOKIE};
use serde_json::Value;

use crate::client::http;
use crate::stage::{TestApp, Wish};

pub(crate) async fn get(app: &TestApp, path: &str) -> Response {
    http().get(app.url(path)).send().await.expect("an answer")
}

pub(crate) fn header(response: &Response, name: HeaderName) -> String {
    response.headers().get(name).map_or_else(String::new, |value| value.to_str().expect("text").to_owned())
}

fn boot(html: &str) -> Value {
    let start = html.split_once("<script type=\"application/json\" id=\"boot\">").expect("a boot script").1;
    serde_json::from_str(start.split_once("</script>").expect("its end").0).expect("JSON")
}

#[tokio::test]
async fn a_page_comes_with_its_card_its_snapshot_and_a_cookie() {
    let app = TestApp::on_sqlite().await;
    let response = get(&app, "/").await;
    assert_eq!(header(&response, CACHE_CONTROL), "no-cache, no-store, must-revalidate");
    assert_eq!(header(&response, CONTENT_TYPE), "text/html; charset=utf-8");
    let cookie = header(&response, SET_COOKIE);
    assert!(cookie.starts_with("carnival_guest=") && !cookie.contains("Secure"), "{cookie}");
    let html = response.text().await.expect("text");
    assert!(html.contains("<title>Scenarios</title>") && !html.contains("<title>static"));
    assert!(html.contains("<meta property=\"og:title\" content=\"Scenarios\">"));
    assert!(html.contains("<meta itemprop=\"name\" content=\"Scenarios\">"));
    let image = format!("<meta property=\"og:image\" content=\"{}\">", app.url("/art/cover.png"));
    assert!(html.contains(&image), "{html}");
    let boot = boot(&html);
    assert_eq!(boot["snapshot"]["campaign"]["id"], "scenarios");
    assert_eq!(boot["server_time"], "2026-06-18T04:00:00.000Z");
    assert!(boot["me"].is_null() && boot["landing"].is_null());
}

#[tokio::test]
async fn a_guest_who_is_known_finds_their_things_in_the_page() {
    let app = TestApp::on_sqlite().await;
    let ann = app.shopper().await;
    let key = IdempotencyKey::from_random([1; 16]);
    let claimed = ann.claim_coupon(&"few".parse().expect("a slug"), &key).await.expect("a coupon");
    let html = ann.get("/mine").send().await.expect("an answer").text().await.expect("text");
    assert_eq!(boot(&html)["me"]["coupons"][0]["code"], claimed.coupon.code.as_str());
}

#[tokio::test]
async fn a_share_link_has_the_card_of_where_it_leads() {
    let app = TestApp::on_sqlite().await;
    let link =
        MakeLink { landing: Landing::Star { star_id: "ben".parse().expect("a slug") }, channel: Channel::Friend };
    let key = IdempotencyKey::from_random([1; 16]);
    let path = app.shopper().await.make_link(&link, &key).await.expect("a link").path;
    let html = get(&app, &format!("{path}?from=singlemessage")).await.text().await.expect("text");
    assert!(html.contains("<meta property=\"og:title\" content=\"ben · Scenarios\">"), "{html}");
    assert_eq!(boot(&html)["landing"], serde_json::json!({ "page": "star", "star_id": "ben" }));
    let forged = get(&app, "/s/AAAA").await;
    assert_eq!(forged.status(), 200);
    assert_eq!(boot(&forged.text().await.expect("text"))["landing"], serde_json::json!({ "page": "rush" }));
}

#[tokio::test]
async fn what_is_not_there_is_the_page_with_a_404() {
    let app = TestApp::in_memory().await;
    for path in ["/nothing", "/stars/nobody", "/stars/hidden", "/stars/..%2Fx", "/index.html", "/art/../../Cargo.toml"]
    {
        let response = get(&app, path).await;
        assert_eq!(response.status(), 404, "{path}");
        assert!(response.text().await.expect("text").contains("<main>frame</main>"), "{path}");
    }
    for path in ["/stars", "/stars/ben", "/coupons", "/goods", "/mine", "/rules", "/s/x?from=timeline&isappinstalled=0"]
    {
        assert_eq!(get(&app, path).await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn behind_tls_cookies_are_secure_and_cards_have_the_public_address() {
    let origins = Origins { public_url: Some("https://618.example.com".to_owned()), trust_proxy: true };
    let app = TestApp::with(Wish { in_memory: true, origins, ..Wish::default() }).await;
    let request =
        http().get(app.url("/stars/ben")).header(ACCEPT_LANGUAGE, "en-GB").header("x-forwarded-proto", "https");
    let response = request.send().await.expect("an answer");
    assert!(header(&response, SET_COOKIE).ends_with("; Secure"));
    let html = response.text().await.expect("text");
    assert!(html.contains("content=\"https://618.example.com/stars/ben\""), "{html}");
}
