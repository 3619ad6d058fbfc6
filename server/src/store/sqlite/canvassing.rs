//! Votes that somebody's links brought.

use carnival_contract::replies::StarVotes;
use carnival_domain::canvassing::CameBy;
use carnival_domain::ids::{ParticipantId, StarId};
use carnival_domain::share_token::Landing;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::columns::{instant, parsed, to_json};

pub(super) fn came_by(db: &Connection, visitor: ParticipantId, landing: &Landing, limit: u32) -> Result<Vec<CameBy>> {
    // As for due awards: a limit that is bound costs a new plan each time.
    db.prepare_cached(&format!(
        "SELECT owner_id, visited_at FROM visit JOIN link USING (link_id) WHERE visitor_id = ?1 AND landing = ?2
         ORDER BY visited_at DESC, owner_id DESC LIMIT {limit}"
    ))?
    .query_map(params![visitor.0, to_json(landing)?], |row| {
        Ok(CameBy { owner: ParticipantId(row.get(0)?), at: instant(row, 1)? })
    })?
    .collect()
}

pub(super) fn add(db: &Connection, owner: ParticipantId, star: &StarId, vote_number: u64) -> Result<()> {
    db.prepare_cached("INSERT INTO canvassed (vote_number, owner_id) VALUES (?1, ?2)")?
        .execute(params![vote_number as i64, owner.0])?;
    db.prepare_cached(
        "INSERT INTO canvassed_count (owner_id, star_id, vote_count) VALUES (?1, ?2, 1)
         ON CONFLICT DO UPDATE SET vote_count = vote_count + 1",
    )?
    .execute(params![owner.0, star.as_str()])
    .map(drop)
}

pub(super) fn by(db: &Connection, owner: ParticipantId) -> Result<Vec<StarVotes>> {
    db.prepare_cached("SELECT star_id, vote_count FROM canvassed_count WHERE owner_id = ?1 ORDER BY star_id")?
        .query_map([owner.0], |row| Ok(StarVotes { star_id: parsed(row, 0)?, vote_count: row.get(1)? }))?
        .collect()
}

/// A vote counts for nobody any more; one that never did stays as it is.
pub(super) fn take_back(db: &Connection, star: &str, vote_number: i64) -> Result<()> {
    let owner: Option<[u8; 16]> = db
        .prepare_cached("DELETE FROM canvassed WHERE vote_number = ?1 RETURNING owner_id")?
        .query_row([vote_number], |row| row.get(0))
        .optional()?;
    let Some(owner) = owner else { return Ok(()) };
    db.prepare_cached("UPDATE canvassed_count SET vote_count = vote_count - 1 WHERE owner_id = ?1 AND star_id = ?2")?
        .execute(params![owner, star])?;
    db.prepare_cached("DELETE FROM canvassed_count WHERE owner_id = ?1 AND star_id = ?2 AND vote_count = 0")?
        .execute(params![owner, star])
        .map(drop)
}

/// What counted for the one counts for the other; a vote that one cast and the other's link brought was nobody else's. The
/// votes are moved already.
pub(super) fn move_all(db: &Connection, from: ParticipantId, to: ParticipantId) -> Result<()> {
    let run = |sql: &str| db.prepare_cached(sql)?.execute(params![from.0, to.0]);
    run("UPDATE canvassed SET owner_id = ?2 WHERE owner_id = ?1")?;
    run("INSERT INTO canvassed_count (owner_id, star_id, vote_count)
           SELECT ?2, star_id, vote_count FROM canvassed_count WHERE owner_id = ?1
         ON CONFLICT DO UPDATE SET vote_count = vote_count + excluded.vote_count")?;
    db.prepare_cached("DELETE FROM canvassed_count WHERE owner_id = ?1")?.execute([from.0])?;
    let own: Vec<(i64, String)> = db
        .prepare_cached(
            "SELECT vote_number, star_id FROM vote JOIN canvassed USING (vote_number)
             WHERE participant_id = ?1 AND owner_id = ?1",
        )?
        .query_map([to.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    for (vote_number, star) in own {
        take_back(db, &star, vote_number)?;
    }
    Ok(())
}
