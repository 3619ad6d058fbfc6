//! What is kept of one participant, and how all of it goes.

use std::time::Duration;

use carnival_contract::export::{ExportedConsent, ExportedVote};
use carnival_contract::requests::MakeLink;
use carnival_domain::erasure::{NOBODY, mark};
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::ledger::{KeptRow, LinkRow};
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::BUSY_TIMEOUT;
use super::columns::{instant, json, maybe_instant, parsed};

/// In this order, as visits refer to links and addresses to awards. `?1` is who it was, `?2` how nobody's ids begin; the rest of
/// one is the thing's own public id, or else random, so that no two things are together.
const STEPS: [&str; 20] = [
    "DELETE FROM delivery WHERE entry_id IN (SELECT entry_id FROM award WHERE participant_id = ?1)",
    "UPDATE award SET participant_id = CAST(?2 || substr(entry_id, 1, 8) AS BLOB), coupon = NULL
     WHERE participant_id = ?1",
    "UPDATE entry SET participant_id = CAST(?2 || substr(entry_id, 1, 8) AS BLOB) WHERE participant_id = ?1",
    "UPDATE start_entry SET participant_id = CAST(?2 || substr(entry_id, 1, 8) AS BLOB) WHERE participant_id = ?1",
    "UPDATE fan_entry SET participant_id = CAST(?2 || substr(entry_id, 1, 8) AS BLOB) WHERE participant_id = ?1",
    "UPDATE vote SET participant_id = CAST(?2 || randomblob(8) AS BLOB), key_mark = NULL
     WHERE vote_number IN (SELECT vote_number FROM vote_of_participant WHERE participant_id = ?1)",
    "DELETE FROM canvassed WHERE owner_id = ?1",
    "DELETE FROM canvassed_count WHERE owner_id = ?1",
    "DELETE FROM visit WHERE owner_id = ?1",
    "UPDATE visit SET visitor_id = CAST(?2 || randomblob(8) AS BLOB) WHERE visitor_id = ?1",
    "DELETE FROM link WHERE participant_id = ?1",
    "DELETE FROM reach WHERE owner_id = ?1",
    "DELETE FROM reach_by_channel WHERE owner_id = ?1",
    "UPDATE pick_count SET pick_count = pick_count - 1
     WHERE item_id IN (SELECT item_id FROM pick WHERE participant_id = ?1)",
    "DELETE FROM pick WHERE participant_id = ?1",
    "DELETE FROM picks_shown WHERE participant_id = ?1",
    "DELETE FROM consent WHERE participant_id = ?1",
    "DELETE FROM account WHERE participant_id = ?1",
    "DELETE FROM answer WHERE participant_id = ?1",
    "DELETE FROM moved WHERE to_id = ?1",
];

/// Coupons stay in the shops' books; those that no order used end now.
const COUPONS: &str = "UPDATE coupon SET participant_id = CAST(?2 || randomblob(8) AS BLOB),
      valid_until = iif(EXISTS (SELECT 1 FROM reservation WHERE reservation.coupon_number = coupon.coupon_number
        AND redeemed_at IS NOT NULL AND rolled_back_at IS NULL), valid_until, min(valid_until, ?3))
    WHERE participant_id = ?1";

pub(super) fn erase(db: &Connection, who: ParticipantId, at: Timestamp) -> Result<()> {
    for id in other_ids(db, who)?.into_iter().chain([who]) {
        db.prepare_cached("INSERT INTO erased (mark, erased_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![mark(id), at.as_ms()])?;
    }
    db.prepare_cached(COUPONS)?.execute(params![who.0, NOBODY, at.as_ms()])?;
    for sql in STEPS {
        let mut step = db.prepare_cached(sql)?;
        if sql.contains("?2") {
            step.execute(params![who.0, NOBODY])?
        } else {
            step.execute([who.0])?
        };
    }
    Ok(())
}

pub(super) fn erased_at(db: &Connection, who: ParticipantId) -> Result<Option<Timestamp>> {
    db.prepare_cached("SELECT erased_at FROM erased WHERE mark = ?1")?
        .query_row([mark(who)], |row| instant(row, 0))
        .optional()
}

/// Takes the write-ahead log into the database and empties it: it has pages as they were before. False if somebody reads just
/// now; it is not waited for.
pub(super) fn clean_log(db: &Connection) -> Result<bool> {
    db.busy_timeout(Duration::ZERO)?;
    let is_busy = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
    db.busy_timeout(BUSY_TIMEOUT)?;
    Ok(!is_busy?)
}

/// When somebody was erased last.
pub(super) fn last(db: &Connection) -> Result<Option<Timestamp>> {
    let last: Option<i64> = db.prepare_cached("SELECT max(erased_at) FROM erased")?.query_row([], |row| row.get(0))?;
    Ok(last.map(Timestamp::from_ms))
}

pub(super) fn kept(db: &Connection, who: ParticipantId) -> Result<KeptRow> {
    let count = |sql: &str| db.prepare_cached(sql)?.query_row([who.0], |row| row.get(0));
    Ok(KeptRow {
        votes: votes(db, who)?,
        consents: consents(db, who)?,
        links: links(db, who)?,
        opened_count: count("SELECT count(*) FROM visit WHERE visitor_id = ?1")?,
        answer_count: count("SELECT count(*) FROM answer WHERE participant_id = ?1")?,
        other_id_count: other_ids(db, who)?.len() as u32,
    })
}

fn other_ids(db: &Connection, who: ParticipantId) -> Result<Vec<ParticipantId>> {
    db.prepare_cached("SELECT from_id FROM moved WHERE to_id = ?1")?
        .query_map([who.0], |row| row.get(0).map(ParticipantId))?
        .collect()
}

fn votes(db: &Connection, who: ParticipantId) -> Result<Vec<ExportedVote>> {
    db.prepare_cached(
        "SELECT star_id, day, cast_at, taken_back_at FROM vote_of_participant WHERE participant_id = ?1
         ORDER BY vote_number",
    )?
    .query_map([who.0], |row| {
        Ok(ExportedVote {
            star_id: parsed(row, 0)?,
            day: Day(row.get(1)?),
            cast_at: instant(row, 2)?,
            taken_back_at: maybe_instant(row, 3)?,
        })
    })?
    .collect()
}

fn consents(db: &Connection, who: ParticipantId) -> Result<Vec<ExportedConsent>> {
    db.prepare_cached(
        "SELECT version, is_given, said_at FROM consent WHERE participant_id = ?1 ORDER BY consent_number",
    )?
    .query_map([who.0], |row| {
        Ok(ExportedConsent { version: row.get(0)?, is_given: row.get(1)?, said_at: instant(row, 2)? })
    })?
    .collect()
}

fn links(db: &Connection, who: ParticipantId) -> Result<Vec<LinkRow>> {
    db.prepare_cached(
        "SELECT landing, channel, link_id, made_at FROM link WHERE participant_id = ?1 ORDER BY made_at, link_id",
    )?
    .query_map([who.0], |row| {
        let link = MakeLink { landing: json(row, 0)?, channel: json(row, 1)? };
        Ok(LinkRow { link, id: row.get(2)?, made_at: instant(row, 3)? })
    })?
    .collect()
}

#[cfg(test)]
pub(super) mod tests;
