//! `GET leaderboards/{board}`

use std::str::FromStr;

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::LeaderboardReply;
use carnival_contract::requests::{BOARD_LINES_MAX, Board, BoardPart};
use carnival_domain::leaderboard::PartFrom;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::{Answer, HttpError};
use super::extract::{Named, malformed};
use crate::app::App;
use crate::store::Query;

/// `?day=&limit=` and one of `after=`, `before=`, `around=`. Parameters that nobody knows are nobody's business.
pub(crate) struct Part(BoardPart);

impl<S: Send + Sync> FromRequestParts<S> for Part {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, HttpError> {
        let mut part = BoardPart::default();
        let pairs = parts.uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        for (name, text) in pairs {
            let from = match name {
                "day" => {
                    part.day = Some(read(text, "day must be a date such as 2026-06-18")?);
                    continue;
                }
                "limit" => {
                    let limit: u32 = read(text, LIMIT)?;
                    if !(1..=BOARD_LINES_MAX).contains(&limit) {
                        return Err(malformed(LIMIT));
                    }
                    part.limit = Some(limit);
                    continue;
                }
                "after" => PartFrom::After(read(text, "after must be the next_after of another part")?),
                "before" => PartFrom::Before(read(text, "before must be the previous_before of another part")?),
                "around" => PartFrom::Around(text.parse().map_err(|_| ErrorCode::UnknownStar)?),
                _ => continue,
            };
            if part.from != PartFrom::Top {
                return Err(malformed("after, before and around exclude one another"));
            }
            part.from = from;
        }
        if part.from != PartFrom::Top && part.limit.is_none() {
            part.limit = Some(BOARD_LINES_MAX);
        }
        Ok(Self(part))
    }
}

const LIMIT: &str = "limit must be a number from 1 to 200";

fn read<T: FromStr>(text: &str, otherwise: &str) -> Result<T, HttpError> {
    text.parse().map_err(|_| malformed(otherwise))
}

struct Standings(Board, BoardPart);

impl Query for Standings {
    type Reply = LeaderboardReply;

    fn run<L: Ledger>(
        self,
        engine: &Engine,
        ledger: &L,
        now: Timestamp,
    ) -> Result<LeaderboardReply, Failure<L::Error>> {
        engine.leaderboard_part(ledger, self.0, &self.1, now)
    }
}

/// A leaderboard, or a part of it.
pub(crate) async fn get_leaderboard(
    State(app): State<App>,
    board: Named,
    Part(part): Part,
) -> Answer<impl IntoResponse> {
    let word: String = board.id(ErrorCode::UnknownLeaderboard)?;
    let board = Board::parse(&word).ok_or(ErrorCode::UnknownLeaderboard)?;
    let reply = app.store.read(Standings(board, part)).await?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(reply)))
}
