//! A shop's connection to a campaign in memory.

use std::sync::Arc;

use carnival_contract::api::Reply;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::shop::{ReserveCoupon, ShopApi, ShopCoupon, ShopReservation};
use carnival_domain::ids::ReservationId;
use carnival_engine::SHOP;

use crate::back_end::BackEnd;

/// A shop's server, which needs no key here.
pub struct MockShop(Arc<BackEnd>);

impl MockShop {
    pub(crate) fn of(back_end: &Arc<BackEnd>) -> Self {
        Self(Arc::clone(back_end))
    }
}

impl ShopApi for MockShop {
    async fn coupon(&self, code: &str) -> Reply<ShopCoupon> {
        self.0.ask(|engine, ledger, now| engine.shop_coupon(ledger, code, now))
    }

    async fn reserve(&self, code: &str, asked: &ReserveCoupon, key: &IdempotencyKey) -> Reply<ShopReservation> {
        let random = self.0.random();
        self.0.command(SHOP, key, |engine, ledger, write| engine.reserve_coupon(ledger, write, code, asked, random))
    }

    async fn redeem(&self, id: ReservationId, key: &IdempotencyKey) -> Reply<ShopReservation> {
        self.0.command(SHOP, key, |engine, ledger, write| engine.redeem_coupon(ledger, write, id))
    }

    async fn roll_back(&self, id: ReservationId, key: &IdempotencyKey) -> Reply<ShopReservation> {
        self.0.command(SHOP, key, |engine, ledger, write| engine.roll_back(ledger, write, id))
    }
}
