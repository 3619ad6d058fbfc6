//! `POST stars/{star}/votes`

use axum::Json;
use axum::extract::State;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_contract::replies::VoteCounted;
use carnival_domain::ids::StarId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Named};
use crate::app::App;
use crate::random;
use crate::store::{Command, News, Recent};

pub(crate) struct CastVote {
    pub(crate) star_id: StarId,
}

impl Command for CastVote {
    type Reply = VoteCounted;
    const IS_PUBLIC: bool = true;
    const MOVES_BELLS: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<VoteCounted, Failure<L::Error>> {
        engine.cast_vote(ledger, write, &self.star_id, random::bytes)
    }

    fn run_and_tell<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
        news: &mut News,
    ) -> Result<VoteCounted, Failure<L::Error>> {
        let mut known = None;
        let counted = engine.cast_vote_and_know(ledger, write, &self.star_id, random::bytes, &mut known);
        *news = known.map_or(News::None, News::Known);
        counted
    }

    fn recall(&self, recent: &Recent, write: &Write, now: Timestamp) -> Option<Result<VoteCounted, Problem>> {
        recent.recall(write, &self.star_id, now)
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
