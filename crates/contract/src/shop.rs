//! What a shop's own server asks with its secret key, and what it is answered. Nothing in here says who a participant is.

use carnival_domain::checkout::{CouponState, OrderId, Reservation, ReservationState};
use carnival_domain::ids::{OfferId, ReservationId};
use carnival_domain::local_text::LocalText;
use carnival_domain::money::Fen;
use carnival_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::api::Reply;
use crate::idempotency::IdempotencyKey;

/// `GET shop/coupons/{code}`: a coupon as a shop sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopCoupon {
    /// Its code, as it was given out.
    pub code: String,
    /// Of which offer; of a coupon that was won, which prize.
    pub offer_id: OfferId,
    /// The offer's name, or the prize's.
    pub title: LocalText,
    /// What it is good for, in words.
    pub scope: LocalText,
    /// What it takes off; of a prize, its value.
    pub amount_fen: Fen,
    /// From which sum on; zero means any.
    pub threshold_fen: Fen,
    /// When it was claimed, or won.
    pub claimed_at: Timestamp,
    /// Until when it can be reserved.
    pub valid_until: Timestamp,
    /// How it stands.
    pub state: CouponState,
    /// What holds it, if an order does.
    pub held_by: Option<ShopReservation>,
}

/// `POST shop/coupons/{code}/reservations`, `POST shop/reservations/{id}/redemption` and
/// `POST shop/reservations/{id}/rollback`: the reservation as it is then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopReservation {
    /// The reservation.
    #[serde(flatten)]
    pub reservation: Reservation,
    /// How it stands.
    pub state: ReservationState,
}

impl ShopReservation {
    /// A reservation at `now`.
    pub fn at(reservation: Reservation, now: Timestamp) -> Self {
        Self { state: reservation.state_at(now), reservation }
    }
}

/// The body of `POST shop/coupons/{code}/reservations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReserveCoupon {
    /// The shop's number of the order. The same order is given the same reservation.
    pub order_id: OrderId,
    /// How long the order may hold the coupon, s; a quarter of an hour if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_s: Option<u32>,
}

/// The talks of a shop's server with a back end. A write that is repeated with the same key is done once, and answered
/// alike; one that is repeated with another key finds everything as it should be.
#[expect(async_fn_in_trait, reason = "used with known types only, in tests")]
pub trait ShopApi {
    /// Looks a coupon up.
    async fn coupon(&self, code: &str) -> Reply<ShopCoupon>;
    /// Sets it aside for an order.
    async fn reserve(&self, code: &str, asked: &ReserveCoupon, key: &IdempotencyKey) -> Reply<ShopReservation>;
    /// The order is paid: the coupon is used.
    async fn redeem(&self, id: ReservationId, key: &IdempotencyKey) -> Reply<ShopReservation>;
    /// The order came to nothing, or was returned: the coupon is free again.
    async fn roll_back(&self, id: ReservationId, key: &IdempotencyKey) -> Reply<ShopReservation>;
}
