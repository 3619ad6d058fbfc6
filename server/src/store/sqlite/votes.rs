//! Votes and their sums.

use carnival_contract::replies::StarVotes;
use carnival_contract::requests::Board;
use carnival_domain::ids::{ParticipantId, StarId};
use carnival_domain::leaderboard::Tally;
use carnival_domain::time::{Day, Timestamp};
use rusqlite::{Connection, Result, Row, params};

use super::columns::parsed;

pub(super) fn of_participant(db: &Connection, who: ParticipantId, day: Day) -> Result<Vec<StarVotes>> {
    db.prepare_cached("SELECT star_id, count(*) FROM vote WHERE participant_id = ?1 AND day = ?2 GROUP BY star_id")?
        .query_map(params![who.0, day.0], |row| Ok(StarVotes { star_id: parsed(row, 0)?, vote_count: row.get(1)? }))?
        .collect()
}

pub(super) fn add(db: &Connection, who: ParticipantId, star: &StarId, day: Day, at: Timestamp) -> Result<Tally> {
    db.prepare_cached("INSERT INTO vote (participant_id, day, star_id, cast_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![who.0, day.0, star.as_str(), at.as_ms()])?;
    let reached = db.last_insert_rowid();
    db.prepare_cached(
        "INSERT INTO tally_of_day (day, star_id, vote_count, reached) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT DO UPDATE SET vote_count = vote_count + 1, reached = excluded.reached",
    )?
    .execute(params![day.0, star.as_str(), reached])?;
    db.prepare_cached(
        "INSERT INTO tally (star_id, vote_count, reached) VALUES (?1, 1, ?2)
         ON CONFLICT DO UPDATE SET vote_count = vote_count + 1, reached = excluded.reached
         RETURNING star_id, vote_count, reached",
    )?
    .query_row(params![star.as_str(), reached], row)
}

pub(super) fn tallies(db: &Connection, board: Board, day: Day) -> Result<Vec<Tally>> {
    match board {
        Board::Overall => {
            db.prepare_cached("SELECT star_id, vote_count, reached FROM tally")?.query_map([], row)?.collect()
        }
        Board::Day => db
            .prepare_cached("SELECT star_id, vote_count, reached FROM tally_of_day WHERE day = ?1")?
            .query_map([day.0], row)?
            .collect(),
    }
}

fn row(row: &Row) -> Result<Tally> {
    Ok(Tally {
        star_id: parsed(row, 0)?,
        vote_count: row.get::<_, i64>(1)? as u64,
        reached: row.get::<_, i64>(2)? as u64,
    })
}
