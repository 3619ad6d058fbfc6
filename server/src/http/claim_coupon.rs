//! `POST coupons/{offer}/claims`

use axum::Json;
use axum::extract::State;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::ClaimReply;
use carnival_domain::ids::OfferId;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Named};
use crate::app::App;
use crate::random;
use crate::store::Command;

struct ClaimCoupon {
    offer_id: OfferId,
    random: [u8; 16],
}

impl Command for ClaimCoupon {
    type Reply = ClaimReply;
    const IS_PUBLIC: bool = true;
    const MOVES_BELLS: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<ClaimReply, Failure<L::Error>> {
        engine.claim_coupon(ledger, write, &self.offer_id, self.random)
    }
}

/// Claims a coupon.
pub(crate) async fn claim_coupon(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    offer: Named,
) -> Answer<Json<ClaimReply>> {
    let command = ClaimCoupon { offer_id: offer.id(ErrorCode::UnknownOffer)?, random: random::bytes() };
    Ok(Json(app.store.write(write, command).await?))
}
