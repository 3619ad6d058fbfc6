//! The strings behind the stage.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::settings::Settings;
use crate::world::Shared;

pub(crate) async fn set(State(world): State<Shared>, Json(settings): Json<Settings>) -> StatusCode {
    world.lock().set(settings);
    StatusCode::NO_CONTENT
}

pub(crate) async fn calls(State(world): State<Shared>) -> Json<BTreeMap<String, u32>> {
    Json(world.lock().calls.clone())
}

/// What a real client verifies signatures with.
pub(crate) async fn ticket(State(world): State<Shared>) -> Json<Value> {
    Json(json!({ "ticket": world.lock().ticket() }))
}
