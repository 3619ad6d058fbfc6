//! `POST operator/pause` and `POST operator/resume`

use axum::Json;
use axum::extract::State;
use carnival_contract::replies::PauseReply;
use carnival_contract::requests::PauseNote;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Body};
use crate::app::App;
use crate::store::Command;

struct Pause(PauseNote);
struct Resume(PauseNote);

impl Command for Pause {
    type Reply = PauseReply;
    const IS_PUBLIC: bool = true;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<PauseReply, Failure<L::Error>> {
        engine.pause_rounds(ledger, &self.0, write.now)
    }
}

impl Command for Resume {
    type Reply = PauseReply;
    const IS_PUBLIC: bool = true;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<PauseReply, Failure<L::Error>> {
        engine.resume_rounds(ledger, &self.0, write.now)
    }
}

/// Stops the rounds.
pub(crate) async fn pause_rounds(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    Body(note): Body<PauseNote>,
) -> Answer<Json<PauseReply>> {
    let reply = app.store.write(write, Pause(note)).await?;
    tracing::warn!(note = reply.pause.note, "the rounds are paused");
    Ok(Json(reply))
}

/// Lets them go on.
pub(crate) async fn resume_rounds(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    Body(note): Body<PauseNote>,
) -> Answer<Json<PauseReply>> {
    let reply = app.store.write(write, Resume(note)).await?;
    tracing::warn!("the rounds go on");
    Ok(Json(reply))
}
