//! What stands before everything that a shop's server asks: its secret key.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use carnival_contract::problem::Problem;
use carnival_engine::{SHOP, Write};

use super::error::HttpError;
use super::guard::visitor;
use crate::app::App;

/// Before a shop's question: a key that we know, not too often.
pub(crate) async fn guard_shop(State(app): State<App>, request: Request, next: Next) -> Response {
    match check(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(problem) => refused(problem),
    }
}

/// Before a shop's write: the same, and a key to repeat it by.
pub(crate) async fn guard_shop_write(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let checked = check(&app, &request).and_then(|()| {
        let key = request.headers().get(IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok());
        key.and_then(IdempotencyKey::parse).ok_or_else(|| ErrorCode::IdempotencyKeyMissing.into())
    });
    match checked {
        Ok(key) => {
            request.extensions_mut().insert(Write { who: SHOP, key, now: app.store.now() });
            next.run(request).await
        }
        Err(problem) => refused(problem),
    }
}

fn check(app: &App, request: &Request) -> Result<(), Problem> {
    let said = request.headers().get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
    // The scheme's name is not case sensitive: RFC 9110.
    let key = said.and_then(|said| said.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, key)) = key else {
        return Err(ErrorCode::ShopKeyMissing.into());
    };
    let Some(shop) = app.shops.of_key(key.trim()) else {
        app.rates.refused_from(visitor(app, request.headers(), request.extensions()))?;
        return Err(ErrorCode::ShopKeyRefused.into());
    };
    app.rates.request_of_shop(shop)
}

fn refused(problem: Problem) -> Response {
    let is_missing = problem.code == ErrorCode::ShopKeyMissing;
    let mut response = HttpError(problem).into_response();
    if is_missing {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
