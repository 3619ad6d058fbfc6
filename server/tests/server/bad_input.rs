//! Whatever comes: a typed problem, and never a fault of ours.

use std::time::Duration;

use carnival_contract::paths;
use reqwest::header::COOKIE;
use reqwest::{Method, RequestBuilder};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::client::{cookie_of, http, problem};
use crate::stage::TestApp;

/// Method and path, what is sent with it, and the problem's code. `key`: with an idempotency key; `json`: as JSON;
/// `long`: so many characters more in the URL or the body; another word with a colon: that header.
const BAD_REQUESTS: &str = r#"
GET    /api/v1/nothing                             |                                    | | not-found
GET    /api/v2/campaign                            |                                    | | not-found
GET    /api/v1/campaign/                           |                                    | | not-found
GET    /problems/nothing                           |                                    | | not-found
POST   /api/v1/campaign                            |                                    | | method-not-allowed
DELETE /api/v1/stars/ann/votes                     | key                                | | method-not-allowed
PUT    /                                           |                                    | | method-not-allowed
POST   /favicon.svg                                |                                    | | method-not-allowed
GET    /api/v1/campaign?                           | long                               | | url-too-long
POST   /api/v1/visits                              | key json long                      | {"token":" | body-too-large
POST   /api/v1/visits                              | key json                           | { | malformed-request
POST   /api/v1/visits                              | key json                           | | malformed-request
POST   /api/v1/visits                              | key json                           | {"token":5} | malformed-request
POST   /api/v1/visits                              | key json                           | {} | malformed-request
POST   /api/v1/visits                              | key                                | token=5 | unsupported-media-type
POST   /api/v1/links                               | key json                           | {"landing":{"page":"moon"},"channel":"friend"} | malformed-request
POST   /api/v1/links                               | key json                           | {"landing":{"page":"star","star_id":"../x"},"channel":"qq"} | malformed-request
POST   /api/v1/links                               | key json                           | {"landing":{"page":"star","star_id":"nobody"},"channel":"qq"} | unknown-landing
POST   /api/v1/stars/ann/votes                     |                                    | | idempotency-key-missing
POST   /api/v1/stars/ann/votes                     | idempotency-key:short              | | idempotency-key-missing
GET    /api/v1/leaderboards/day?limit=0            |                                    | | malformed-request
GET    /api/v1/leaderboards/day?limit=201          |                                    | | malformed-request
GET    /api/v1/leaderboards/day?limit=many         |                                    | | malformed-request
GET    /api/v1/leaderboards/day?after=1.2          |                                    | | malformed-request
GET    /api/v1/leaderboards/day?before=x.y.z       |                                    | | malformed-request
GET    /api/v1/leaderboards/day?day=yesterday      |                                    | | malformed-request
GET    /api/v1/leaderboards/day?after=1.2.a&around=a |                                  | | malformed-request
GET    /api/v1/leaderboards/day?around=nobody      |                                    | | unknown-star
GET    /api/v1/leaderboards/day?day=1999-01-01     |                                    | | unknown-leaderboard
GET    /api/v1/leaderboards/overall?day=2026-06-18 |                                    | | unknown-leaderboard
POST   /api/v1/stars/nobody/votes                  | key                                | | unknown-star
POST   /api/v1/stars/No%20Star/votes               | key                                | | unknown-star
POST   /api/v1/stars/%E6%98%9F/votes               | key                                | | unknown-star
POST   /api/v1/stars/%FF%FE/votes                  | key                                | | malformed-request
POST   /api/v1/rounds/0/entries                    | key                                | | unknown-round
POST   /api/v1/rounds/-1/entries                   | key                                | | unknown-round
POST   /api/v1/rounds/4294967296/entries           | key                                | | unknown-round
POST   /api/v1/rounds/4294967295/entries           | key                                | | unknown-round
POST   /api/v1/rounds/1/entries                    | key                                | | round-closed
POST   /api/v1/rounds/2879/entries                 | key                                | | round-not-open-yet
POST   /api/v1/coupons/none/claims                 | key                                | | unknown-offer
POST   /api/v1/coupons/later/claims                | key                                | | offer-not-open-yet
GET    /api/v1/leaderboards/week                   |                                    | | unknown-leaderboard
GET    /api/v1/rounds?before=x                     |                                    | | malformed-request
GET    /api/v1/draws/none-r1/proof                 |                                    | | unknown-draw
GET    /api/v1/draws/none-r1/entries               |                                    | | unknown-draw
GET    /api/v1/draws/scenarios-r721/proof          |                                    | | draw-not-done
GET    /api/v1/draws/scenarios-r721/receipts/x     |                                    | | unknown-entry
POST   /api/v1/stars/ann/votes                     | key origin:https://evil.example    | | foreign-origin
POST   /api/v1/stars/ann/votes                     | key sec-fetch-site:cross-site      | | foreign-origin
"#;

#[tokio::test]
async fn every_bad_request_has_its_own_problem() {
    let app = TestApp::on_sqlite().await;
    for line in BAD_REQUESTS.trim().lines() {
        let [request, with, body, code]: [&str; 4] =
            line.split('|').map(str::trim).collect::<Vec<_>>().try_into().expect("four parts");
        let (method, path) = request.split_once(' ').expect("a method and a path");
        let more = if with.contains("long") { "a".repeat(20_000) } else { String::new() };
        let (mut path, mut body) = (path.trim().to_owned(), body.to_owned());
        if method == "GET" {
            path += &more[..more.len() / 4]
        } else {
            body += &more
        }
        let method: Method = method.parse().expect("a method");
        let request = http().request(method, app.url(&path)).body(body);
        let request = with.split(' ').fold(request, dress);
        let answer = problem(request.send().await.expect("an answer")).await;
        assert_eq!(answer.code.as_str(), code, "{line}: {answer:?}");
    }
}

fn dress(request: RequestBuilder, word: &str) -> RequestBuilder {
    match word.split_once(':') {
        Some((name, value)) => request.header(name, value),
        None if word == "key" => request.header("idempotency-key", "0123456789abcdef"),
        None if word == "json" => request.header("content-type", "application/json"),
        None => request,
    }
}

#[tokio::test]
async fn what_is_no_http_ends_the_connection_and_nothing_else() {
    let app = TestApp::in_memory().await;
    for garbage in [
        &b"\x16\x03\x01\x02\x00"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"GET /%% HTTP/1.1\r\nhost: a\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(app.running.address).await.expect("a connection");
        stream.write_all(garbage).await.expect("sent");
        stream.shutdown().await.expect("shut");
        let mut answer = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
        let _reset = read.expect("the server ends it");
        assert!(!answer.starts_with(b"HTTP/1.1 5"), "{}", String::from_utf8_lossy(&answer));
    }
    assert!(http().get(app.url("/healthz")).send().await.expect("an answer").status().is_success());
}

#[tokio::test]
async fn a_forged_cookie_is_a_newcomers() {
    let app = TestApp::in_memory().await;
    let shopper = app.shopper().await;
    let (name, value) = shopper.cookie.split_once('=').expect("a pair");
    let last = if value.ends_with('0') { '4' } else { '0' };
    let forged = format!("{name}={}{last}", &value[..value.len() - 1]);
    let response = http().get(app.url(paths::ME)).header(COOKIE, forged).send().await.expect("an answer");
    let given = cookie_of(&response).expect("a cookie of their own");
    assert_ne!(given, shopper.cookie);
    let response = shopper.get(paths::ME).send().await.expect("an answer");
    assert_eq!(cookie_of(&response), None, "who has one gets no other");
}
