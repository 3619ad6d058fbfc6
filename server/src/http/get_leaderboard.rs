//! `GET leaderboards/{board}`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::LeaderboardReply;
use carnival_contract::requests::Board;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Named;
use crate::app::App;
use crate::store::Query;

struct Standings(Board);

impl Query for Standings {
    type Reply = LeaderboardReply;

    fn run<L: Ledger>(
        self,
        engine: &Engine,
        ledger: &L,
        now: Timestamp,
    ) -> Result<LeaderboardReply, Failure<L::Error>> {
        Ok(engine.leaderboard(ledger, self.0, now)?)
    }
}

/// A leaderboard.
pub(crate) async fn get_leaderboard(State(app): State<App>, board: Named) -> Answer<impl IntoResponse> {
    let word: String = board.id(ErrorCode::UnknownLeaderboard)?;
    let board = Board::parse(&word).ok_or(ErrorCode::UnknownLeaderboard)?;
    let reply = app.store.read(Standings(board)).await?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(reply)))
}
