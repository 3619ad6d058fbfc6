//! A shop's side of HTTP.

use carnival_contract::api::Reply;
use carnival_contract::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use carnival_contract::paths;
use carnival_contract::shop::{ReserveCoupon, ShopApi, ShopCoupon, ShopReservation};
use carnival_domain::ids::ReservationId;
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;

use crate::client::{http, read};

pub(crate) struct Shop {
    server: String,
    key: String,
    http: Client,
}

impl Shop {
    pub(crate) fn new(server: String, key: &str) -> Self {
        Self { server, key: key.to_owned(), http: http() }
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.server)).bearer_auth(&self.key)
    }

    pub(crate) fn post(&self, path: &str, key: &IdempotencyKey) -> RequestBuilder {
        let request = self.http.post(format!("{}{path}", self.server)).bearer_auth(&self.key);
        request.header(IDEMPOTENCY_KEY, key.as_str())
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Reply<T> {
        read(request.send().await.expect("an answer")).await
    }
}

impl ShopApi for Shop {
    async fn coupon(&self, code: &str) -> Reply<ShopCoupon> {
        self.send(self.get(&paths::shop_coupon(code))).await
    }
    async fn reserve(&self, code: &str, asked: &ReserveCoupon, key: &IdempotencyKey) -> Reply<ShopReservation> {
        self.send(self.post(&paths::shop_reservations(code), key).json(asked)).await
    }
    async fn redeem(&self, id: ReservationId, key: &IdempotencyKey) -> Reply<ShopReservation> {
        self.send(self.post(&paths::shop_redemption(id), key)).await
    }
    async fn roll_back(&self, id: ReservationId, key: &IdempotencyKey) -> Reply<ShopReservation> {
        self.send(self.post(&paths::shop_rollback(id), key)).await
    }
}
