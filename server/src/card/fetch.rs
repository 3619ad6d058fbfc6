//! Fetching with limits: of time, of size, of redirects.

use std::time::Duration;

use reqwest::header::{ACCEPT_LANGUAGE, LOCATION};
use reqwest::{Client, StatusCode, Url, redirect};

const TIMEOUT: Duration = Duration::from_secs(10);
const MOST_REDIRECTS: usize = 10;

/// What came of a request.
pub(super) struct Fetched {
    /// Where it ended.
    pub(super) url: Url,
    /// Where it was led on, in order.
    pub(super) redirects: Vec<Url>,
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
}

/// A client that follows redirects one by one, to show them.
pub(super) struct Fetcher(Client);

impl Fetcher {
    pub(super) fn new() -> Result<Self, String> {
        let agent = concat!("carnival-card/", env!("CARGO_PKG_VERSION"));
        let client = Client::builder().redirect(redirect::Policy::none()).timeout(TIMEOUT).user_agent(agent).build();
        client.map(Self).map_err(|error| format!("No pages can be fetched: {error}."))
    }

    /// Fetches at most so many bytes.
    pub(super) async fn get(&self, url: &Url, most_bytes: usize) -> Result<Fetched, String> {
        let (mut url, mut redirects) = (url.clone(), Vec::new());
        loop {
            let request = self.0.get(url.clone()).header(ACCEPT_LANGUAGE, "zh-CN,zh;q=0.9");
            let mut response = request.send().await.map_err(|error| reason(&error))?;
            let status = response.status();
            let next = response.headers().get(LOCATION).and_then(|to| url.join(to.to_str().ok()?).ok());
            if let (true, Some(next)) = (status.is_redirection(), next) {
                if redirects.len() == MOST_REDIRECTS {
                    return Err(format!("it leads on more than {MOST_REDIRECTS} times"));
                }
                if !matches!(next.scheme(), "http" | "https") {
                    return Err(format!("it leads on to {next}, which is no page"));
                }
                redirects.push(next.clone());
                url = next;
                continue;
            }
            let mut body = Vec::new();
            while let Some(chunk) = response.chunk().await.map_err(|error| reason(&error))? {
                if body.len() + chunk.len() > most_bytes {
                    return Err(format!("it is larger than {most_bytes} bytes"));
                }
                body.extend_from_slice(&chunk);
            }
            return Ok(Fetched { url, redirects, status, body });
        }
    }
}

/// The innermost reason: the outer ones only say that a request failed.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no whole answer within {} s", TIMEOUT.as_secs());
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
