//! `POST rounds/{round}/entries`

use axum::Json;
use axum::extract::State;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::EntryAccepted;
use carnival_domain::ids::RoundId;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Named};
use crate::app::App;
use crate::random;
use crate::store::Command;

struct EnterRound {
    round_id: RoundId,
    pseudonym: [u8; 16],
}

impl Command for EnterRound {
    type Reply = EntryAccepted;
    const IS_PUBLIC: bool = true;
    const MOVES_BELLS: bool = false;

    fn run<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
    ) -> Result<EntryAccepted, Failure<L::Error>> {
        engine.enter_round(ledger, write, self.round_id, self.pseudonym)
    }
}

/// Enters a round.
pub(crate) async fn enter_round(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    round: Named,
) -> Answer<Json<EntryAccepted>> {
    let command = EnterRound { round_id: round.id(ErrorCode::UnknownRound)?, pseudonym: random::bytes() };
    Ok(Json(app.store.write(write, command).await?))
}
