//! Draws of stars' fans, and who is in them.

use carnival_domain::fans::FansEnding;
use carnival_domain::ids::{DrawId, EntryId, ParticipantId, StarId};
use carnival_engine::ledger::{FanEntryRow, FansDrawRow};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::columns::{instant, json, maybe_instant, parsed, to_json};

const DRAWS: &str = "SELECT star_id, draw_id, pool, ending, ended_at, proof IS NOT NULL
    FROM fans_draw JOIN draw USING (draw_number)";
const ENTRIES: &str = "SELECT participant_id, star_id, draw_id, entry_id, accepted_at
    FROM fan_entry JOIN fans_draw USING (star_id) JOIN draw USING (draw_number)";

fn draw_row(row: &Row) -> Result<FansDrawRow> {
    let ending: Option<String> = row.get(3)?;
    Ok(FansDrawRow {
        star_id: parsed(row, 0)?,
        draw_id: DrawId::from(row.get::<_, String>(1)?),
        pool: json(row, 2)?,
        ending: ending.as_deref().and_then(FansEnding::parse),
        ended_at: maybe_instant(row, 4)?,
        is_done: row.get(5)?,
    })
}

fn entry_row(row: &Row) -> Result<FanEntryRow> {
    Ok(FanEntryRow {
        participant_id: ParticipantId(row.get(0)?),
        star_id: parsed(row, 1)?,
        draw_id: DrawId::from(row.get::<_, String>(2)?),
        entry_id: EntryId(row.get(3)?),
        accepted_at: instant(row, 4)?,
    })
}

pub(super) fn draws(db: &Connection) -> Result<Vec<FansDrawRow>> {
    db.prepare_cached(DRAWS)?.query_map([], draw_row)?.collect()
}

pub(super) fn draw(db: &Connection, star: &StarId) -> Result<Option<FansDrawRow>> {
    db.prepare_cached(&format!("{DRAWS} WHERE star_id = ?1"))?.query_row([star.as_str()], draw_row).optional()
}

pub(super) fn put_draw(db: &Connection, draw: &FansDrawRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO fans_draw (star_id, draw_number, pool, ending, ended_at)
         VALUES (?1, (SELECT draw_number FROM draw WHERE draw_id = ?2), ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET ending = excluded.ending, ended_at = excluded.ended_at",
    )?
    .execute(params![
        draw.star_id.as_str(),
        draw.draw_id.as_str(),
        to_json(&draw.pool)?,
        draw.ending.map(FansEnding::as_str),
        draw.ended_at.map(|at| at.as_ms()),
    ])
    .map(drop)
}

pub(super) fn entry(db: &Connection, who: ParticipantId, star: &StarId) -> Result<Option<FanEntryRow>> {
    db.prepare_cached(&format!("{ENTRIES} WHERE star_id = ?1 AND participant_id = ?2 ORDER BY ticket LIMIT 1"))?
        .query_row(params![star.as_str(), who.0], entry_row)
        .optional()
}

pub(super) fn entries_of(db: &Connection, who: ParticipantId) -> Result<Vec<FanEntryRow>> {
    let tail = "WHERE participant_id = ?1 ORDER BY accepted_at DESC, star_id, ticket DESC";
    db.prepare_cached(&format!("{ENTRIES} {tail}"))?.query_map([who.0], entry_row)?.collect()
}

pub(super) fn add_entry(db: &Connection, entry: &FanEntryRow) -> Result<()> {
    let FanEntryRow { star_id, participant_id, entry_id, accepted_at, draw_id } = entry;
    db.prepare_cached(
        "INSERT INTO fan_entry (star_id, participant_id, entry_id, accepted_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![star_id.as_str(), participant_id.0, entry_id.0, accepted_at.as_ms()])?;
    db.prepare_cached("UPDATE draw SET entry_count = entry_count + 1 WHERE draw_id = ?1")?
        .execute([draw_id.as_str()])
        .map(drop)
}
