//! One line for each request, with ids and never a token or a cookie; and the headers that answers have in common.

use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::response::Response;
use carnival_contract::error_code::ErrorCode;

use super::get_file::OfThePage;
use super::guard::Shopper;
use crate::crowd::USER_AGENT as CROWD;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
/// A shop that is linked to may know that visitors come from here, but not by whose link.
const REFERRER: HeaderValue = HeaderValue::from_static("strict-origin-when-cross-origin");
/// Where share links lead, and what is said of all of them: the token of one is whose link it is.
const SHARED: &str = "/s/";
const SHARED_ROUTE: &str = "/s/{token}";
/// Answers below it are read by programs. They refer to nothing.
const API: &str = "/api/";

/// What is known of a request before it is answered.
pub(super) struct Line {
    started: Instant,
    method: Method,
    uri: Uri,
    is_crowd: bool,
}

impl Line {
    pub(super) fn begin(request: &Request) -> Self {
        let agent = request.headers().get(header::USER_AGENT);
        Self {
            started: Instant::now(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            is_crowd: agent.is_some_and(|agent| agent.as_bytes() == CROWD.as_bytes()),
        }
    }

    /// Writes the line and dresses the answer.
    pub(super) fn end(self, response: &mut Response) {
        // Nobody gains anything by foreseeing it.
        let id = carnival_domain::base32::encode(&fastrand::u64(..).to_be_bytes());
        self.write(&id, response);
        let is_file = response.extensions().get::<OfThePage>().is_some();
        let headers = response.headers_mut();
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
        // A page is a dozen files, most of them shorter than a head used to be: they have only what somebody reads.
        if is_file {
            return;
        }
        if let Ok(id) = HeaderValue::from_maybe_shared(bytes::Bytes::from(id)) {
            headers.insert(REQUEST_ID, id);
        }
        if !self.uri.path().starts_with(API) {
            headers.insert(header::REFERRER_POLICY, REFERRER);
        }
    }

    fn write(&self, id: &str, response: &Response) {
        let Self { method, .. } = self;
        let path = if self.uri.path().starts_with(SHARED) { SHARED_ROUTE } else { self.uri.path() };
        let status = response.status().as_u16();
        let ms = (self.started.elapsed().as_secs_f64() * 10_000.0).round() / 10.0;
        let participant = response.extensions().get::<Shopper>().map(|shopper| tracing::field::display(shopper.who));
        let code = response.extensions().get::<ErrorCode>().map(|code| code.as_str());
        if status >= 500 {
            tracing::error!(%id, %method, path, status, ms, participant, code, "request");
        } else if self.is_crowd {
            tracing::debug!(%id, %method, path, status, ms, participant, code, "request of the crowd");
        } else {
            tracing::info!(%id, %method, path, status, ms, participant, code, "request");
        }
    }
}
