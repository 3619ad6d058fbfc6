//! What goes out with a `fetch`.

use carnival_contract::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use web_sys::{AbortController, RequestCredentials, RequestInit};

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
    /// In the browser's own terms.
    pub(super) fn init(self, abort: Option<&AbortController>) -> RequestInit {
        let init = RequestInit::new();
        // The default since 2017; before Chromium 72 it was to send no cookie, and each request came from somebody new.
        init.set_credentials(RequestCredentials::SameOrigin);
        init.set_signal(abort.map(AbortController::signal).as_ref());
        let headers = [
            (IDEMPOTENCY_KEY, self.key.map(IdempotencyKey::as_str)),
            ("Content-Type", self.body.map(|_| "application/json")),
            ("If-None-Match", self.etag),
        ];
        let object = js_sys::Object::new();
        for (name, value) in headers {
            if let Some(value) = value {
                let _ = js_sys::Reflect::set(&object, &name.into(), &value.into());
            }
        }
        init.set_headers(&object);
        if self.key.is_some() {
            init.set_method("POST");
        }
        if let Some(body) = self.body {
            init.set_body(&body.into());
        }
        init
    }
}

/// Chromium before 66 has no `AbortController`: there a request that takes too long is left to its fate.
pub(super) fn abort_controller() -> Option<AbortController> {
    let known = js_sys::Reflect::has(&dom::window(), &"AbortController".into());
    known.is_ok_and(|known| known).then(|| AbortController::new().ok()).flatten()
}
