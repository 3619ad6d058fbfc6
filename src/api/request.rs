//! What goes out with a `fetch`.

use carnival_contract::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use gloo_net::Error;
use gloo_net::http::{Method, RequestBuilder, Response};
use web_sys::{AbortController, RequestCredentials};

use crate::browser::dom;

/// What is sent along.
#[derive(Clone, Copy, Default)]
pub(super) struct Request<'a> {
    /// A write has a key.
    pub(super) key: Option<&'a IdempotencyKey>,
    /// JSON.
    pub(super) body: Option<&'a str>,
    /// What is known already.
    pub(super) etag: Option<&'a str>,
}

impl Request<'_> {
    /// Sends it; the answer's head comes back, its body is still on the way.
    pub(super) async fn send(self, path: &str, abort: Option<&AbortController>) -> Result<Response, Error> {
        let signal = abort.map(AbortController::signal);
        // The default since 2017; before Chromium 72 it was to send no cookie, and each request came from somebody new.
        let mut builder =
            RequestBuilder::new(path).credentials(RequestCredentials::SameOrigin).abort_signal(signal.as_ref());
        let headers = [
            (IDEMPOTENCY_KEY, self.key.map(IdempotencyKey::as_str)),
            ("Content-Type", self.body.map(|_| "application/json")),
            ("If-None-Match", self.etag),
        ];
        for (name, value) in headers {
            if let Some(value) = value {
                builder = builder.header(name, value);
            }
        }
        if self.key.is_some() {
            builder = builder.method(Method::POST);
        }
        match self.body {
            Some(body) => builder.body(body)?.send().await,
            None => builder.send().await,
        }
    }
}

/// Chromium before 66 has no `AbortController`: there a request that takes too long is left to its fate.
pub(super) fn abort_controller() -> Option<AbortController> {
    let known = js_sys::Reflect::has(&dom::window(), &"AbortController".into());
    known.is_ok_and(|known| known).then(|| AbortController::new().ok()).flatten()
}
