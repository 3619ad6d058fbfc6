//! What stands before everything that is the operator's alone.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_domain::ids::ParticipantId;
use carnival_engine::Write;

use super::error::HttpError;
use crate::app::App;

/// Lets those in who have the key, as `Authorization: Bearer …`. A browser never sends that by itself, so it needs no other
/// protection against foreign pages.
pub(crate) async fn guard_operator(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if !has_key(&app, request.headers()) {
        return HttpError(ErrorCode::OperatorOnly.into()).into_response();
    }
    // Nobody's write: the operator is no participant. What they ask for is the same when it is asked for again.
    let key = IdempotencyKey::from_random([0; 16]);
    request.extensions_mut().insert(Write { who: ParticipantId([0; 16]), key, now: app.store.now() });
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

fn has_key(app: &App, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|given| given.to_str().ok());
    given.and_then(|given| given.strip_prefix("Bearer ")).is_some_and(|given| app.operator_key.is(given.trim()))
}
