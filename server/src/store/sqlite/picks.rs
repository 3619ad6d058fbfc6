//! Picks of goods, how many there are of each, and who shows theirs.

use carnival_domain::ids::{ItemId, ParticipantId};
use carnival_domain::time::Timestamp;
use carnival_engine::ledger::PickRow;
use rusqlite::{Connection, Result, params};

use super::columns::{instant, parsed};

pub(super) fn of_participant(db: &Connection, who: ParticipantId) -> Result<Vec<PickRow>> {
    db.prepare_cached("SELECT item_id, picked_at FROM pick WHERE participant_id = ?1 ORDER BY picked_at, item_id")?
        .query_map([who.0], |row| Ok(PickRow { item_id: parsed(row, 0)?, picked_at: instant(row, 1)? }))?
        .collect()
}

/// What those picked who show it, of those by whose links this participant came last. `visit` has an index by visitor.
pub(super) fn of_friends(db: &Connection, who: ParticipantId, friend_limit: u32) -> Result<Vec<ItemId>> {
    db.prepare_cached(
        "SELECT DISTINCT pick.item_id
         FROM (SELECT visit.owner_id AS friend_id FROM visit JOIN picks_shown ON participant_id = visit.owner_id
               WHERE visit.visitor_id = ?1 ORDER BY visit.visited_at DESC, visit.owner_id LIMIT ?2)
         JOIN pick ON pick.participant_id = friend_id ORDER BY pick.item_id",
    )?
    .query_map(params![who.0, friend_limit], |row| parsed(row, 0))?
    .collect()
}

pub(super) fn add(db: &Connection, who: ParticipantId, item: &ItemId, at: Timestamp) -> Result<()> {
    let added = db
        .prepare_cached("INSERT OR IGNORE INTO pick (participant_id, item_id, picked_at) VALUES (?1, ?2, ?3)")?
        .execute(params![who.0, item.as_str(), at.as_ms()])?;
    count(db, item, i64::try_from(added).unwrap_or_default())
}

pub(super) fn take_back(db: &Connection, who: ParticipantId, item: &ItemId) -> Result<()> {
    let gone = db
        .prepare_cached("DELETE FROM pick WHERE participant_id = ?1 AND item_id = ?2")?
        .execute(params![who.0, item.as_str()])?;
    count(db, item, -i64::try_from(gone).unwrap_or_default())
}

fn count(db: &Connection, item: &ItemId, change: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO pick_count (item_id, pick_count) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET pick_count = pick_count + excluded.pick_count",
    )?
    .execute(params![item.as_str(), change])
    .map(drop)
}

pub(super) fn counts(db: &Connection) -> Result<Vec<(ItemId, u32)>> {
    db.prepare_cached("SELECT item_id, pick_count FROM pick_count WHERE pick_count > 0 ORDER BY item_id")?
        .query_map([], |row| Ok((parsed(row, 0)?, row.get(1)?)))?
        .collect()
}

pub(super) fn are_shown(db: &Connection, who: ParticipantId) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM picks_shown WHERE participant_id = ?1")?.exists([who.0])
}

pub(super) fn set_shown(db: &Connection, who: ParticipantId, is_shown: bool, at: Timestamp) -> Result<()> {
    if is_shown {
        db.prepare_cached("INSERT OR IGNORE INTO picks_shown (participant_id, shown_at) VALUES (?1, ?2)")?
            .execute(params![who.0, at.as_ms()])
            .map(drop)
    } else {
        db.prepare_cached("DELETE FROM picks_shown WHERE participant_id = ?1")?.execute([who.0]).map(drop)
    }
}
