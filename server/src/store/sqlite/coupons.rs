//! Coupons and how many are gone, and the codes that were brought along for them.

use carnival_contract::live::OfferClaims;
use carnival_contract::replies::Coupon;
use carnival_domain::ids::{OfferId, ParticipantId};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::columns::{instant, maybe_instant, parsed};

/// Coupons, each with when an order used it, if one did.
const SELECT: &str = "SELECT offer_id, code, claimed_at, valid_until,
      (SELECT redeemed_at FROM reservation
       WHERE reservation.coupon_number = coupon.coupon_number AND redeemed_at IS NOT NULL AND rolled_back_at IS NULL)
    FROM coupon";

pub(super) fn claimed_count(db: &Connection, offer: &OfferId) -> Result<u32> {
    let count = db
        .prepare_cached("SELECT claimed_count FROM offer_claims WHERE offer_id = ?1")?
        .query_row([offer.as_str()], |row| row.get(0))
        .optional()?;
    Ok(count.unwrap_or(0))
}

pub(super) fn claims(db: &Connection) -> Result<Vec<OfferClaims>> {
    db.prepare_cached("SELECT offer_id, claimed_count FROM offer_claims")?
        .query_map([], |row| Ok(OfferClaims { offer_id: parsed(row, 0)?, claimed_count: row.get(1)?, start: None }))?
        .collect()
}

fn row(row: &Row) -> Result<Coupon> {
    Ok(Coupon {
        offer_id: parsed(row, 0)?,
        code: row.get(1)?,
        claimed_at: instant(row, 2)?,
        valid_until: instant(row, 3)?,
        redeemed_at: maybe_instant(row, 4)?,
    })
}

pub(super) fn of_participant(db: &Connection, who: ParticipantId) -> Result<Vec<Coupon>> {
    db.prepare_cached(&format!("{SELECT} WHERE participant_id = ?1 ORDER BY coupon_number DESC"))?
        .query_map([who.0], row)?
        .collect()
}

pub(super) fn by_code(db: &Connection, code: &str) -> Result<Option<Coupon>> {
    db.prepare_cached(&format!("{SELECT} WHERE code = ?1"))?.query_row([code], row).optional()
}

pub(super) fn add(db: &Connection, who: ParticipantId, coupon: &Coupon) -> Result<()> {
    let offer_id = coupon.offer_id.as_str();
    db.prepare_cached(
        "INSERT INTO coupon (participant_id, offer_id, nth, code, claimed_at, valid_until)
         VALUES (?1, ?2, 1 + (SELECT coalesce(max(nth), 0) FROM coupon WHERE participant_id = ?1 AND offer_id = ?2), ?3, ?4, ?5)",
    )?
    .execute(params![who.0, offer_id, coupon.code, coupon.claimed_at.as_ms(), coupon.valid_until.as_ms()])?;
    db.prepare_cached("UPDATE brought_code SET is_free = 0 WHERE code = ?1")?.execute([&coupon.code])?;
    db.prepare_cached(
        "INSERT INTO offer_claims (offer_id, claimed_count) VALUES (?1, 1)
         ON CONFLICT DO UPDATE SET claimed_count = claimed_count + 1",
    )?
    .execute([offer_id])
    .map(drop)
}

pub(super) fn offer_of_code(db: &Connection, code: &str) -> Result<Option<OfferId>> {
    db.prepare_cached(
        "SELECT offer_id FROM brought_code WHERE code = ?1 UNION ALL SELECT offer_id FROM coupon WHERE code = ?1",
    )?
    .query_row([code], |row| parsed(row, 0))
    .optional()
}

pub(super) fn code_count(db: &Connection, offer: &OfferId) -> Result<u32> {
    let count = db
        .prepare_cached("SELECT code_count FROM brought_codes WHERE offer_id = ?1")?
        .query_row([offer.as_str()], |row| row.get(0))
        .optional()?;
    Ok(count.unwrap_or(0))
}

pub(super) fn free_code(db: &Connection, offer: &OfferId) -> Result<Option<String>> {
    db.prepare_cached("SELECT code FROM brought_code WHERE offer_id = ?1 AND is_free = 1 ORDER BY code_number LIMIT 1")?
        .query_row([offer.as_str()], |row| row.get(0))
        .optional()
}

pub(super) fn add_code(db: &Connection, offer: &OfferId, code: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO brought_code (offer_id, code) VALUES (?1, ?2)")?.execute([offer.as_str(), code])?;
    db.prepare_cached(
        "INSERT INTO brought_codes (offer_id, code_count) VALUES (?1, 1)
         ON CONFLICT DO UPDATE SET code_count = code_count + 1",
    )?
    .execute([offer.as_str()])
    .map(drop)
}
