//! A browser that keeps cookies and follows redirects one at a time.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use carnival_contract::idempotency::IDEMPOTENCY_KEY;
use carnival_contract::paths;
use carnival_contract::replies::Me;
use carnival_contract::scenarios::campaign::campaign;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, redirect};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::stage::TestApp;

/// All writes of all browsers: each has a key of its own.
static WRITES: AtomicU32 = AtomicU32::new(0);

pub(crate) struct Browser {
    server: String,
    http: Client,
    pub(crate) cookies: Mutex<BTreeMap<String, String>>,
}

/// What a page says of signing in, and where it is.
#[derive(Debug, PartialEq)]
pub(crate) struct Arrived {
    pub(crate) path: String,
    pub(crate) sign_in: Value,
}

impl Browser {
    pub(crate) fn new(app: &TestApp) -> Self {
        let http = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().expect("a client");
        Self { server: app.url(""), http, cookies: Mutex::default() }
    }

    /// One that agreed to the privacy notice.
    pub(crate) async fn agreed(app: &TestApp) -> Self {
        let browser = Self::new(app);
        browser.me().await;
        browser.agree().await;
        browser
    }

    pub(crate) async fn agree(&self) {
        self.post::<Value>(paths::CONSENTS, &json!({ "version": campaign().privacy.version })).await;
    }

    fn full(&self, url: &str) -> String {
        if url.starts_with('/') { format!("{}{url}", self.server) } else { url.to_owned() }
    }

    async fn send(&self, request: RequestBuilder) -> Response {
        let request = request.build().expect("a request");
        let is_own = request.url().as_str().starts_with(&self.server);
        let jar = self.cookies.lock().expect("a jar").clone();
        let line: Vec<_> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = request;
        if is_own && !line.is_empty() {
            request.headers_mut().insert(COOKIE, line.join("; ").parse().expect("a cookie"));
        }
        let response = self.http.execute(request).await.expect("an answer");
        let mut jar = self.cookies.lock().expect("a jar");
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("text");
            assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, rest) = cookie.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or_default();
            if cookie.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        drop(jar);
        response
    }

    pub(crate) async fn get(&self, url: &str) -> Response {
        self.send(self.http.get(self.full(url))).await
    }

    /// Where a page sends the browser on to.
    pub(crate) async fn hop(&self, url: &str) -> String {
        let response = self.get(url).await;
        assert_eq!(response.status(), 303, "{url}: {}", response.status());
        response.headers()[LOCATION].to_str().expect("text").to_owned()
    }

    pub(crate) async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> T {
        let response = self.post_raw(path, body).await;
        assert!(response.status().is_success(), "{path}: {}", response.text().await.unwrap_or_default());
        response.json().await.expect("a reply")
    }

    pub(crate) async fn post_raw(&self, path: &str, body: &Value) -> Response {
        let key = format!("key-of-a-test-{:08}", WRITES.fetch_add(1, Ordering::Relaxed));
        self.send(self.http.post(self.full(path)).header(IDEMPOTENCY_KEY, key).json(body)).await
    }

    pub(crate) async fn me(&self) -> Me {
        self.get(paths::ME).await.json().await.expect("things")
    }

    /// Goes where it is sent, from page to page, until one stays.
    pub(crate) async fn go(&self, url: &str) -> Arrived {
        let mut url = url.to_owned();
        for _ in 0..8 {
            let response = self.get(&url).await;
            if let Some(next) = response.headers().get(LOCATION) {
                url = next.to_str().expect("text").to_owned();
                continue;
            }
            let page = response.text().await.expect("a page");
            return Arrived { path: url, sign_in: outcome(&page) };
        }
        panic!("it goes round in circles: {url}");
    }
}

/// What the data in a page says. It is the last of them; the campaign's accounts have a word of that name, too.
fn outcome(page: &str) -> Value {
    let (_, rest) = page.rsplit_once("\"sign_in\":").unwrap_or_else(|| panic!("a page without an outcome: {page}"));
    serde_json::from_str(rest.split('}').next().expect("an end")).expect("JSON")
}
