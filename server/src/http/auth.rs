//! What both ways of signing in share: out, and back.

use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use carnival_contract::problem::Problem;
use carnival_contract::replies::SignInOutcome;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};
use reqwest::Url;

use super::guard::{Shopper, shopper, visitor, with_cookie};
use crate::app::App;
use crate::store::Query;

/// Who wants to sign in, as often as anybody may write: each time may cost a call to a platform.
pub(super) fn traveller(app: &App, request: &Parts) -> Result<Shopper, Problem> {
    let address = visitor(app, &request.headers, &request.extensions);
    app.rates.write_from(address)?;
    let shopper = shopper(app, &request.headers, address)?;
    app.rates.write_of(shopper.who)?;
    Ok(shopper)
}

/// Whether a participant agreed to the privacy notice as it is now. Before that, nothing is asked of a platform.
struct Agrees(ParticipantId);

impl Query for Agrees {
    type Reply = bool;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<bool, Failure<L::Error>> {
        Ok(engine.agrees(ledger, self.0)?)
    }
}

pub(super) async fn agrees(app: &App, who: ParticipantId) -> Result<bool, Problem> {
    app.store.read(Agrees(who)).await
}

/// A parameter of an address, the first of its name.
pub(super) fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let url = Url::parse(&format!("query:?{}", uri.query()?)).ok()?;
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Sends a browser on, with what it is to keep.
pub(super) fn send_to(app: &App, request: &Parts, shopper: Shopper, to: &str, cookies: Vec<HeaderValue>) -> Response {
    let Ok(location) = HeaderValue::from_str(to) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, location);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    let mut response = with_cookie(app, shopper, app.origins.is_secure(&request.headers), response);
    response.extensions_mut().insert(shopper);
    response
}

/// Sends a browser to a page that tells how it ended.
pub(super) fn tell(app: &App, request: &Parts, shopper: Shopper, to: &str, outcome: SignInOutcome) -> Response {
    let is_secure = app.origins.is_secure(&request.headers);
    let cookie = app.sign_in.outcome_cookie(outcome, app.store.now(), is_secure);
    send_to(app, request, shopper, to, cookie.into_iter().collect())
}
