//! Coupons set aside for orders.

use carnival_domain::checkout::Reservation;
use carnival_domain::ids::ReservationId;
use carnival_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::columns::{instant, maybe_instant, parsed};

const SELECT: &str = "SELECT reservation_id, code, order_id, reserved_at, reserved_until, redeemed_at, rolled_back_at
    FROM reservation JOIN coupon USING (coupon_number)";

fn row(row: &Row) -> Result<Reservation> {
    Ok(Reservation {
        reservation_id: ReservationId(row.get(0)?),
        code: row.get(1)?,
        order_id: parsed(row, 2)?,
        reserved_at: instant(row, 3)?,
        reserved_until: instant(row, 4)?,
        redeemed_at: maybe_instant(row, 5)?,
        rolled_back_at: maybe_instant(row, 6)?,
    })
}

pub(super) fn one(db: &Connection, id: ReservationId) -> Result<Option<Reservation>> {
    db.prepare_cached(&format!("{SELECT} WHERE reservation_id = ?1"))?.query_row([id.0], row).optional()
}

pub(super) fn last_of(db: &Connection, code: &str) -> Result<Option<Reservation>> {
    db.prepare_cached(&format!("{SELECT} WHERE code = ?1 ORDER BY reservation_number DESC LIMIT 1"))?
        .query_row([code], row)
        .optional()
}

pub(super) fn all_of(db: &Connection, code: &str) -> Result<Vec<Reservation>> {
    db.prepare_cached(&format!("{SELECT} WHERE code = ?1 ORDER BY reservation_number"))?
        .query_map([code], row)?
        .collect()
}

pub(super) fn put(db: &Connection, reservation: &Reservation) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO reservation
           (reservation_id, coupon_number, order_id, reserved_at, reserved_until, redeemed_at, rolled_back_at)
         VALUES (?1, (SELECT coupon_number FROM coupon WHERE code = ?2), ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (reservation_id) DO UPDATE SET redeemed_at = excluded.redeemed_at,
           rolled_back_at = excluded.rolled_back_at",
    )?
    .execute(params![
        reservation.reservation_id.0,
        reservation.code,
        reservation.order_id.as_str(),
        reservation.reserved_at.as_ms(),
        reservation.reserved_until.as_ms(),
        reservation.redeemed_at.map(Timestamp::as_ms),
        reservation.rolled_back_at.map(Timestamp::as_ms),
    ])
    .map(drop)
}
