//! Counts calls, and is ill if it should be.

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::settings::Health;
use crate::world::Shared;

pub(crate) async fn count(State(world): State<Shared>, path: MatchedPath, request: Request, next: Next) -> Response {
    let health = {
        let mut world = world.lock();
        *world.calls.entry(path.as_str().to_owned()).or_default() += 1;
        world.health
    };
    match health {
        Health::Well => next.run(request).await,
        Health::Failing => (StatusCode::BAD_GATEWAY, "Bad Gateway").into_response(),
        Health::Hanging => std::future::pending().await,
    }
}
