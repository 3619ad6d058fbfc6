//! Coupons and how many are gone.

use carnival_contract::live::OfferClaims;
use carnival_contract::replies::Coupon;
use carnival_domain::ids::{OfferId, ParticipantId};
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::columns::{instant, parsed};

pub(super) fn claimed_count(db: &Connection, offer: &OfferId) -> Result<u32> {
    let count = db
        .prepare_cached("SELECT claimed_count FROM offer_claims WHERE offer_id = ?1")?
        .query_row([offer.as_str()], |row| row.get(0))
        .optional()?;
    Ok(count.unwrap_or(0))
}

pub(super) fn claims(db: &Connection) -> Result<Vec<OfferClaims>> {
    db.prepare_cached("SELECT offer_id, claimed_count FROM offer_claims")?
        .query_map([], |row| Ok(OfferClaims { offer_id: parsed(row, 0)?, claimed_count: row.get(1)? }))?
        .collect()
}

pub(super) fn of_participant(db: &Connection, who: ParticipantId) -> Result<Vec<Coupon>> {
    db.prepare_cached(
        "SELECT offer_id, code, claimed_at, valid_until FROM coupon
         WHERE participant_id = ?1 ORDER BY coupon_number DESC",
    )?
    .query_map([who.0], |row| {
        Ok(Coupon {
            offer_id: parsed(row, 0)?,
            code: row.get(1)?,
            claimed_at: instant(row, 2)?,
            valid_until: instant(row, 3)?,
        })
    })?
    .collect()
}

pub(super) fn add(db: &Connection, who: ParticipantId, coupon: &Coupon) -> Result<()> {
    let offer_id = coupon.offer_id.as_str();
    db.prepare_cached(
        "INSERT INTO coupon (participant_id, offer_id, nth, code, claimed_at, valid_until)
         VALUES (?1, ?2, 1 + (SELECT coalesce(max(nth), 0) FROM coupon WHERE participant_id = ?1 AND offer_id = ?2), ?3, ?4, ?5)",
    )?
    .execute(params![who.0, offer_id, coupon.code, coupon.claimed_at.as_ms(), coupon.valid_until.as_ms()])?;
    db.prepare_cached(
        "INSERT INTO offer_claims (offer_id, claimed_count) VALUES (?1, 1)
         ON CONFLICT DO UPDATE SET claimed_count = claimed_count + 1",
    )?
    .execute([offer_id])
    .map(drop)
}
