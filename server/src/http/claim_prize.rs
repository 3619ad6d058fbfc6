//! `POST draws/{draw}/awards/{entry}/delivery`

use axum::Json;
use axum::extract::State;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::PrizeClaimed;
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::ids::{DrawId, EntryId};
use carnival_engine::{Engine, Failure, Ledger, Nonce, Write};

use super::error::Answer;
use super::extract::{Beside, Body, NamedTwice};
use crate::app::App;
use crate::random;
use crate::store::Command;

struct ClaimPrize {
    draw_id: DrawId,
    entry_id: EntryId,
    form: DeliveryForm,
    nonce: Nonce,
}

impl Command for ClaimPrize {
    type Reply = PrizeClaimed;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
    ) -> Result<PrizeClaimed, Failure<L::Error>> {
        engine.claim_prize(ledger, write, &self.draw_id, self.entry_id, &self.form, self.nonce)
    }
}

/// Says where a prize goes.
pub(crate) async fn claim_prize(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    NamedTwice(draw, entry): NamedTwice,
    Body(form): Body<DeliveryForm>,
) -> Answer<Json<PrizeClaimed>> {
    let entry_id = entry.parse().map_err(|_| ErrorCode::UnknownPrize)?;
    let command = ClaimPrize { draw_id: draw.into(), entry_id, form, nonce: random::bytes() };
    Ok(Json(app.store.write(write, command).await?))
}
