//! Share links and visits.

use std::ops::Range;

use carnival_contract::replies::ChannelVisits;
use carnival_contract::requests::MakeLink;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::columns::{json, to_json};

pub(super) fn one(db: &Connection, who: ParticipantId, link: &MakeLink) -> Result<Option<[u8; 8]>> {
    db.prepare_cached(
        "SELECT link_id FROM link WHERE participant_id = ?1 AND landing = ?2 AND channel = ?3
         ORDER BY ticket LIMIT 1",
    )?
    .query_row(params![who.0, to_json(&link.landing)?, to_json(&link.channel)?], |row| row.get(0))
    .optional()
}

pub(super) fn owner(db: &Connection, link: [u8; 8]) -> Result<Option<ParticipantId>> {
    db.prepare_cached("SELECT participant_id FROM link WHERE link_id = ?1")?
        .query_row([link], |row| row.get(0).map(ParticipantId))
        .optional()
}

pub(super) fn add(db: &Connection, who: ParticipantId, link: &MakeLink, id: [u8; 8], at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO link (link_id, participant_id, landing, channel, made_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![id, who.0, to_json(&link.landing)?, to_json(&link.channel)?, at.as_ms()])
    .map(drop)
}

pub(super) fn add_visit(
    db: &Connection,
    owner: ParticipantId,
    visitor: ParticipantId,
    link: [u8; 8],
    at: Timestamp,
) -> Result<bool> {
    let added = db
        .prepare_cached(
            "INSERT INTO visit (owner_id, visitor_id, link_id, visited_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![owner.0, visitor.0, link, at.as_ms()])?;
    if added == 1 {
        db.prepare_cached(
            "INSERT INTO reach (owner_id, visit_count) VALUES (?1, 1)
             ON CONFLICT DO UPDATE SET visit_count = visit_count + 1",
        )?
        .execute([owner.0])?;
        db.prepare_cached(
            "INSERT INTO reach_by_channel (owner_id, channel, visit_count)
             SELECT ?1, channel, 1 FROM link WHERE link_id = ?2
             ON CONFLICT DO UPDATE SET visit_count = visit_count + 1",
        )?
        .execute(params![owner.0, link])?;
    }
    Ok(added == 1)
}

pub(super) fn visit_count(db: &Connection, owner: ParticipantId) -> Result<u32> {
    let count = db
        .prepare_cached("SELECT visit_count FROM reach WHERE owner_id = ?1")?
        .query_row([owner.0], |row| row.get(0))
        .optional()?;
    Ok(count.unwrap_or(0))
}

pub(super) fn visits_by_channel(db: &Connection, owner: ParticipantId) -> Result<Vec<ChannelVisits>> {
    let mut query = db.prepare_cached("SELECT channel, visit_count FROM reach_by_channel WHERE owner_id = ?1")?;
    let rows =
        query.query_map([owner.0], |row| Ok(ChannelVisits { channel: json(row, 0)?, visit_count: row.get(1)? }))?;
    let mut visits: Vec<_> = rows.collect::<Result<_>>()?;
    visits.sort_by_key(|visits| visits.channel as u8);
    Ok(visits)
}

pub(super) fn friends_between(
    db: &Connection,
    owner: ParticipantId,
    span: &Range<Timestamp>,
    limit: u32,
) -> Result<u32> {
    db.prepare_cached(
        "SELECT count(*) FROM
           (SELECT 1 FROM visit WHERE owner_id = ?1 AND visited_at >= ?2 AND visited_at < ?3 LIMIT ?4)",
    )?
    .query_row(params![owner.0, span.start.as_ms(), span.end.as_ms(), limit], |row| row.get(0))
}

pub(super) fn visitors_of(db: &Connection, owner: ParticipantId, limit: usize) -> Result<Vec<ParticipantId>> {
    // The rows come one by one, so no more are read than are taken; a limit that is bound would cost a new plan each time.
    db.prepare_cached("SELECT visitor_id FROM visit WHERE owner_id = ?1")?
        .query_map([owner.0], |row| row.get(0).map(ParticipantId))?
        .take(limit)
        .collect()
}
