//! `POST consents/withdrawal`

use axum::Json;
use axum::extract::State;
use carnival_contract::replies::ConsentWithdrawn;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::Beside;
use crate::app::App;
use crate::store::Command;

struct Withdraw;

impl Command for Withdraw {
    type Reply = ConsentWithdrawn;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
    ) -> Result<ConsentWithdrawn, Failure<L::Error>> {
        engine.withdraw_consent(ledger, write)
    }
}

/// Takes back what was agreed to.
pub(crate) async fn withdraw_consent(
    State(app): State<App>,
    Beside(write): Beside<Write>,
) -> Answer<Json<ConsentWithdrawn>> {
    Ok(Json(app.store.write(write, Withdraw).await?))
}
