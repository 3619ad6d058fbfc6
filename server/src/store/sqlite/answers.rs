//! The answers to writes, kept for their repetitions.

use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;
use carnival_engine::ledger::AnswerRow;
use rusqlite::{Connection, OptionalExtension, Result, params};

/// A page that was asleep for two days no longer retries a tap.
const KEPT_MS: i64 = 48 * 3_600_000;
/// How many are thrown away at once: a transaction that no write has to wait long for.
const PRUNED_AT_ONCE: u32 = 5000;

pub(super) fn one(db: &Connection, who: ParticipantId, key: &str, since: Timestamp) -> Result<Option<AnswerRow>> {
    let sql =
        "SELECT request, answer FROM answer WHERE participant_id = ?1 AND idempotency_key = ?2 AND answered_at >= ?3";
    db.prepare_cached(sql)?
        .query_row(params![who.0, key, since.as_ms()], |row| {
            Ok(AnswerRow { request: row.get(0)?, answer: row.get(1)? })
        })
        .optional()
}

pub(super) fn keep(db: &Connection, who: ParticipantId, key: &str, answer: &AnswerRow, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO answer (participant_id, idempotency_key, request, answer, answered_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![who.0, key, answer.request, answer.answer, at.as_ms()])
    .map(drop)
}

/// Throws away the oldest, as long as they are too old; true if there may be more. Their numbers are in the order of time, so the look
/// ends at the first that is kept.
pub(super) fn prune(db: &Connection, now: Timestamp) -> Result<bool> {
    let oldest_kept = now.plus_ms(-KEPT_MS).as_ms();
    let last: Option<i64> = db
        .prepare_cached(
            "SELECT max(answer_number) FROM
               (SELECT answer_number, answered_at FROM answer ORDER BY answer_number LIMIT ?1)
             WHERE answered_at < ?2",
        )?
        .query_row(params![PRUNED_AT_ONCE, oldest_kept], |row| row.get(0))?;
    let Some(last) = last else {
        return Ok(false);
    };
    let pruned = db.prepare_cached("DELETE FROM answer WHERE answer_number <= ?1")?.execute([last])?;
    Ok(pruned >= PRUNED_AT_ONCE as usize)
}

#[cfg(test)]
mod tests {
    use super::super::MIGRATIONS;
    use super::*;

    #[test]
    fn answers_are_kept_for_two_days() {
        let mut db = Connection::open_in_memory().expect("memory");
        MIGRATIONS.to_latest(&mut db).expect("an empty database");
        let row = AnswerRow { request: "vote ann".to_owned(), answer: "{}".to_owned() };
        let who = ParticipantId([7; 16]);
        keep(&db, who, "old", &row, Timestamp::from_ms(0)).expect("a row");
        keep(&db, who, "new", &row, Timestamp::from_ms(10)).expect("a row");
        prune(&db, Timestamp::from_ms(KEPT_MS + 5)).expect("rows");
        let since = |ms| Timestamp::from_ms(ms);
        assert_eq!(one(&db, who, "old", since(0)).expect("rows"), None);
        assert_eq!(one(&db, who, "new", since(0)).expect("rows"), Some(row.clone()));
        assert_eq!(
            one(&db, who, "new", since(11)).expect("rows"),
            None,
            "nor is one told that is kept a little longer"
        );
        keep(&db, who, "new", &row, since(20)).expect("in its place");
        assert_eq!(one(&db, who, "new", since(11)).expect("rows"), Some(row));
    }
}
