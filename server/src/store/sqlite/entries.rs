//! Entries.

use carnival_domain::draw::EntryOfDraw;
use carnival_domain::ids::{DrawId, EntryId, ParticipantId, RoundId};
use carnival_domain::time::Timestamp;
use carnival_engine::ledger::EntryRow;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::columns::instant;

const SELECT: &str = "SELECT participant_id, round_id, draw_id, entry_id, accepted_at, is_waiting
    FROM entry JOIN round USING (round_id) JOIN draw USING (draw_number)";

fn row(row: &Row) -> Result<EntryRow> {
    Ok(EntryRow {
        participant_id: ParticipantId(row.get(0)?),
        round_id: RoundId(row.get(1)?),
        draw_id: DrawId::from(row.get::<_, String>(2)?),
        entry_id: EntryId(row.get(3)?),
        accepted_at: instant(row, 4)?,
        is_waiting: row.get(5)?,
    })
}

pub(super) fn one(db: &Connection, who: ParticipantId, round: RoundId) -> Result<Option<EntryRow>> {
    db.prepare_cached(&format!(
        "{SELECT} WHERE participant_id = ?1 AND round_id = ?2 ORDER BY is_waiting, accepted_at, ticket LIMIT 1"
    ))?
    .query_row(params![who.0, round.0], row)
    .optional()
}

pub(super) fn of_participant(db: &Connection, who: ParticipantId, limit: u32) -> Result<Vec<EntryRow>> {
    // As for due awards: a limit that is bound costs a new plan each time.
    let tail = format!("WHERE participant_id = ?1 ORDER BY round_id DESC, accepted_at DESC, ticket DESC LIMIT {limit}");
    db.prepare_cached(&format!("{SELECT} {tail}"))?.query_map([who.0], row)?.collect()
}

pub(super) fn of_draw(db: &Connection, id: &DrawId) -> Result<Vec<EntryOfDraw>> {
    db.prepare_cached(
        "SELECT entry_id, participant_id FROM draw JOIN round USING (draw_number) JOIN entry USING (round_id)
         WHERE draw_id = ?1 AND NOT is_waiting
         UNION ALL SELECT entry_id, participant_id FROM draw JOIN fans_draw USING (draw_number)
           JOIN fan_entry USING (star_id) WHERE draw_id = ?1",
    )?
    .query_map([id.as_str()], |row| {
        Ok(EntryOfDraw { entry_id: EntryId(row.get(0)?), participant_id: ParticipantId(row.get(1)?) })
    })?
    .collect()
}

pub(super) fn add(db: &Connection, entry: &EntryRow) -> Result<()> {
    let EntryRow { round_id, participant_id, entry_id, accepted_at, is_waiting, .. } = entry;
    db.prepare_cached(
        "INSERT INTO entry (round_id, participant_id, entry_id, accepted_at, is_waiting) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![round_id.0, participant_id.0, entry_id.0, accepted_at.as_ms(), is_waiting])?;
    if *is_waiting { Ok(()) } else { add_to_counts(db, entry) }
}

pub(super) fn count(db: &Connection, entry: &EntryRow, at: Timestamp) -> Result<()> {
    let counted = db
        .prepare_cached(
            "UPDATE entry SET is_waiting = 0, accepted_at = ?4
             WHERE round_id = ?1 AND participant_id = ?2 AND entry_id = ?3 AND is_waiting",
        )?
        .execute(params![entry.round_id.0, entry.participant_id.0, entry.entry_id.0, at.as_ms()])?;
    if counted == 0 { Ok(()) } else { add_to_counts(db, entry) }
}

fn add_to_counts(db: &Connection, entry: &EntryRow) -> Result<()> {
    db.prepare_cached("UPDATE round SET participant_count = participant_count + 1 WHERE round_id = ?1")?
        .execute([entry.round_id.0])?;
    db.prepare_cached("UPDATE draw SET entry_count = entry_count + 1 WHERE draw_id = ?1")?
        .execute([entry.draw_id.as_str()])
        .map(drop)
}
