//! `POST picks/shown`

use axum::Json;
use axum::extract::State;
use carnival_contract::replies::PicksShown;
use carnival_contract::requests::ShowPicks;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Body};
use crate::app::App;
use crate::store::Command;

struct Show(ShowPicks);

impl Command for Show {
    type Reply = PicksShown;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<PicksShown, Failure<L::Error>> {
        engine.show_picks(ledger, write, self.0)
    }
}

/// Shows the participant's picks to friends, or no longer.
pub(crate) async fn show_picks(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    Body(asked): Body<ShowPicks>,
) -> Answer<Json<PicksShown>> {
    Ok(Json(app.store.write(write, Show(asked)).await?))
}
