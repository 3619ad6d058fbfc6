//! Yesterday's votes are filed by participant, for whoever asks what they ever voted for, or repeats one.
//!
//! Today's are found by day (`vote_unfiled`), and each is written beside the last ones, whoever casts it. To be written by
//! participant at once, as one among all that were ever cast, it would need a page of its own. Filed later, with all
//! others of its day in the order of participants, many share one, and nobody waits for it.

use carnival_domain::time::Day;
use rusqlite::{Connection, OptionalExtension, Result, params};

/// How many are filed at once: a transaction that no write has to wait long for.
const FILED_AT_ONCE: u32 = 2000;

/// The first day of which no vote is filed. A clock that was set forward and back may have had votes filed before their time.
pub(super) fn before(db: &Connection) -> Result<Day> {
    let kept = db.query_row("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'filed_before'", [], |row| row.get(0));
    Ok(Day(kept.optional()?.unwrap_or(i32::MIN)))
}

/// Writes down with which vote a day began, unless it is known.
pub(super) fn begin(db: &Connection, day: Day, vote_number: u64) -> Result<()> {
    db.prepare_cached("INSERT INTO day_begun (day, first_number) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![day.0, vote_number as i64])
        .map(drop)
}

/// The number of a vote before which there is none of a day or a later one; none if there is no such vote at all.
pub(super) fn first_number(db: &Connection, day: Day) -> Result<Option<i64>> {
    db.query_row("SELECT min(first_number) FROM day_begun WHERE day >= ?1", [day.0], |row| row.get(0))
}

/// The days from one on of which there are votes that are not filed: few, and one look each.
pub(super) fn unfiled_days(db: &Connection, from: Day) -> impl Iterator<Item = Result<Day>> {
    let next = move |from: i32| -> Result<Option<Day>> {
        let mut next = db.prepare_cached("SELECT min(day) FROM vote WHERE is_filed = 0 AND day >= ?1")?;
        next.query_row([from], |row| Ok(row.get::<_, Option<i32>>(0)?.map(Day)))
    };
    std::iter::successors(next(from.0).transpose(), move |day| {
        day.as_ref().ok().and_then(|day| next(day.0.checked_add(1)?).transpose())
    })
}

/// Files the oldest of before a day; true if there may be more. `filed_before` keeps up with it.
pub(super) fn file(db: &Connection, day: Day, filed_before: &mut Day) -> Result<bool> {
    let is_any = db.prepare_cached("SELECT 1 FROM vote WHERE is_filed = 0 AND day < ?1")?.exists([day.0])?;
    if !is_any {
        return Ok(false);
    }
    if *filed_before < day {
        // First, so that whoever looks for one that is not filed yet looks in both places.
        db.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES ('filed_before', ?1)")?
            .execute([day.0.to_string()])?;
        *filed_before = day;
    }
    let filed = db
        .prepare_cached(
            "UPDATE vote SET is_filed = 1 WHERE vote_number IN
               (SELECT vote_number FROM vote WHERE is_filed = 0 AND day < ?1 ORDER BY day, participant_id LIMIT ?2)",
        )?
        .execute(params![day.0, FILED_AT_ONCE])?;
    Ok(filed >= FILED_AT_ONCE as usize)
}

#[cfg(test)]
mod tests;
