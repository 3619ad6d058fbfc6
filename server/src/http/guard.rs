//! What stands before a write, and before everything that is about one participant.

use std::future::ready;
use std::net::IpAddr;
use std::pin::Pin;

use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::{Extensions, HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use carnival_contract::problem::Problem;
use carnival_domain::ids::ParticipantId;
use carnival_engine::Write;

use super::error::HttpError;
use super::serve::Peer;
use crate::app::App;

/// Who asks. A newcomer is given a cookie with the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shopper {
    pub(crate) who: ParticipantId,
    pub(crate) is_new: bool,
}

/// Stands on the answer after which the browser is nobody's: the one to whoever erased themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CookieEnds;

/// Before what is about one participant: finds out who it is.
pub(crate) async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let shopper = match shopper(&app, request.headers(), visitor(&app, request.headers(), request.extensions())) {
        Ok(shopper) => shopper,
        Err(problem) => return HttpError(problem).into_response(),
    };
    let is_secure = app.origins.is_secure(request.headers());
    request.extensions_mut().insert(shopper);
    let mut response = with_cookie(&app, shopper, is_secure, next.run(request).await);
    response.extensions_mut().insert(shopper);
    response
}

/// A handler of writes, behind what stands before all of them: ours, not too often, with a key. No layer, for those wait for the
/// writer (see [`around`](super::around)).
#[derive(Clone)]
pub(crate) struct Guarded<H>(pub(crate) H);

/// Tells the compiler that a guarded handler is one.
pub(crate) struct ByGuard;

impl<T, H: Handler<T, App>> Handler<(ByGuard, T), App> for Guarded<H> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, mut request: Request, app: App) -> Self::Future {
        let (shopper, write) = match check_write(&app, &request) {
            Ok(checked) => checked,
            Err(problem) => return Box::pin(ready(HttpError(problem).into_response())),
        };
        let is_secure = app.origins.is_secure(request.headers());
        request.extensions_mut().insert(write);
        let answer = self.0.call(request, app.clone());
        Box::pin(async move {
            let mut response = with_cookie(&app, shopper, is_secure, answer.await);
            response.extensions_mut().insert(shopper);
            response
        })
    }
}

fn check_write(app: &App, request: &Request) -> Result<(Shopper, Write), Problem> {
    let headers = request.headers();
    if !app.origins.is_own(headers) {
        return Err(ErrorCode::ForeignOrigin.into());
    }
    let address = visitor(app, headers, request.extensions());
    app.rates.write_from(address)?;
    let key = headers.get(IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok());
    let key = key.and_then(IdempotencyKey::parse).ok_or(ErrorCode::IdempotencyKeyMissing)?;
    let shopper = shopper(app, headers, address)?;
    app.rates.write_of(shopper.who)?;
    let write = Write { who: shopper.who, key, now: app.store.now() };
    Ok((shopper, write))
}

/// Whose request this is; a newcomer's, if nobody's.
pub(crate) fn shopper(app: &App, headers: &HeaderMap, address: IpAddr) -> Result<Shopper, Problem> {
    if let Some(who) = app.guests.known(headers) {
        return Ok(Shopper { who, is_new: false });
    }
    newcomer(app, address)
}

/// Somebody nobody has seen before.
pub(crate) fn newcomer(app: &App, address: IpAddr) -> Result<Shopper, Problem> {
    app.rates.guest_from(address)?;
    Ok(Shopper { who: app.guests.newcomer(app.store.now()), is_new: true })
}

/// Where a request comes from.
pub(crate) fn visitor(app: &App, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let peer = extensions.get::<Peer>().copied().unwrap_or_default();
    app.origins.visitor(headers, peer.0)
}

/// The response, with a newcomer's cookie; or without the cookie of somebody who has erased themselves. What they ask for with it
/// is refused, and the next request is a newcomer's.
pub(crate) fn with_cookie(app: &App, shopper: Shopper, is_secure: bool, mut response: Response) -> Response {
    let extensions = response.extensions();
    let is_erased = extensions.get::<CookieEnds>().is_some()
        || extensions.get::<ErrorCode>() == Some(&ErrorCode::ParticipantErased);
    if is_erased {
        response.headers_mut().extend(app.guests.no_cookie(is_secure).map(|cookie| (header::SET_COOKIE, cookie)));
    } else if shopper.is_new
        && let Some(cookie) = app.guests.cookie(shopper.who, app.store.now(), is_secure)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
