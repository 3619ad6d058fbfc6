//! Two participants become one: everything of the one moves to the other.

use carnival_domain::ids::ParticipantId;
use rusqlite::{Connection, Result, params};

use super::canvassing;

/// What is simply somebody else's from then on; `?1` is who it was, `?2` who it is.
const MOVES: [&str; 10] = [
    // Who is further from the first gets the next ticket. Only rounds in which both are count.
    "UPDATE entry SET participant_id = ?2, ticket = ticket + (SELECT coalesce(max(other.ticket), 0) FROM entry AS other
       WHERE other.round_id = entry.round_id AND other.participant_id = ?2) WHERE participant_id = ?1",
    "UPDATE award SET participant_id = ?2 WHERE participant_id = ?1",
    "UPDATE start_entry SET participant_id = ?2, ticket = ticket + (SELECT coalesce(max(other.ticket), 0)
       FROM start_entry AS other WHERE other.participant_id = ?2 AND other.offer_id = start_entry.offer_id)
     WHERE participant_id = ?1",
    "UPDATE fan_entry SET participant_id = ?2, ticket = ticket + (SELECT coalesce(max(other.ticket), 0)
       FROM fan_entry AS other WHERE other.participant_id = ?2 AND other.star_id = fan_entry.star_id)
     WHERE participant_id = ?1",
    "UPDATE vote SET participant_id = ?2
     WHERE vote_number IN (SELECT vote_number FROM vote_of_participant WHERE participant_id = ?1)",
    "UPDATE coupon SET participant_id = ?2, nth = nth + (SELECT coalesce(max(other.nth), 0) FROM coupon AS other
       WHERE other.participant_id = ?2 AND other.offer_id = coupon.offer_id) WHERE participant_id = ?1",
    "UPDATE link SET participant_id = ?2, ticket = ticket + (SELECT coalesce(max(other.ticket), 0) FROM link AS other
       WHERE other.participant_id = ?2 AND other.landing = link.landing AND other.channel = link.channel)
     WHERE participant_id = ?1",
    "UPDATE consent SET participant_id = ?2 WHERE participant_id = ?1",
    "UPDATE account SET participant_id = ?2 WHERE participant_id = ?1",
    // A key that both used, by chance, stays the account's.
    "UPDATE OR IGNORE answer SET participant_id = ?2 WHERE participant_id = ?1",
];

/// By whose links both came, and the channel of the later of the two visits, which ends.
const CAME_TWICE: &str = "SELECT first.owner_id, link.channel FROM visit AS first
      JOIN visit AS second USING (owner_id)
      JOIN link ON link.link_id = iif(first.visited_at < second.visited_at, second.link_id, first.link_id)
    WHERE first.visitor_id = ?1 AND second.visitor_id = ?2 AND owner_id NOT IN (?1, ?2)";

/// Visits within the one person.
const OWN_VISITS: &str =
    "DELETE FROM visit WHERE (owner_id = ?1 AND visitor_id = ?2) OR (owner_id = ?2 AND visitor_id = ?1)";

/// Visits under their new names: of two by one visitor, the first stays; at the same instant, the account's.
const VISITS_TO: &str = "INSERT INTO visit (owner_id, visitor_id, link_id, visited_at)
      SELECT ?2, visitor_id, link_id, visited_at FROM visit WHERE owner_id = ?1
    ON CONFLICT DO UPDATE SET link_id = excluded.link_id, visited_at = excluded.visited_at
      WHERE excluded.visited_at < visit.visited_at";
const VISITS_BY: &str = "INSERT INTO visit (owner_id, visitor_id, link_id, visited_at)
      SELECT owner_id, ?2, link_id, visited_at FROM visit WHERE visitor_id = ?1
    ON CONFLICT DO UPDATE SET link_id = excluded.link_id, visited_at = excluded.visited_at
      WHERE excluded.visited_at < visit.visited_at";

/// One visit less.
const REACH_LESS: &str = "UPDATE reach SET visit_count = visit_count - 1 WHERE owner_id = ?1";
const CHANNEL_LESS: &str =
    "UPDATE reach_by_channel SET visit_count = visit_count - 1 WHERE owner_id = ?1 AND channel = ?2";
const NO_CHANNEL: &str = "DELETE FROM reach_by_channel WHERE owner_id = ?1 AND channel = ?2 AND visit_count = 0";

/// The person's own sums, counted anew.
const REACH: [&str; 4] = [
    "DELETE FROM reach WHERE owner_id IN (?1, ?2)",
    "INSERT INTO reach (owner_id, visit_count)
       SELECT owner_id, count(*) FROM visit WHERE owner_id IN (?1, ?2) GROUP BY owner_id",
    "DELETE FROM reach_by_channel WHERE owner_id IN (?1, ?2)",
    "INSERT INTO reach_by_channel (owner_id, channel, visit_count)
       SELECT visit.owner_id, link.channel, count(*) FROM visit JOIN link USING (link_id)
       WHERE visit.owner_id IN (?1, ?2) GROUP BY visit.owner_id, link.channel",
];

pub(super) fn move_things(db: &Connection, from: ParticipantId, to: ParticipantId) -> Result<()> {
    let run = |sql: &str| db.prepare_cached(sql)?.execute(params![from.0, to.0]);
    for sql in MOVES {
        run(sql)?;
    }
    canvassing::move_all(db, from, to)?;
    move_visits(db, from, to)?;
    // Whoever acted for the one acts for the other, so that one look is always enough.
    run("UPDATE moved SET to_id = ?2 WHERE to_id = ?1")?;
    run("INSERT INTO moved (from_id, to_id) VALUES (?1, ?2)")?;
    Ok(())
}

fn move_visits(db: &Connection, from: ParticipantId, to: ParticipantId) -> Result<()> {
    let run = |sql: &str| db.prepare_cached(sql)?.execute(params![from.0, to.0]);
    let came_twice: Vec<([u8; 16], String)> = db
        .prepare_cached(CAME_TWICE)?
        .query_map(params![from.0, to.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    for (owner, channel) in came_twice {
        db.prepare_cached(REACH_LESS)?.execute([owner])?;
        for sql in [CHANNEL_LESS, NO_CHANNEL] {
            db.prepare_cached(sql)?.execute(params![owner, channel])?;
        }
    }
    // Somebody with a hundred thousand visits, who signs in on a telephone that brings none, has the same ones.
    let mut is_changed = run(OWN_VISITS)? > 0;
    is_changed |= run(VISITS_TO)? > 0;
    db.prepare_cached("DELETE FROM visit WHERE owner_id = ?1")?.execute([from.0])?;
    run(VISITS_BY)?;
    db.prepare_cached("DELETE FROM visit WHERE visitor_id = ?1")?.execute([from.0])?;
    if is_changed || from_has_reach(db, from)? {
        for sql in REACH {
            run(sql)?;
        }
    }
    Ok(())
}

fn from_has_reach(db: &Connection, from: ParticipantId) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM reach WHERE owner_id = ?1")?.exists([from.0])
}

#[cfg(test)]
mod tests;
