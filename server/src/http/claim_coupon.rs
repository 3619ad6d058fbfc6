//! `POST coupons/{offer}/claims`

use axum::Json;
use axum::extract::State;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::CouponClaimed;
use carnival_domain::ids::OfferId;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Named};
use crate::app::App;
use crate::random;
use crate::store::Command;

struct ClaimCoupon {
    offer_id: OfferId,
    code: [u8; 8],
}

impl Command for ClaimCoupon {
    type Reply = CouponClaimed;
    const IS_PUBLIC: bool = true;

    fn run<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
    ) -> Result<CouponClaimed, Failure<L::Error>> {
        engine.claim_coupon(ledger, write, &self.offer_id, self.code)
    }
}

/// Claims a coupon.
pub(crate) async fn claim_coupon(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    offer: Named,
) -> Answer<Json<CouponClaimed>> {
    let command = ClaimCoupon { offer_id: offer.id(ErrorCode::UnknownOffer)?, code: random::bytes() };
    Ok(Json(app.store.write(write, command).await?))
}
