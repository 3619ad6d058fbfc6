//! Too much, too often.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use carnival_contract::paths;
use carnival_server::http::rate::{Rate, Rates};
use carnival_server::identity::origin::Origins;
use reqwest::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};

use crate::client::{cookie_of, http, problem};
use crate::stage::{TestApp, Wish};

#[tokio::test]
async fn whoever_taps_too_fast_is_told_when_to_come_back() {
    let rates = Rates { writes_of_participant: Rate { per_second: 1, burst: 3 }, ..Wish::default().rates };
    let app = TestApp::with(Wish { in_memory: true, rates, ..Wish::default() }).await;
    let (eager, calm) = (app.shopper().await, app.shopper().await);
    let tap = |n: u8| eager.post("/api/v1/stars/ann/votes", &IdempotencyKey::from_random([n; 16]));
    for n in 0..3 {
        tap(n).send().await.expect("an answer");
    }
    let response = tap(3).send().await.expect("an answer");
    let retry_after = response.headers().get(RETRY_AFTER).cloned();
    let refused = problem(response).await;
    assert_eq!(refused.code, ErrorCode::RateLimited);
    assert_eq!(refused.retry_after_s, Some(1));
    assert_eq!(retry_after.as_ref().map(HeaderValue::as_bytes), Some(&b"1"[..]));
    let other = calm.post("/api/v1/stars/ann/votes", &IdempotencyKey::from_random([9; 16]));
    assert!(other.send().await.expect("an answer").status().is_success());
}

#[tokio::test]
async fn one_address_makes_no_more_guests_than_it_may() {
    let rates = Rates { guests_of_address: Rate { per_second: 1, burst: 2 }, ..Wish::default().rates };
    let origins = Origins { public_url: None, trust_proxy: true };
    let app = TestApp::with(Wish { in_memory: true, rates, origins, ..Wish::default() }).await;
    let from = |address: &'static str, path: &str| http().get(app.url(path)).header("x-forwarded-for", address).send();
    for _ in 0..2 {
        assert!(from("203.0.113.1", paths::ME).await.expect("an answer").status().is_success());
    }
    let refused = problem(from("203.0.113.1", paths::ME).await.expect("an answer")).await;
    assert_eq!(refused.code, ErrorCode::RateLimited);
    assert!(from("203.0.113.2", paths::ME).await.expect("an answer").status().is_success());
    let page = from("203.0.113.1", "/").await.expect("an answer");
    assert!(page.status().is_success(), "the page comes all the same");
    assert_eq!(cookie_of(&page), None);
}

#[tokio::test]
async fn a_body_without_a_length_is_limited_too() {
    let app = TestApp::in_memory().await;
    let chunks = (0..40).map(|_| Ok::<_, std::io::Error>(" ".repeat(1000)));
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(chunks));
    let request = http().post(app.url(paths::VISITS)).header(CONTENT_TYPE, "application/json");
    let answer = request.header(IDEMPOTENCY_KEY, "0123456789abcdef").body(body).send().await.expect("an answer");
    assert_eq!(problem(answer).await.code, ErrorCode::BodyTooLarge);
}
