//! Prizes: what became of them, and where they go.

use carnival_domain::award::{Award, AwardState, Occasion};
use carnival_domain::ids::{DrawId, EntryId, ParticipantId, RoundId};
use carnival_domain::time::Timestamp;
use carnival_engine::ledger::AwardRow;
use rusqlite::types::Type;
use rusqlite::{Connection, Error, OptionalExtension, Params, Result, Row, params};

use super::columns::{instant, json, parsed, to_json};

const COLUMNS: &str = "draw_id, round_id, participant_id, place, prize_id, entry_id, reserve, promised_at, claim_by, \
    state, changed_at, coupon, star_id";
const AWARDS: &str = "award JOIN draw USING (draw_number) LEFT JOIN fans_draw USING (draw_number)";

fn row(row: &Row) -> Result<AwardRow> {
    let word: String = row.get(9)?;
    let unknown = || Error::FromSqlConversionFailure(9, Type::Text, format!("{word} is no state").into());
    let coupon = row.get_ref(11)?.as_str_or_null()?.is_some();
    let round: Option<u32> = row.get(1)?;
    // The log's rule is that of the table: a round's bell, or else a star's fans.
    let occasion = match round {
        Some(round) => Occasion::Round(RoundId(round)),
        None => Occasion::Star(parsed(row, 12)?),
    };
    Ok(AwardRow {
        draw_id: DrawId::from(row.get::<_, String>(0)?),
        occasion,
        participant_id: ParticipantId(row.get(2)?),
        award: Award {
            place: row.get(3)?,
            prize_id: parsed(row, 4)?,
            entry_id: EntryId(row.get(5)?),
            reserve: row.get(6)?,
            promised_at: instant(row, 7)?,
            claim_by: row.get::<_, Option<i64>>(8)?.map(Timestamp::from_ms),
            state: AwardState::parse(&word).ok_or_else(unknown)?,
            changed_at: instant(row, 10)?,
        },
        coupon: coupon.then(|| json(row, 11)).transpose()?,
    })
}

fn select(db: &Connection, tail: &str, params: impl Params) -> Result<Vec<AwardRow>> {
    let sql = format!("SELECT {COLUMNS} FROM {AWARDS} {tail}");
    db.prepare_cached(&sql)?.query_map(params, row)?.collect()
}

pub(super) fn of_draw(db: &Connection, id: &DrawId) -> Result<Vec<AwardRow>> {
    select(db, "WHERE draw_id = ?1 ORDER BY award_number", [id.as_str()])
}

pub(super) fn of_participant(db: &Connection, who: ParticipantId) -> Result<Vec<AwardRow>> {
    select(db, "WHERE participant_id = ?1 ORDER BY award_number DESC", [who.0])
}

pub(super) fn one(db: &Connection, entry: EntryId) -> Result<Option<AwardRow>> {
    Ok(select(db, "WHERE entry_id = ?1", [entry.0])?.pop())
}

/// Those without a deadline come first, as nothing is less than any number.
pub(super) fn due(db: &Connection, now: Timestamp, limit: u32) -> Result<Vec<AwardRow>> {
    // The limit stands in the text: SQLite looks at one that is bound, and so plans the query anew each time.
    let tail = format!(
        "WHERE state = 'promised' AND (claim_by IS NULL OR claim_by <= ?1) ORDER BY claim_by, award_number LIMIT {limit}"
    );
    select(db, &tail, [now.as_ms()])
}

pub(super) fn next_claim_by(db: &Connection) -> Result<Option<Timestamp>> {
    let next: Option<i64> = db
        .prepare_cached("SELECT min(claim_by) FROM award WHERE state = 'promised'")?
        .query_row([], |row| row.get(0))?;
    Ok(next.map(Timestamp::from_ms))
}

pub(super) fn put(db: &Connection, row: &AwardRow) -> Result<()> {
    let award = &row.award;
    let round = match &row.occasion {
        Occasion::Round(round) => Some(round.0),
        Occasion::Star(_) => None,
    };
    db.prepare_cached(
        "INSERT INTO award (draw_number, round_id, participant_id, place, prize_id, entry_id, reserve, promised_at,
           claim_by, state, changed_at, coupon)
         VALUES ((SELECT draw_number FROM draw WHERE draw_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (entry_id) DO UPDATE SET promised_at = excluded.promised_at, claim_by = excluded.claim_by,
           state = excluded.state, changed_at = excluded.changed_at",
    )?
    .execute(params![
        row.draw_id.as_str(),
        round,
        row.participant_id.0,
        award.place,
        award.prize_id.as_str(),
        award.entry_id.0,
        award.reserve,
        award.promised_at.as_ms(),
        award.claim_by.map(Timestamp::as_ms),
        award.state.as_str(),
        award.changed_at.as_ms(),
        row.coupon.as_ref().map(to_json).transpose()?,
    ])?;
    if award.state == AwardState::Dispatched {
        db.prepare_cached("UPDATE delivery SET sent_at = ?2 WHERE entry_id = ?1")?
            .execute(params![award.entry_id.0, award.changed_at.as_ms()])?;
    }
    Ok(())
}

pub(super) fn to_send(db: &Connection, limit: u32) -> Result<Vec<(AwardRow, Vec<u8>)>> {
    let sql = format!(
        "SELECT {COLUMNS}, sealed FROM {AWARDS} JOIN delivery USING (entry_id)
         WHERE state = 'claimed' ORDER BY changed_at, award_number LIMIT ?1"
    );
    db.prepare_cached(&sql)?.query_map([limit], |found| Ok((row(found)?, found.get(13)?)))?.collect()
}

pub(super) fn delivery(db: &Connection, entry: EntryId) -> Result<Option<Vec<u8>>> {
    db.prepare_cached("SELECT sealed FROM delivery WHERE entry_id = ?1")?
        .query_row([entry.0], |row| row.get(0))
        .optional()
}

pub(super) fn put_delivery(db: &Connection, entry: EntryId, sealed: &[u8]) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO delivery (entry_id, sealed) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET sealed = excluded.sealed",
    )?
    .execute(params![entry.0, sealed])
    .map(drop)
}

pub(super) fn forget(db: &Connection, sent_until: Timestamp) -> Result<u32> {
    let gone = db.prepare_cached("DELETE FROM delivery WHERE sent_at <= ?1")?.execute([sent_until.as_ms()])?;
    Ok(gone as u32)
}

pub(super) fn first_sent(db: &Connection) -> Result<Option<Timestamp>> {
    let first: Option<i64> = db
        .prepare_cached("SELECT min(sent_at) FROM delivery WHERE sent_at IS NOT NULL")?
        .query_row([], |row| row.get(0))?;
    Ok(first.map(Timestamp::from_ms))
}
