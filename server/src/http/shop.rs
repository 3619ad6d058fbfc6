//! `/api/v1/shop/…`: what a shop's server does with coupons.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::shop::{ReserveCoupon, ShopCoupon, ShopReservation};
use carnival_domain::ids::ReservationId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::{Answer, HttpError};
use super::extract::{Beside, Body, Named};
use crate::app::App;
use crate::random;
use crate::store::{Command, Query};

struct Lookup(String);

impl Query for Lookup {
    type Reply = ShopCoupon;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, now: Timestamp) -> Result<ShopCoupon, Failure<L::Error>> {
        engine.shop_coupon(ledger, &self.0, now)
    }
}

struct Reserve {
    code: String,
    asked: ReserveCoupon,
    random: [u8; 16],
}

impl Command for Reserve {
    type Reply = ShopReservation;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Done<L> {
        engine.reserve_coupon(ledger, write, &self.code, &self.asked, self.random)
    }
}

struct Redeem(ReservationId);

impl Command for Redeem {
    type Reply = ShopReservation;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Done<L> {
        engine.redeem_coupon(ledger, write, self.0)
    }
}

struct RollBack(ReservationId);

impl Command for RollBack {
    type Reply = ShopReservation;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Done<L> {
        engine.roll_back(ledger, write, self.0)
    }
}

type Done<L> = Result<ShopReservation, Failure<<L as Ledger>::Error>>;

/// Looks a coupon up.
pub(crate) async fn get_coupon(State(app): State<App>, code: Named) -> Answer<impl IntoResponse> {
    app.rates.may_guess()?;
    let found = app.store.read(Lookup(code.as_str().to_owned())).await;
    let coupon = found.map_err(|problem| guessed(&app, problem.into()))?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(coupon)))
}

/// Sets a coupon aside for an order.
pub(crate) async fn reserve_coupon(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    code: Named,
    Body(asked): Body<ReserveCoupon>,
) -> Answer<Json<ShopReservation>> {
    app.rates.may_guess()?;
    let command = Reserve { code: code.as_str().to_owned(), asked, random: random::bytes() };
    let reserved = app.store.write(write, command).await;
    reserved.map(Json).map_err(|problem| guessed(&app, problem.into()))
}

/// Uses what was set aside.
pub(crate) async fn redeem_coupon(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    id: Named,
) -> Answer<Json<ShopReservation>> {
    Ok(Json(app.store.write(write, Redeem(id.id(ErrorCode::UnknownReservation)?)).await?))
}

/// Gives it back.
pub(crate) async fn roll_back(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    id: Named,
) -> Answer<Json<ShopReservation>> {
    Ok(Json(app.store.write(write, RollBack(id.id(ErrorCode::UnknownReservation)?)).await?))
}

/// Counts a code that is nobody's.
fn guessed(app: &App, error: HttpError) -> HttpError {
    if error.0.code == ErrorCode::UnknownCoupon {
        app.rates.guess();
    }
    error
}
