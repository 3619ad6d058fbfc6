//! Pauses of the rounds.

use carnival_domain::pause::Pause;
use carnival_domain::time::Timestamp;
use rusqlite::{Connection, Result, params};

use super::columns::instant;

pub(super) fn all(db: &Connection) -> Result<Vec<Pause>> {
    db.prepare_cached("SELECT from_at, until_at, note FROM pause ORDER BY from_at")?
        .query_map([], |row| {
            let until: Option<i64> = row.get(1)?;
            Ok(Pause { from: instant(row, 0)?, until: until.map(Timestamp::from_ms), note: row.get(2)? })
        })?
        .collect()
}

pub(super) fn put(db: &Connection, pause: &Pause) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO pause (from_at, until_at, note) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET until_at = excluded.until_at, note = excluded.note",
    )?
    .execute(params![pause.from.as_ms(), pause.until.map(Timestamp::as_ms), pause.note])
    .map(drop)
}
