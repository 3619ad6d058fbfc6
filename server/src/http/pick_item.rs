//! `POST items/{item}/pick`

use axum::Json;
use axum::extract::State;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::PickKept;
use carnival_contract::requests::PickItem;
use carnival_domain::ids::ItemId;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Body, Named};
use crate::app::App;
use crate::store::Command;

pub(crate) struct Pick {
    pub(crate) item_id: ItemId,
    pub(crate) asked: PickItem,
}

impl Command for Pick {
    type Reply = PickKept;
    const IS_PUBLIC: bool = false;
    const MOVES_BELLS: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<PickKept, Failure<L::Error>> {
        engine.pick_item(ledger, write, &self.item_id, self.asked)
    }
}

/// Picks an item, or takes that back.
pub(crate) async fn pick_item(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    item: Named,
    Body(asked): Body<PickItem>,
) -> Answer<Json<PickKept>> {
    let item_id = item.id(ErrorCode::UnknownItem)?;
    Ok(Json(app.store.write(write, Pick { item_id, asked }).await?))
}
