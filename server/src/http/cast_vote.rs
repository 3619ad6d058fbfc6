//! `POST stars/{star}/votes`

use axum::Json;
use axum::extract::State;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::VoteCounted;
use carnival_domain::ids::StarId;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Named};
use crate::app::App;
use crate::random;
use crate::store::Command;

struct CastVote {
    star_id: StarId,
}

impl Command for CastVote {
    type Reply = VoteCounted;
    const IS_PUBLIC: bool = true;
    const MOVES_BELLS: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<VoteCounted, Failure<L::Error>> {
        engine.cast_vote(ledger, write, &self.star_id, random::bytes)
    }
}

/// Casts a vote.
pub(crate) async fn cast_vote(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    star: Named,
) -> Answer<Json<VoteCounted>> {
    let command = CastVote { star_id: star.id(ErrorCode::UnknownStar)? };
    Ok(Json(app.store.write(write, command).await?))
}
