//! What caches are told, and small answers of all kinds.

use carnival_contract::api::CampaignApi as _;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::paths;
use reqwest::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH,
};

use crate::client::http;
use crate::html::{get, header};
use crate::stage::TestApp;

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_pictures_for_a_day() {
    let app = TestApp::in_memory().await;
    let request = http().get(app.url("/carnival-page-0123456789abcdef.js")).header(ACCEPT_ENCODING, "gzip, br");
    let script = request.send().await.expect("an answer");
    assert_eq!(header(&script, CACHE_CONTROL), "max-age=31536000, immutable");
    assert_eq!(header(&script, CONTENT_ENCODING), "br");
    assert_eq!(script.bytes().await.expect("bytes"), "not really brotli");
    let plain = get(&app, "/carnival-page-0123456789abcdef.js").await;
    assert_eq!(header(&plain, CONTENT_TYPE), "text/javascript; charset=utf-8");
    assert_eq!(plain.text().await.expect("text"), "console.log(\"page\")");
    let picture = get(&app, "/art/cover.svg").await;
    assert_eq!(header(&picture, CACHE_CONTROL), "max-age=86400");
    let again = http().get(app.url("/art/cover.svg")).header(IF_NONE_MATCH, header(&picture, ETAG));
    assert_eq!(again.send().await.expect("an answer").status(), 304);
}

/// A page is a dozen files, and a portrait is shorter than two heads.
#[tokio::test]
async fn a_file_is_told_with_what_its_reader_needs_and_nothing_else() {
    let app = TestApp::in_memory().await;
    let heads = |path: &'static str| {
        let request = http().get(app.url(path)).header(ACCEPT_ENCODING, "br");
        async move {
            let response = request.send().await.expect("an answer");
            let mut names: Vec<_> = response.headers().keys().map(ToString::to_string).collect();
            names.sort();
            names
        }
    };
    let module = heads("/carnival-page-0123456789abcdef.js").await;
    let every = [
        "cache-control",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "vary",
        "x-content-type-options",
    ];
    assert_eq!(module, every, "its name says which it is");
    let picture = heads("/art/cover.svg").await;
    let unnamed: Vec<_> = picture.iter().filter(|name| *name != "etag").collect();
    assert!(
        picture.len() == unnamed.len() + 1 && unnamed.iter().all(|name| every.contains(&name.as_str())),
        "{picture:?}"
    );
    for (path, own) in [("/", "referrer-policy"), (paths::TIME, "x-request-id"), ("/nothing.svg", "referrer-policy")] {
        let names = heads(path).await;
        assert!(names.iter().any(|name| name == own), "{path}: {names:?}");
    }
}

#[tokio::test]
async fn short_answers_are_sent_as_they_are() {
    let app = TestApp::in_memory().await;
    let packed = |path: &'static str| {
        let request = http().get(app.url(path)).header(ACCEPT_ENCODING, "br");
        async move { request.send().await.expect("an answer").headers().contains_key(CONTENT_ENCODING) }
    };
    assert!(!packed(paths::TIME).await);
    assert!(packed("/openapi.json").await);
}

#[tokio::test]
async fn the_snapshot_has_a_name_that_changes_with_it() {
    let app = TestApp::on_sqlite().await;
    let first = get(&app, paths::CAMPAIGN).await;
    let tag = header(&first, ETAG);
    let again = || http().get(app.url(paths::CAMPAIGN)).header(IF_NONE_MATCH, tag.clone()).send();
    let unchanged = again().await.expect("an answer");
    assert_eq!(unchanged.status(), 304);
    assert_eq!(header(&unchanged, ETAG), tag);
    let key = IdempotencyKey::from_random([1; 16]);
    app.shopper().await.cast_vote(&"ann".parse().expect("a slug"), &key).await.expect("a vote");
    assert_eq!(again().await.expect("an answer").status(), 200);

    let packed = http().get(app.url(paths::CAMPAIGN)).header(ACCEPT_ENCODING, "br").send().await.expect("an answer");
    assert_eq!(header(&packed, CONTENT_ENCODING), "br");
    let tag = header(&packed, ETAG);
    assert!(tag.ends_with("-br\""), "{tag}");
    let weakened = http().get(app.url(paths::CAMPAIGN)).header(IF_NONE_MATCH, format!("W/{tag}, \"other\""));
    assert_eq!(weakened.send().await.expect("an answer").status(), 304);
}

#[tokio::test]
async fn small_answers_of_all_kinds_are_there() {
    let app = TestApp::in_memory().await;
    for (path, part) in [
        ("/healthz", "ok"),
        ("/readyz", "ready"),
        ("/problems/coupon-sold-out", "HTTP 409"),
        ("/openapi.json", "\"openapi\": \"3.1"),
        ("/.well-known/carnival.json", "Ed25519"),
    ] {
        let response = get(&app, path).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(&response, HeaderName::from_static("x-content-type-options")), "nosniff");
        let text = response.text().await.expect("text");
        assert!(text.contains(part), "{path}: {text}");
    }
}
