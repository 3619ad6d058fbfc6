//! Draws of offers' first moments, and who is in them.

use std::collections::HashSet;

use carnival_domain::draw::EntryOfDraw;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{DrawId, EntryId, OfferId, ParticipantId};
use carnival_engine::ledger::{StartDrawRow, StartEntryRow};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::columns::{instant, json, parsed, to_json};

const SELECT: &str = "SELECT offer_id, draw_id, seed, opened_at, proof IS NOT NULL FROM start_draw";

fn row(row: &Row) -> Result<StartDrawRow> {
    Ok(StartDrawRow {
        offer_id: parsed(row, 0)?,
        draw_id: DrawId::from(row.get::<_, String>(1)?),
        seed: Hash32(row.get(2)?),
        opened_at: instant(row, 3)?,
        is_done: row.get(4)?,
    })
}

pub(super) fn draw(db: &Connection, offer: &OfferId) -> Result<Option<StartDrawRow>> {
    db.prepare_cached(&format!("{SELECT} WHERE offer_id = ?1"))?.query_row([offer.as_str()], row).optional()
}

pub(super) fn draw_by_id(db: &Connection, id: &DrawId) -> Result<Option<StartDrawRow>> {
    db.prepare_cached(&format!("{SELECT} WHERE draw_id = ?1"))?.query_row([id.as_str()], row).optional()
}

pub(super) fn add_draw(db: &Connection, draw: &StartDrawRow) -> Result<()> {
    db.prepare_cached("INSERT INTO start_draw (offer_id, draw_id, seed, opened_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![draw.offer_id.as_str(), draw.draw_id.as_str(), draw.seed.0, draw.opened_at.as_ms()])
        .map(drop)
}

pub(super) fn finish_draw(db: &Connection, offer: &OfferId, proof: &DrawProof) -> Result<()> {
    let offer = offer.as_str();
    db.prepare_cached("UPDATE start_draw SET proof = ?2 WHERE offer_id = ?1")?
        .execute(params![offer, to_json(proof)?])?;
    db.prepare_cached("UPDATE start_entry SET is_drawn = 0 WHERE offer_id = ?1")?.execute([offer])?;
    // One sweep over the entries for all winners: entries have no index by their ids, which nobody else looks up.
    let winners: HashSet<EntryId> = proof.winners.iter().map(|winner| winner.entry_id).collect();
    let places: Vec<([u8; 16], u32, [u8; 16])> = db
        .prepare_cached("SELECT participant_id, ticket, entry_id FROM start_entry WHERE offer_id = ?1")?
        .query_map([offer], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_>>()?;
    let mut mark = db.prepare_cached(
        "UPDATE start_entry SET is_drawn = 1 WHERE offer_id = ?1 AND participant_id = ?2 AND ticket = ?3",
    )?;
    for (participant, ticket, _) in places.iter().filter(|(_, _, entry)| winners.contains(&EntryId(*entry))) {
        mark.execute(params![offer, participant, ticket])?;
    }
    Ok(())
}

pub(super) fn proof(db: &Connection, offer: &OfferId) -> Result<Option<DrawProof>> {
    db.prepare_cached("SELECT proof FROM start_draw WHERE offer_id = ?1 AND proof IS NOT NULL")?
        .query_row([offer.as_str()], |row| json(row, 0))
        .optional()
}

pub(super) fn entries(db: &Connection, offer: &OfferId) -> Result<Vec<EntryOfDraw>> {
    db.prepare_cached("SELECT entry_id, participant_id FROM start_entry WHERE offer_id = ?1")?
        .query_map([offer.as_str()], |row| {
            Ok(EntryOfDraw { entry_id: EntryId(row.get(0)?), participant_id: ParticipantId(row.get(1)?) })
        })?
        .collect()
}

pub(super) fn entries_of(db: &Connection, who: ParticipantId) -> Result<Vec<StartEntryRow>> {
    db.prepare_cached(
        "SELECT offer_id, entry_id, accepted_at, is_drawn FROM start_entry WHERE participant_id = ?1
         ORDER BY accepted_at DESC, offer_id, ticket DESC",
    )?
    .query_map([who.0], |row| {
        Ok(StartEntryRow {
            participant_id: who,
            offer_id: parsed(row, 0)?,
            entry_id: EntryId(row.get(1)?),
            accepted_at: instant(row, 2)?,
            is_drawn: row.get(3)?,
        })
    })?
    .collect()
}

pub(super) fn add_entry(db: &Connection, entry: &StartEntryRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO start_entry (offer_id, participant_id, entry_id, accepted_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![entry.offer_id.as_str(), entry.participant_id.0, entry.entry_id.0, entry.accepted_at.as_ms()])
    .map(drop)
}
