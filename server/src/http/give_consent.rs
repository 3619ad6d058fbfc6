//! `POST consents`

use axum::Json;
use axum::extract::State;
use carnival_contract::replies::ConsentGiven;
use carnival_contract::requests::GiveConsent;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Body};
use crate::app::App;
use crate::store::Command;

pub(crate) struct Give {
    pub(crate) consent: GiveConsent,
}

impl Command for Give {
    type Reply = ConsentGiven;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
    ) -> Result<ConsentGiven, Failure<L::Error>> {
        engine.give_consent(ledger, write, &self.consent)
    }
}

/// Agrees to the privacy notice.
pub(crate) async fn give_consent(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    Body(consent): Body<GiveConsent>,
) -> Answer<Json<ConsentGiven>> {
    Ok(Json(app.store.write(write, Give { consent }).await?))
}
