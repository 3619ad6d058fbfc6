//! `POST operator/dispatches`

use axum::Json;
use axum::extract::State;
use carnival_contract::replies::Dispatched;
use carnival_contract::requests::{DISPATCHES_MAX, MarkDispatched};
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Body, malformed};
use crate::app::App;
use crate::store::Command;

struct Mark(MarkDispatched);

impl Command for Mark {
    type Reply = Dispatched;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<Dispatched, Failure<L::Error>> {
        Ok(engine.mark_dispatched(ledger, &self.0.entry_ids, write.now)?)
    }
}

/// Writes down that prizes are on their way.
pub(crate) async fn mark_dispatched(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    Body(sent): Body<MarkDispatched>,
) -> Answer<Json<Dispatched>> {
    if sent.entry_ids.len() > DISPATCHES_MAX {
        return Err(malformed(format!("at most {DISPATCHES_MAX} entry_ids at once")));
    }
    Ok(Json(app.store.write(write, Mark(sent)).await?))
}
