//! Votes and their sums.

use std::ops::RangeInclusive;

use carnival_contract::requests::Board;
use carnival_domain::ids::{ParticipantId, StarId};
use carnival_domain::leaderboard::Tally;
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::ledger::{CastRow, KeyMark, ToldRow, VoteRow};
use rusqlite::{Connection, OptionalExtension as _, Result, Row, params};

use super::columns::{maybe_instant, parsed};
use super::{canvassing, filing};

/// What [`vote_row`] reads of `?1`.
const FILED: &str = "SELECT vote_number, day, star_id FROM vote
    WHERE is_filed = 1 AND participant_id = ?1 AND taken_back_at IS NULL";
const UNFILED: &str = "SELECT vote_number, day, star_id FROM vote
    WHERE is_filed = 0 AND participant_id = ?1 AND day = ?2 AND taken_back_at IS NULL";
/// What [`cast_row`] reads of `?1`; `?2` is the mark of the key that is asked after. All of it stands in the indexes, but for what was told of
/// the vote under that key: only for that one is the row itself read.
const CAST_FILED: &str = "SELECT vote_number, day, star_id, taken_back_at, key_mark, iif(key_mark = ?2, tally, NULL),
      iif(key_mark = ?2, cast_at, NULL) FROM vote
    WHERE is_filed = 1 AND participant_id = ?1 AND day BETWEEN ?3 AND ?4";
const CAST_UNFILED: &str = "SELECT vote_number, day, star_id, taken_back_at, key_mark, iif(key_mark = ?2, tally, NULL),
      iif(key_mark = ?2, cast_at, NULL) FROM vote
    WHERE is_filed = 0 AND participant_id = ?1 AND day = ?3";

#[cfg(test)]
pub(super) const LOOKS: [&str; 4] = [FILED, UNFILED, CAST_FILED, CAST_UNFILED];

/// Both places by themselves, here and in [`within`]: the view `vote_of_participant`, for what is rarely asked, makes a table of the days at
/// each use, which took longer than all of a vote.
pub(super) fn all_of_participant(db: &Connection, who: ParticipantId) -> Result<Vec<VoteRow>> {
    let mut votes: Vec<VoteRow> = db.prepare_cached(FILED)?.query_map([who.0], vote_row)?.collect::<Result<_>>()?;
    for day in filing::unfiled_days(db, Day(i32::MIN)) {
        for vote in db.prepare_cached(UNFILED)?.query_map(params![who.0, day?.0], vote_row)? {
            votes.push(vote?);
        }
    }
    votes.sort_unstable_by_key(|vote| vote.number);
    Ok(votes)
}

fn vote_row(row: &Row) -> Result<VoteRow> {
    Ok(VoteRow { number: row.get::<_, i64>(0)? as u64, day: Day(row.get(1)?), star_id: parsed(row, 2)? })
}

/// Of a day of which none is filed.
pub(super) fn on(db: &Connection, who: ParticipantId, day: Day, key: KeyMark) -> Result<Vec<CastRow>> {
    db.prepare_cached(CAST_UNFILED)?.query_map(params![who.0, key.0 as i64, day.0], cast_row)?.collect()
}

pub(super) fn within(
    db: &Connection,
    who: ParticipantId,
    days: &RangeInclusive<Day>,
    key: KeyMark,
) -> Result<Vec<CastRow>> {
    let params = params![who.0, key.0 as i64, days.start().0, days.end().0];
    let mut votes: Vec<CastRow> = db.prepare_cached(CAST_FILED)?.query_map(params, cast_row)?.collect::<Result<_>>()?;
    for day in filing::unfiled_days(db, *days.start()) {
        let day = day?;
        if days.contains(&day) {
            votes.append(&mut on(db, who, day, key)?);
        }
    }
    Ok(votes)
}

fn cast_row(row: &Row) -> Result<CastRow> {
    let told = row.get::<_, Option<i64>>(5)?.zip(maybe_instant(row, 6)?);
    Ok(CastRow {
        vote: vote_row(row)?,
        taken_back_at: maybe_instant(row, 3)?,
        key: row.get::<_, Option<i64>>(4)?.map(|mark| KeyMark(mark as u64)),
        told: told.map(|(tally, cast_at)| ToldRow { vote_count: tally as u64, cast_at }),
    })
}

pub(super) fn is_under(db: &Connection, who: ParticipantId, key: KeyMark, since: Timestamp) -> Result<bool> {
    let sql = "SELECT 1 FROM vote_of_participant WHERE participant_id = ?1 AND key_mark = ?2 AND cast_at >= ?3";
    db.prepare_cached(sql)?.exists(params![who.0, key.0 as i64, since.as_ms()])
}

pub(super) fn add(
    db: &Connection,
    who: ParticipantId,
    star: &StarId,
    day: Day,
    at: Timestamp,
    key: KeyMark,
) -> Result<Tally> {
    let tally: Option<i64> = db
        .prepare_cached("SELECT vote_count FROM tally WHERE star_id = ?1")?
        .query_row([star.as_str()], |row| row.get(0))
        .optional()?;
    let vote_count = tally.unwrap_or(0) + 1;
    db.prepare_cached(
        "INSERT INTO vote (participant_id, day, star_id, cast_at, key_mark, tally, is_filed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
    )?
    .execute(params![who.0, day.0, star.as_str(), at.as_ms(), key.0 as i64, vote_count])?;
    let reached = db.last_insert_rowid();
    db.prepare_cached(
        "INSERT INTO tally_of_day (day, star_id, vote_count, reached) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT DO UPDATE SET vote_count = vote_count + 1, reached = excluded.reached",
    )?
    .execute(params![day.0, star.as_str(), reached])?;
    db.prepare_cached(
        "INSERT INTO tally (star_id, vote_count, reached) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET vote_count = excluded.vote_count, reached = excluded.reached",
    )?
    .execute(params![star.as_str(), vote_count, reached])?;
    Ok(Tally { star_id: star.clone(), vote_count: vote_count as u64, reached: reached as u64 })
}

/// Takes a vote back. A star reached what it has with the last of its votes that count; if that was this one, the one
/// before is looked for backwards from here, which is not far for any star that is voted for.
pub(super) fn take_back(db: &Connection, who: ParticipantId, vote: &VoteRow, at: Timestamp) -> Result<()> {
    let (number, star) = (vote.number as i64, vote.star_id.as_str());
    let taken = db
        .prepare_cached(
            "UPDATE vote SET taken_back_at = ?3
             WHERE vote_number = ?1 AND participant_id = ?2 AND taken_back_at IS NULL",
        )?
        .execute(params![number, who.0, at.as_ms()])?;
    if taken == 0 {
        return Ok(());
    }
    canvassing::take_back(db, star, number)?;
    db.prepare_cached(
        "UPDATE tally_of_day SET vote_count = vote_count - 1, reached = iif(reached <> ?3, reached, coalesce(
           (SELECT vote_number FROM vote NOT INDEXED WHERE vote_number < ?3 AND star_id = ?2 AND day = ?1
              AND taken_back_at IS NULL AND tally_of_day.vote_count > 1 ORDER BY vote_number DESC LIMIT 1), 0))
         WHERE day = ?1 AND star_id = ?2",
    )?
    .execute(params![vote.day.0, star, number])?;
    db.prepare_cached("DELETE FROM tally_of_day WHERE day = ?1 AND star_id = ?2 AND vote_count = 0")?
        .execute(params![vote.day.0, star])?;
    db.prepare_cached(
        "UPDATE tally SET vote_count = vote_count - 1, reached = iif(reached <> ?2, reached, coalesce(
           (SELECT vote_number FROM vote NOT INDEXED WHERE vote_number < ?2 AND star_id = ?1
              AND taken_back_at IS NULL AND tally.vote_count > 1 ORDER BY vote_number DESC LIMIT 1), 0))
         WHERE star_id = ?1",
    )?
    .execute(params![star, number])?;
    db.prepare_cached("DELETE FROM tally WHERE star_id = ?1 AND vote_count = 0")?.execute([star]).map(drop)
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

#[cfg(test)]
mod tests;
