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
use crate::process::Process;
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
    assert_eq!(boot["snapshot"]["campaign"]["title"]["zh"], "Scenarios");
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

/// The first page and the board begin without the file that shows offers and goods; whoever was here before has it fetched at once.
#[tokio::test]
async fn a_document_says_what_its_page_begins_with() {
    let app = TestApp::on_sqlite().await;
    for (path, is_whole) in
        [("/", false), ("/stars", false), ("/stars/ann", true), ("/coupons", true), ("/goods", true)]
    {
        let html = get(&app, path).await.text().await.expect("text");
        let snapshot = &boot(&html)["snapshot"];
        assert_eq!(snapshot["offers"].is_array(), is_whole, "{path}");
        assert!(snapshot["stars"].is_array() && snapshot["live"]["tallies"].is_array(), "{path}");
    }
    let ann = app.shopper().await;
    let key = IdempotencyKey::from_random([1; 16]);
    ann.cast_vote(&"ann".parse().expect("a slug"), &key).await.expect("a vote");
    let html = ann.get("/stars").send().await.expect("an answer").text().await.expect("text");
    assert!(boot(&html)["snapshot"]["offers"].is_array());
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

#[tokio::test]
async fn a_crawler_gets_the_page_but_is_no_guest_and_no_visitor() {
    let app = TestApp::on_sqlite().await;
    let ann = app.shopper().await;
    let link = MakeLink { landing: Landing::Stars, channel: Channel::Friend };
    let link = ann.make_link(&link, &IdempotencyKey::from_random([1; 16])).await.expect("a link");
    let spider = "Mozilla/5.0 (compatible; Baiduspider/2.0)";
    let page = http().get(app.url(&link.path)).header("user-agent", spider).send().await.expect("an answer");
    assert_eq!((page.status().as_u16(), header(&page, SET_COOKIE).as_str()), (200, ""));
    let visit = http().post(app.url("/api/v1/visits")).header("user-agent", spider);
    let visit = visit.header("idempotency-key", "0123456789abcdef").json(&serde_json::json!({ "token": link.token }));
    let counted: Value = visit.send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(counted, serde_json::json!({ "counted": false, "landing": { "page": "stars" } }));
    assert_eq!(ann.me().await.expect("things").visit_count, 0);
}

#[tokio::test]
async fn a_platform_finds_its_verification_file_and_nothing_else() {
    let app = TestApp::on_sqlite().await;
    let directory = app.directory().join("verification");
    std::fs::create_dir(&directory).expect("a directory");
    std::fs::write(directory.join("MP_verify_Xy12.txt"), "Xy12").expect("written");
    std::fs::write(app.directory().join("secrets.txt"), "hush").expect("written");
    let file = get(&app, "/MP_verify_Xy12.txt").await;
    assert_eq!(header(&file, CONTENT_TYPE), "text/plain; charset=utf-8");
    assert_eq!(file.text().await.expect("text"), "Xy12");
    for path in ["/secrets.txt", "/..%2fsecrets.txt", "/%2e%2e/secrets.txt", "/.txt", "/MP_verify_other.txt"] {
        let answer = get(&app, path).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert!(!answer.text().await.expect("text").contains("hush"), "{path}");
    }
}

#[tokio::test]
async fn the_files_of_an_earlier_build_are_still_there_for_a_page_that_a_chat_kept() {
    let script = "carnival-page-00000000deadbeef.js";
    let site = tempfile::tempdir().expect("a directory");
    std::fs::write(site.path().join("index.html"), "<title>x</title>").expect("written");
    std::fs::write(site.path().join(script), "old").expect("written");
    let data = tempfile::tempdir().expect("a directory");
    let at = site.path().to_str().expect("text");
    Process::start(data.path(), &["--site", at]).kill();
    std::fs::remove_file(site.path().join(script)).expect("the next build has another");
    let server = Process::start(data.path(), &["--site", at]);
    let file = http().get(format!("{}/{script}", server.url)).send().await.expect("an answer");
    assert!(header(&file, CACHE_CONTROL).contains("immutable"));
    assert_eq!(file.text().await.expect("text"), "old");
    let never = http().get(format!("{}/carnival-page-0123456789abcdef.js", server.url)).send().await;
    assert_eq!(never.expect("an answer").status(), 404);
}
