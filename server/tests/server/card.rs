//! `carnival card`, against servers on real ports.

use std::path::Path;

use axum::Router;
use axum::http::header;
use axum::response::{Html, Redirect};
use axum::routing::get;
use carnival_server::card;
use carnival_server::check::Told;
use carnival_server::cli::CardArgs;
use carnival_stand_in::{Health, Settings};
use serde_json::Value;

use crate::stage::TestApp;
use crate::wechat;

async fn look(url: &str, json: bool) -> Told {
    card::run(&CardArgs { url: url.to_owned(), json }).await.expect("a page")
}

async fn in_json(url: &str) -> Value {
    serde_json::from_str(&look(url, true).await.text).expect("JSON")
}

/// A page by somebody else, with the demo's picture beside it.
async fn foreign(head: &'static str) -> String {
    let picture =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/art/cover.png")).expect("a picture");
    let routes = Router::new()
        .route("/", get(move || async move { Html(format!("<!doctype html><head>{head}</head><p>京ICP备12345678号")) }))
        .route("/led", get(|| async { Redirect::temporary("/#part") }))
        .route("/round", get(|| async { Redirect::temporary("/round") }))
        .route("/huge", get(|| async { Html(" ".repeat(3 << 20)) }))
        .route("/art/cover.png", get(move || async move { ([(header::CONTENT_TYPE, "image/png")], picture) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_page_of_ours_with_an_account_shows_what_the_sdk_will_be_given() {
    let stand_in = wechat::stand_in().await;
    let app = wechat::server(&stand_in).await;
    let told = in_json(&app.url("/stars?from=timeline#part")).await;
    assert_eq!(told["signature"], "given");
    assert_eq!(told["link"], app.url("/stars?from=timeline"));
    for card in told["cards"].as_array().expect("cards") {
        assert!(card["title"].as_str().is_some_and(|title| !title.is_empty()), "{card}");
    }
    stand_in.set(Settings { health: Some(Health::Failing), ..Settings::default() });
    let app = wechat::server(&stand_in).await;
    let told = in_json(&app.url("/")).await;
    assert_eq!(told["signature"], "refused", "{told}");
    assert!(told["missing"].to_string().contains("WeChat shows no card"), "{told}");
}

#[tokio::test]
async fn a_page_without_an_account_is_title_and_address_in_wechat() {
    let app = TestApp::in_memory().await;
    let told = look(&app.url("/"), false).await;
    for part in [
        "WeChat, without the JS-SDK",
        "[no picture]",
        "QQ, from the page's itemprop tags",
        "cover.png can't be fetched",
    ] {
        assert!(told.text.contains(part), "{}", told.text);
    }
    assert!(!told.is_right, "the small page of the tests has no cover");
}

#[tokio::test]
async fn what_is_missing_or_cut_is_named() {
    let bare = foreign("<title></title><meta itemprop=image content=/art/cover.png>").await;
    let told = look(&bare, false).await;
    for part in ["has no title", "no itemprop=name", "no itemprop=description", "address is not absolute", "(no text)"]
    {
        assert!(told.text.contains(part), "{}", told.text);
    }
    let long = foreign(
        "<title>一</title><meta itemprop=name content=\"星光嘉年华星光嘉年华星光嘉年华星光\">\
         <meta itemprop=description content=\"看看今天的明星榜\"><meta itemprop=image content=\"http://127.0.0.1:1/x.png\">",
    );
    let told = in_json(&long.await).await;
    assert_eq!(told["cards"][1]["title"], "星光嘉年华星光嘉年华星光嘉年…");
    assert!(told["advice"].to_string().contains("51 bytes; QQ is given the first 45"), "{told}");
    assert!(told["missing"].to_string().contains("x.png can't be fetched"), "{told}");
}

#[tokio::test]
async fn redirects_are_shown_and_end() {
    let site = foreign("<title>t</title>").await;
    let told = in_json(&format!("{site}/led")).await;
    assert_eq!(told["redirects"], serde_json::json!([format!("{site}/#part")]));
    assert_eq!(told["link"], format!("{site}/"));
    for (path, says) in [("/round", "leads on more than 10 times"), ("/huge", "larger than 2097152 bytes")] {
        let failure = card::run(&CardArgs { url: format!("{site}{path}"), json: false }).await.expect_err("no page");
        assert!(failure.to_string().contains(says), "{failure}");
    }
    let failure = card::run(&CardArgs { url: "file:///etc/hosts".to_owned(), json: false }).await.expect_err("no page");
    assert!(failure.to_string().contains("is no address of a page"), "{failure}");
}
