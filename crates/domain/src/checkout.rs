//! A coupon at a shop's checkout: reserved for an order, redeemed, or rolled back.
//!
//! A coupon is held by one order at a time. What holds it is always its last reservation: a new one is made only when the
//! last one holds it no more.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{MalformedId, ReservationId};
use crate::time::Timestamp;

/// The longest that an order may hold a coupon, s: orders of Chinese shops lapse after half an hour unpaid.
pub const HOLD_MAX_S: u32 = 1800;
/// How long it holds one if it does not say, s.
pub const HOLD_USUAL_S: u32 = 900;
/// The longest order number.
pub const ORDER_ID_MAX_LENGTH: usize = 64;

/// A shop's own number of an order: letters, digits and marks, without spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderId(String);

impl OrderId {
    /// The number as the shop wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrderId {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        text.to_owned().try_into()
    }
}

impl TryFrom<String> for OrderId {
    type Error = MalformedId;

    fn try_from(text: String) -> Result<Self, MalformedId> {
        let fits = (1..=ORDER_ID_MAX_LENGTH).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then_some(Self(text)).ok_or(MalformedId)
    }
}

impl From<OrderId> for String {
    fn from(id: OrderId) -> Self {
        id.0
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A coupon set aside for an order, and what became of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// Its id.
    pub reservation_id: ReservationId,
    /// The coupon's code.
    pub code: String,
    /// The order it is for.
    pub order_id: OrderId,
    /// Since when.
    pub reserved_at: Timestamp,
    /// Until when it holds the coupon, unless it is redeemed before.
    pub reserved_until: Timestamp,
    /// When the order redeemed it, if it did.
    pub redeemed_at: Option<Timestamp>,
    /// When it was rolled back, if it was: the coupon is free again.
    pub rolled_back_at: Option<Timestamp>,
}

/// How a reservation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReservationState {
    /// It holds its coupon for the time being.
    Reserved,
    /// Its time is over.
    Lapsed,
    /// It holds its coupon for good.
    Redeemed,
    /// It was taken back.
    RolledBack,
}

impl ReservationState {
    /// Whether its coupon is its order's.
    pub fn holds(self) -> bool {
        matches!(self, Self::Reserved | Self::Redeemed)
    }
}

/// How a coupon stands, as a shop sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CouponState {
    /// It can be reserved.
    Claimed,
    /// An order holds it.
    Reserved,
    /// An order has used it.
    Redeemed,
    /// It can no longer be used.
    Expired,
}

/// Why a coupon cannot be reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReserveRefused {
    /// Another order holds it.
    Reserved {
        /// Until when, if nothing is done about it.
        until: Timestamp,
    },
    /// Another order has used it.
    Redeemed,
    /// It can no longer be used.
    Expired {
        /// Since when.
        at: Timestamp,
    },
}

/// Why a reservation cannot be redeemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedeemRefused {
    /// Its time is over: the coupon may be another order's by now.
    Lapsed {
        /// Since when.
        at: Timestamp,
    },
    /// It was rolled back.
    RolledBack,
}

impl Reservation {
    /// How it stands at `now`. Its time includes its beginning, not its end.
    pub fn state_at(&self, now: Timestamp) -> ReservationState {
        if self.rolled_back_at.is_some() {
            ReservationState::RolledBack
        } else if self.redeemed_at.is_some() {
            ReservationState::Redeemed
        } else if now < self.reserved_until {
            ReservationState::Reserved
        } else {
            ReservationState::Lapsed
        }
    }

    /// Redeems it. To do so again changes nothing.
    ///
    /// # Errors
    /// Its time is over, or it was rolled back.
    pub fn redeem(&self, now: Timestamp) -> Result<Self, RedeemRefused> {
        match self.state_at(now) {
            ReservationState::Redeemed => Ok(self.clone()),
            ReservationState::Reserved => Ok(Self { redeemed_at: Some(now), ..self.clone() }),
            ReservationState::Lapsed => Err(RedeemRefused::Lapsed { at: self.reserved_until }),
            ReservationState::RolledBack => Err(RedeemRefused::RolledBack),
        }
    }

    /// Takes it back, redeemed or not: the order came to nothing, or was returned. To do so again changes nothing.
    #[must_use]
    pub fn roll_back(&self, now: Timestamp) -> Self {
        Self { rolled_back_at: self.rolled_back_at.or(Some(now)), ..self.clone() }
    }
}

/// How a coupon stands at `now`, given its last reservation. One that an order holds can be redeemed even after its last
/// day: the shopper was in time.
pub fn coupon_state(valid_until: Timestamp, last: Option<&Reservation>, now: Timestamp) -> CouponState {
    match last.map(|last| last.state_at(now)) {
        Some(ReservationState::Redeemed) => CouponState::Redeemed,
        Some(ReservationState::Reserved) => CouponState::Reserved,
        Some(ReservationState::Lapsed | ReservationState::RolledBack) | None if now < valid_until => {
            CouponState::Claimed
        }
        _ => CouponState::Expired,
    }
}

/// Decides whether an order may hold a coupon, given its last reservation: true if it does already, false if a new one is
/// to be made.
///
/// # Errors
/// Another order holds it or has used it, or it can no longer be used.
pub fn reserve(
    valid_until: Timestamp,
    last: Option<&Reservation>,
    order_id: &OrderId,
    now: Timestamp,
) -> Result<bool, ReserveRefused> {
    let state = coupon_state(valid_until, last, now);
    match (state, last) {
        (CouponState::Reserved | CouponState::Redeemed, Some(last)) if last.order_id == *order_id => Ok(true),
        (CouponState::Redeemed, _) => Err(ReserveRefused::Redeemed),
        (CouponState::Reserved, last) => {
            Err(ReserveRefused::Reserved { until: last.map_or(now, |last| last.reserved_until) })
        }
        (CouponState::Expired, _) => Err(ReserveRefused::Expired { at: valid_until }),
        (CouponState::Claimed, _) => Ok(false),
    }
}

#[cfg(test)]
mod tests;
