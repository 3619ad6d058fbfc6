//! Rounds.

use carnival_domain::ids::{DrawId, RoundId};
use carnival_domain::round::{RoundAccount, RoundEnding};
use carnival_engine::ledger::RoundRow;
use rusqlite::{Connection, OptionalExtension, Params, Result, Row, params};

use super::columns::{instant, json, to_json};

const SELECT: &str = "SELECT round_id, draw_id, carried_in, added, participant_count, ending, ended_at \
    FROM round JOIN draw USING (draw_number)";

fn row(row: &Row) -> Result<RoundRow> {
    let ending: Option<String> = row.get(5)?;
    Ok(RoundRow {
        account: RoundAccount {
            round_id: RoundId(row.get(0)?),
            carried_in: json(row, 2)?,
            added: json(row, 3)?,
            participant_count: row.get(4)?,
            ending: ending.map(|word| match word.as_str() {
                "drawn" => RoundEnding::Drawn,
                _ => RoundEnding::RolledOver,
            }),
        },
        draw_id: DrawId::from(row.get::<_, String>(1)?),
        ended_at: row.get::<_, Option<i64>>(6)?.map(|_| instant(row, 6)).transpose()?,
    })
}

fn select_one(db: &Connection, tail: &str, params: impl Params) -> Result<Option<RoundRow>> {
    db.prepare_cached(&format!("{SELECT} {tail}"))?.query_row(params, row).optional()
}

pub(super) fn latest(db: &Connection) -> Result<Option<RoundRow>> {
    select_one(db, "ORDER BY round_id DESC LIMIT 1", [])
}

pub(super) fn one(db: &Connection, id: RoundId) -> Result<Option<RoundRow>> {
    select_one(db, "WHERE round_id = ?1", [id.0])
}

pub(super) fn ended(db: &Connection, before: Option<RoundId>, limit: u32) -> Result<Vec<RoundRow>> {
    // As for due awards: a limit that is bound costs a new plan each time, and this is asked for with every frame.
    let tail = format!("WHERE round_id < ?1 AND ending IS NOT NULL ORDER BY round_id DESC LIMIT {limit}");
    let before = before.map_or(i64::MAX, |id| i64::from(id.0));
    db.prepare_cached(&format!("{SELECT} {tail}"))?.query_map([before], row)?.collect()
}

pub(super) fn undrawn(db: &Connection) -> Result<Vec<RoundRow>> {
    // The planner reads the few open draws by their index, and the rounds of each by theirs.
    let tail = "WHERE draw.proof IS NULL AND ending = 'drawn' ORDER BY round_id";
    db.prepare_cached(&format!("{SELECT} {tail}"))?.query_map([], row)?.collect()
}

pub(super) fn put(db: &Connection, round: &RoundRow) -> Result<()> {
    let account = &round.account;
    let ending = account.ending.map(|ending| match ending {
        RoundEnding::Drawn => "drawn",
        RoundEnding::RolledOver => "rolled_over",
    });
    // An upsert, not REPLACE: that would delete the row which entries refer to.
    db.prepare_cached(
        "INSERT INTO round (round_id, draw_number, carried_in, added, participant_count, ending, ended_at)
         VALUES (?1, (SELECT draw_number FROM draw WHERE draw_id = ?2), ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET draw_number = excluded.draw_number, carried_in = excluded.carried_in,
           added = excluded.added, participant_count = excluded.participant_count,
           ending = excluded.ending, ended_at = excluded.ended_at",
    )?
    .execute(params![
        account.round_id.0,
        round.draw_id.as_str(),
        to_json(&account.carried_in)?,
        to_json(&account.added)?,
        account.participant_count,
        ending,
        round.ended_at.map(|at| at.as_ms()),
    ])
    .map(drop)
}
