//! Draws.

use carnival_domain::hex::Hash32;
use carnival_domain::ids::DrawId;
use carnival_engine::ledger::DrawRow;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::columns::{instant, json, to_json};

pub(super) fn one(db: &Connection, id: &DrawId) -> Result<Option<DrawRow>> {
    db.prepare_cached("SELECT seed, opened_at, entry_count, beacon, proof FROM draw WHERE draw_id = ?1")?
        .query_row([id.as_str()], |row| {
            let has = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str_or_null()?.is_some());
            let (beacon, proof) = (has(3)?, has(4)?);
            Ok(DrawRow {
                draw_id: id.clone(),
                seed: Hash32(row.get(0)?),
                opened_at: instant(row, 1)?,
                entry_count: row.get(2)?,
                beacon: beacon.then(|| json(row, 3)).transpose()?,
                proof: proof.then(|| json(row, 4)).transpose()?,
            })
        })
        .optional()
}

pub(super) fn put(db: &Connection, draw: &DrawRow) -> Result<()> {
    let proof = draw.proof.as_ref().map(to_json).transpose()?;
    let beacon = draw.beacon.as_ref().map(to_json).transpose()?;
    db.prepare_cached(
        "INSERT INTO draw (draw_id, seed, opened_at, entry_count, beacon, proof) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (draw_id) DO UPDATE SET entry_count = excluded.entry_count, proof = excluded.proof",
    )?
    .execute(params![draw.draw_id.as_str(), draw.seed.0, draw.opened_at.as_ms(), draw.entry_count, beacon, proof])
    .map(drop)
}
