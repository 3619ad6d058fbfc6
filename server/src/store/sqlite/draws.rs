//! Draws, and what was won in them.

use std::collections::HashMap;

use carnival_contract::replies::Win;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{DrawId, EntryId, ParticipantId, RoundId};
use carnival_engine::ledger::DrawRow;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::columns::{instant, json, parsed, to_json};
use super::entries;

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

pub(super) fn put(db: &Connection, draw: &DrawRow, round: RoundId) -> Result<()> {
    let proof = draw.proof.as_ref().map(to_json).transpose()?;
    let beacon = draw.beacon.as_ref().map(to_json).transpose()?;
    db.prepare_cached(
        "INSERT INTO draw (draw_id, seed, opened_at, entry_count, beacon, proof) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (draw_id) DO UPDATE SET entry_count = excluded.entry_count, proof = excluded.proof",
    )?
    .execute(params![
        draw.draw_id.as_str(),
        draw.seed.0,
        draw.opened_at.as_ms(),
        draw.entry_count,
        beacon,
        proof
    ])?;
    let Some(proof) = &draw.proof else {
        return Ok(());
    };
    let owners: HashMap<EntryId, ParticipantId> =
        entries::of_draw(db, &draw.draw_id)?.into_iter().map(|entry| (entry.entry_id, entry.participant_id)).collect();
    let mut insert = db.prepare_cached(
        "INSERT INTO win (participant_id, round_id, draw_number, entry_id, prize_id)
         VALUES (?1, ?2, (SELECT draw_number FROM draw WHERE draw_id = ?3), ?4, ?5)
         ON CONFLICT DO NOTHING",
    )?;
    for winner in &proof.winners {
        if let Some(owner) = owners.get(&winner.entry_id) {
            let draw_id = draw.draw_id.as_str();
            let prize_id = winner.prize_id.as_str();
            insert.execute(params![owner.0, round.0, draw_id, winner.entry_id.0, prize_id])?;
        }
    }
    Ok(())
}

pub(super) fn wins_of(db: &Connection, who: ParticipantId) -> Result<Vec<Win>> {
    db.prepare_cached(
        "SELECT draw_id, round_id, entry_id, prize_id FROM win JOIN draw USING (draw_number)
         WHERE participant_id = ?1 ORDER BY round_id DESC, ticket DESC",
    )?
    .query_map([who.0], |row| {
        Ok(Win {
            draw_id: DrawId::from(row.get::<_, String>(0)?),
            round_id: RoundId(row.get(1)?),
            entry_id: EntryId(row.get(2)?),
            prize_id: parsed(row, 3)?,
        })
    })?
    .collect()
}
