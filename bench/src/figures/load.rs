//! Puts a campaign of any size into a server's database: its tables filled as the server fills them, with nothing that a
//! campaign would not have, but in bulk and in the order of the participants' ids.
//!
//! In two sweeps, three of five and then two of five: pages that were filled in one sweep are full to the brim, and each of
//! the first writes afterwards would split one, which no database that grew by itself does.

use std::fs;
use std::path::Path;

use anyhow::Result;
use carnival_domain::ids::ParticipantId;
use rusqlite::{Connection, params};

use crate::time::now_ms;

/// What each participant did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mix {
    /// Three votes.
    Votes,
    /// Three votes, three entries, a coupon, a link, a visit; one of their answers is not older than two days.
    Everything,
}

impl Mix {
    pub(crate) fn interactions(self) -> u64 {
        match self {
            Self::Votes => 3,
            Self::Everything => 9,
        }
    }
}

const DAY_MS: i64 = 86_400_000;
const OFFSET_MS: i64 = 8 * 3_600_000;
const STARS: u64 = 20;
/// As long as the page's keys.
const KEY: &str = "ABCDEFGHJKMNPQRSTVWXYZ01";

/// When the first of them came, seconds since 1970, and how long it took until all had.
const SEASON_STARTS_S: u64 = 1_780_272_000;
const SEASON_S: u64 = 18 * 86_400;

/// The participant of a number: as the server makes ids, beginning with the second in which they came. They come evenly.
pub(crate) fn participant(number: u64, count: u64) -> ParticipantId {
    let after = ((u128::from(number) << 32) * u128::from(SEASON_S) / u128::from(count)) as u64;
    let head = (SEASON_STARTS_S << 32) + after;
    let tail = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03;
    let mut id = [0; 16];
    id[..8].copy_from_slice(&head.to_be_bytes());
    id[8..].copy_from_slice(&tail.to_be_bytes());
    ParticipantId(id)
}

/// A key's mark, as random as any.
fn mark(who: [u8; 16], nth: u64) -> i64 {
    let [.., a, b, c, d, e, f, g, h] = who;
    u64::from_be_bytes([a, b, c, d, e, f, g, h]).rotate_left(nth as u32 * 21) as i64
}

/// Fills the database of a server that is stopped. Returns its size, bytes.
pub(crate) fn fill(path: &Path, count: u64, mix: Mix) -> Result<u64> {
    let db = Connection::open(path)?;
    // What is lost in a crash of the benchmark is made anew; the server sets all of these back.
    db.execute_batch(
        "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -1500000; BEGIN",
    )?;
    let now = now_ms();
    let filler = Filler { db: &db, now, count, mix };
    filler.frame()?;
    for sweep in [[0, 2, 4].as_slice(), &[1, 3]] {
        for number in (0..count).filter(|number| sweep.contains(&(number % 5))) {
            filler.one(number)?;
        }
    }
    filler.sums()?;
    db.execute_batch("COMMIT; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL")?;
    db.close().map_err(|(_, error)| error)?;
    // Gigabytes that are only in memory would be waited for by the first sync of the server's, a second or more.
    fs::File::open(path)?.sync_all()?;
    Ok(fs::metadata(path)?.len())
}

struct Filler<'a> {
    db: &'a Connection,
    now: i64,
    count: u64,
    mix: Mix,
}

impl Filler<'_> {
    /// Three rounds before the current one, for the entries.
    fn frame(&self) -> Result<()> {
        if self.mix == Mix::Votes {
            return Ok(());
        }
        self.db.execute(
            "INSERT INTO draw (draw_number, draw_id, seed, opened_at, entry_count, proof)
             VALUES (1000000, 'bench-loaded', zeroblob(32), 0, ?1, '{}')",
            [self.count as i64 * 3],
        )?;
        self.db.execute(
            "WITH n (n) AS (VALUES (1), (2), (3))
             INSERT INTO round (round_id, draw_number, carried_in, added, participant_count, ending, ended_at)
             SELECT (SELECT min(round_id) FROM round) - n, 1000000, '[]', '[]', ?1, 'rolled_over', ?2 FROM n",
            params![self.count as i64, self.now - DAY_MS],
        )?;
        Ok(())
    }

    fn one(&self, number: u64) -> Result<()> {
        let who = participant(number, self.count).0;
        // Spread over the three days before today: today's votes are for the measurement.
        let at = self.now - DAY_MS * (1 + (number % 3) as i64) - (number % 3_600_000) as i64;
        let day = (at + OFFSET_MS) / DAY_MS;
        for nth in 0..3 {
            let star = format!("star-number-{:02}", (number * 7 + nth) % STARS + 1);
            self.db
                .prepare_cached(
                    "INSERT INTO vote (participant_id, day, star_id, cast_at, key_mark, tally, is_filed)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)",
                )?
                .execute(params![who, day, star, at, mark(who, nth), number as i64])?;
        }
        if self.mix == Mix::Everything { self.more(number, who, at) } else { Ok(()) }
    }

    fn more(&self, number: u64, who: [u8; 16], at: i64) -> Result<()> {
        for nth in 1..=3_u8 {
            let mut entry = who;
            entry.rotate_right(usize::from(nth) * 3);
            self.db
                .prepare_cached(
                    "INSERT INTO entry (round_id, participant_id, entry_id, accepted_at)
                     VALUES ((SELECT min(round_id) FROM round) + ?1, ?2, ?3, ?4)",
                )?
                .execute(params![nth - 1, who, entry, at])?;
        }
        let code = format!("618{number:013}");
        let answer = format!(
            "{{\"coupon\":{{\"offer_id\":\"all-50\",\"code\":\"{code}\",\"claimed_at\":\"2026-06-18T00:00:00.000Z\",\"valid_until\":\"2026-06-25T00:00:00.000Z\"}}}}"
        );
        self.db
            .prepare_cached(
                "INSERT INTO answer (participant_id, idempotency_key, request, answer, answered_at)
                 VALUES (?1, ?2, 'claim all-50', ?3, ?4)",
            )?
            .execute(params![who, format!("{KEY}00"), answer, self.now - DAY_MS])?;
        let link = &who[..8];
        self.db
            .prepare_cached(
                "INSERT INTO coupon (participant_id, offer_id, nth, code, claimed_at, valid_until)
                 VALUES (?1, 'all-50', 1, ?2, ?3, ?4)",
            )?
            .execute(params![who, code, at, at + 7 * DAY_MS])?;
        self.db
            .prepare_cached(
                "INSERT INTO link (link_id, participant_id, landing, channel, made_at)
                 VALUES (?1, ?2, '{\"page\":\"rush\"}', '\"group\"', ?3)",
            )?
            .execute(params![link, who, at])?;
        let visitor = participant((number + 1) % self.count, self.count).0;
        self.db
            .prepare_cached("INSERT INTO visit (owner_id, visitor_id, link_id, visited_at) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![who, visitor, link, at])?;
        self.db.prepare_cached("INSERT INTO reach (owner_id, visit_count) VALUES (?1, 1)")?.execute([who])?;
        self.db
            .prepare_cached(
                "INSERT INTO reach_by_channel (owner_id, channel, visit_count) VALUES (?1, '\"group\"', 1)",
            )?
            .execute([who])?;
        Ok(())
    }

    fn sums(&self) -> Result<()> {
        let today = (self.now + OFFSET_MS) / DAY_MS;
        self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('filed_before', ?1)", [today.to_string()])?;
        self.db.execute_batch(
            "INSERT INTO day_begun SELECT day, min(vote_number) FROM vote GROUP BY day;
             INSERT OR REPLACE INTO tally SELECT star_id, count(*), max(vote_number) FROM vote GROUP BY star_id;
             INSERT OR REPLACE INTO tally_of_day SELECT day, star_id, count(*), max(vote_number) FROM vote GROUP BY day, star_id;
             INSERT OR REPLACE INTO offer_claims SELECT offer_id, count(*) FROM coupon GROUP BY offer_id;",
        )?;
        Ok(())
    }
}
