//! What other systems are to be told, and what became of it.

use carnival_domain::ids::EndpointId;
use carnival_domain::time::{DAY_MS, Timestamp};
use carnival_engine::ledger::{EventRow, MessageRow};
use rusqlite::{Connection, Result, Row, params};

use super::columns::{instant, maybe_instant, parsed};

/// For how long a message that was told is kept, so that it can be told again.
const KEPT_MS: i64 = 7 * DAY_MS;
/// How many are thrown away at once: a transaction that no write has to wait long for.
const PRUNED_AT_ONCE: u32 = 2000;

const SELECT: &str = "SELECT webhook_id, happened_at, body, endpoint_id, failed_count, next_at, delivered_at, failure
    FROM message JOIN event USING (event_number)";

fn row(row: &Row) -> Result<MessageRow> {
    Ok(MessageRow {
        event: EventRow { webhook_id: row.get(0)?, happened_at: instant(row, 1)?, body: row.get(2)? },
        endpoint_id: parsed(row, 3)?,
        failed_count: row.get(4)?,
        next_at: maybe_instant(row, 5)?,
        delivered_at: maybe_instant(row, 6)?,
        failure: row.get(7)?,
    })
}

pub(super) fn add(db: &Connection, event: &EventRow, listeners: &[EndpointId]) -> Result<()> {
    db.prepare_cached("INSERT INTO event (webhook_id, happened_at, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute(params![event.webhook_id, event.happened_at.as_ms(), event.body])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO message (endpoint_id, event_number, next_at)
         VALUES (?1, (SELECT event_number FROM event WHERE webhook_id = ?2), ?3) ON CONFLICT DO NOTHING",
    )?;
    for endpoint in listeners {
        insert.execute(params![endpoint.as_str(), event.webhook_id, event.happened_at.as_ms()])?;
    }
    Ok(())
}

pub(super) fn due(db: &Connection, endpoint: &EndpointId, now: Timestamp, limit: u32) -> Result<Vec<MessageRow>> {
    db.prepare_cached(&format!("{SELECT} WHERE endpoint_id = ?1 AND next_at <= ?2 ORDER BY next_at LIMIT ?3"))?
        .query_map(params![endpoint.as_str(), now.as_ms(), limit], row)?
        .collect()
}

pub(super) fn put(db: &Connection, message: &MessageRow) -> Result<()> {
    db.prepare_cached(
        "UPDATE message SET failed_count = ?3, next_at = ?4, delivered_at = ?5, failure = ?6
         WHERE endpoint_id = ?1 AND event_number = (SELECT event_number FROM event WHERE webhook_id = ?2)",
    )?
    .execute(params![
        message.endpoint_id.as_str(),
        message.event.webhook_id,
        message.failed_count,
        message.next_at.map(Timestamp::as_ms),
        message.delivered_at.map(Timestamp::as_ms),
        message.failure,
    ])
    .map(drop)
}

/// How many messages stand how, for one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MessageCounts {
    /// To whom.
    pub(crate) endpoint: String,
    /// To be told yet.
    pub(crate) waiting: u32,
    /// Told, within the last week.
    pub(crate) delivered: u32,
    /// Given up.
    pub(crate) dead: u32,
}

pub(crate) fn counts(db: &Connection) -> Result<Vec<MessageCounts>> {
    db.prepare("SELECT endpoint_id, count(next_at), count(delivered_at), count(*) FROM message GROUP BY endpoint_id")?
        .query_map([], |row| {
            let (waiting, delivered, all): (u32, u32, u32) = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(MessageCounts { endpoint: row.get(0)?, waiting, delivered, dead: all - waiting - delivered })
        })?
        .collect()
}

/// What failed and is not told yet, the given up first, then what failed most.
pub(crate) fn failed(db: &Connection, limit: u32) -> Result<Vec<MessageRow>> {
    let tail = "WHERE delivered_at IS NULL AND failed_count > 0
        ORDER BY next_at IS NOT NULL, failed_count DESC, event_number LIMIT ?1";
    db.prepare(&format!("{SELECT} {tail}"))?.query_map([limit], row)?.collect()
}

/// Makes a message due once more, whatever became of it; without an id, all that were given up. Returns how many.
pub(crate) fn replay(db: &Connection, webhook_id: Option<&str>, now: Timestamp) -> Result<usize> {
    match webhook_id {
        Some(id) => db.execute(
            "UPDATE message SET next_at = ?2, failed_count = 0, delivered_at = NULL
             WHERE event_number = (SELECT event_number FROM event WHERE webhook_id = ?1)",
            params![id, now.as_ms()],
        ),
        None => db.execute(
            "UPDATE message SET next_at = ?1, failed_count = 0 WHERE next_at IS NULL AND delivered_at IS NULL",
            [now.as_ms()],
        ),
    }
}

/// Throws away the oldest of what was told long ago; true if there may be more. What was given up stays.
pub(super) fn prune(db: &Connection, now: Timestamp) -> Result<bool> {
    let pruned = db
        .prepare_cached(
            "DELETE FROM message WHERE (endpoint_id, event_number) IN
               (SELECT endpoint_id, event_number FROM message WHERE delivered_at < ?1 ORDER BY delivered_at LIMIT ?2)",
        )?
        .execute(params![now.plus_ms(-KEPT_MS).as_ms(), PRUNED_AT_ONCE])?;
    // Events of which no message is left; their numbers are in the order of time, so the look is a short one.
    db.prepare_cached(
        "DELETE FROM event WHERE event_number IN
           (SELECT event_number FROM event WHERE happened_at < ?1 AND NOT EXISTS
              (SELECT 1 FROM message WHERE message.event_number = event.event_number)
            ORDER BY event_number LIMIT ?2)",
    )?
    .execute(params![now.plus_ms(-KEPT_MS).as_ms(), PRUNED_AT_ONCE])?;
    Ok(pruned >= PRUNED_AT_ONCE as usize)
}

#[cfg(test)]
mod tests {
    use super::super::MIGRATIONS;
    use super::*;

    fn event(n: u8, at: i64) -> EventRow {
        EventRow { webhook_id: format!("msg_{n}"), happened_at: Timestamp::from_ms(at), body: "{}".to_owned() }
    }

    #[test]
    fn what_was_told_is_kept_for_a_week_and_what_was_given_up_for_good() {
        let mut db = Connection::open_in_memory().expect("memory");
        MIGRATIONS.to_latest(&mut db).expect("an empty database");
        let shop: EndpointId = "shop".parse().expect("a slug");
        for n in 0..3 {
            add(&db, &event(n, i64::from(n)), std::slice::from_ref(&shop)).expect("a row");
            add(&db, &event(n, i64::from(n)), std::slice::from_ref(&shop)).expect("the same row");
        }
        let now = Timestamp::from_ms(10);
        let rows = due(&db, &shop, now, 9).expect("rows");
        assert_eq!(rows.len(), 3);
        put(&db, &MessageRow { next_at: None, delivered_at: Some(now), ..rows[0].clone() }).expect("a row");
        put(&db, &MessageRow { next_at: None, failed_count: 10, ..rows[1].clone() }).expect("a row");
        let stand = || {
            let counts = counts(&db).expect("rows").remove(0);
            (counts.waiting, counts.delivered, counts.dead)
        };
        assert_eq!(stand(), (1, 1, 1));
        prune(&db, now.plus_ms(KEPT_MS)).expect("rows");
        assert_eq!(stand(), (1, 1, 1));
        prune(&db, now.plus_ms(KEPT_MS + 1)).expect("rows");
        assert_eq!(stand(), (1, 0, 1));
        assert_eq!(failed(&db, 9).expect("rows")[0].event.webhook_id, "msg_1");
        let left: u32 = db.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).expect("a number");
        assert_eq!(left, 2);
        assert_eq!(replay(&db, None, now).expect("rows"), 1);
        assert_eq!(replay(&db, Some("msg_2"), now).expect("rows"), 1);
        assert_eq!(replay(&db, Some("msg_0"), now).expect("rows"), 0, "thrown away");
        assert_eq!(stand(), (2, 0, 0));
    }
}
