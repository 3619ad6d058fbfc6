//! The store in SQLite: one file, in write-ahead mode, synchronised at every commit.

mod answers;
mod audits;
mod awards;
mod canvassing;
mod checkpoints;
mod columns;
mod coupons;
pub mod delivery_key;
mod draws;
mod entries;
mod erasing;
mod fans;
mod filing;
pub mod kept;
mod ledger;
mod links;
mod merge;
pub(crate) mod outbox;
mod pauses;
mod people;
mod picks;
mod readers;
mod recollection;
mod reservations;
mod rounds;
pub mod season;
mod starts;
mod votes;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use carnival_contract::error_code::ErrorCode;
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::REPEATED_DAYS;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::batch::Transactional;
use super::known_keys::KnownKeys;
use checkpoints::Checkpoints;
pub(super) use ledger::SqliteLedger;
use ledger::Unasked;
pub(super) use readers::Readers;
use recollection::Recollection;

/// Every step from an empty file to today's schema; only ever appended to.
const STEPS: &[M<'static>] = &[
    M::up(include_str!("../../../migrations/0001_facts.sql")),
    M::up(include_str!("../../../migrations/0002_reach_by_channel.sql")),
    M::up(include_str!("../../../migrations/0003_accounts.sql")),
    M::up(include_str!("../../../migrations/0004_shops.sql")),
    M::up(include_str!("../../../migrations/0005_webhooks.sql")),
    M::up(include_str!("../../../migrations/0006_awaited_draws.sql")),
    M::up(include_str!("../../../migrations/0007_prizes.sql")),
    M::up(include_str!("../../../migrations/0008_fair_starts.sql")),
    M::up(include_str!("../../../migrations/0009_picks.sql")),
    M::up(include_str!("../../../migrations/0010_erasures.sql")),
    M::up(include_str!("../../../migrations/0011_fans_draws.sql")),
    M::up(include_str!("../../../migrations/0012_audit.sql")),
    M::up(include_str!("../../../migrations/0013_canvassing.sql")),
    M::up(include_str!("../../../migrations/0014_friends.sql")),
    M::up(include_str!("../../../migrations/0015_vote_keys.sql")),
    M::up(include_str!("../../../migrations/0016_days_votes.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// Only a backup or an operator's shell ever holds a lock that long.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// All statements of the ledger, prepared once.
const CACHED_STATEMENTS: usize = 128;

/// The writer's connection.
pub(super) struct Sqlite {
    // Ends first: the last connection to close takes the log into the database, and that must not be left to a thread.
    _recollection: Recollection,
    checkpoints: Checkpoints,
    ledger: SqliteLedger,
    has_written: bool,
    /// The last erasure of which nothing is left in the write-ahead log.
    cleaned: Option<Timestamp>,
}

impl Sqlite {
    /// Opens a database at an instant, which is on this day of the campaign's.
    pub(super) fn open(path: &Path, keys: Arc<KnownKeys>, now: Timestamp, today: Day) -> Result<Self, String> {
        let connection = connect(path)?;
        let filed_before = filing::before(&connection).map_err(|error| format!("{}: {error}.", path.display()))?;
        let _recollection = Recollection::start(path, keys.clone(), now, Day(today.0 - REPEATED_DAYS))?;
        let checkpoints = Checkpoints::start(path, &connection)?;
        let mut ledger = SqliteLedger::on(connection);
        ledger.2 = Unasked { keys, filed_before, begun: None };
        Ok(Self { _recollection, checkpoints, ledger, has_written: false, cleaned: None })
    }
}

impl Transactional for Sqlite {
    type Ledger = SqliteLedger;
    type Fault = rusqlite::Error;

    fn transact<T>(
        &mut self,
        work: impl FnOnce(&mut SqliteLedger) -> Result<T, rusqlite::Error>,
    ) -> Result<T, rusqlite::Error> {
        let Self { checkpoints, ledger, has_written, .. } = self;
        // Before, not after: the last transaction's answers are on their way meanwhile.
        checkpoints.tend(&ledger.0);
        let (remembered, changes) = (ledger.1.clone(), ledger.0.total_changes());
        ledger.run("BEGIN IMMEDIATE")?;
        let outcome = work(ledger).and_then(|done| {
            // A commit of nothing costs no sync, and refusals alone shall not cost one: they wait for what is written anyway.
            *has_written = ledger.0.total_changes() != changes;
            if *has_written {
                ledger.write_down()?;
            }
            ledger.run("COMMIT").map(|()| done)
        });
        if outcome.is_err() {
            (ledger.1, ledger.2.begun) = (remembered, None);
        }
        // A full disk may have made SQLite roll back by itself; else it is for us to do.
        if outcome.is_err() && !ledger.0.is_autocommit() {
            ledger.run("ROLLBACK")?;
        }
        outcome
    }

    fn has_written(&self) -> bool {
        self.has_written
    }

    fn count_refused(&mut self, day: Day, code: ErrorCode, count: u64) {
        self.ledger.1.count(day, code, count);
    }

    fn write_down(&mut self) -> Result<(), rusqlite::Error> {
        if self.ledger.1.is_empty() { Ok(()) } else { self.transact(SqliteLedger::write_down) }
    }

    fn tidy(&mut self, now: Timestamp, today: Day) -> Result<bool, rusqlite::Error> {
        let SqliteLedger(db, _, unasked) = &mut self.ledger;
        let erased = erasing::last(db)?;
        if self.cleaned < erased && erasing::clean_log(db)? {
            self.cleaned = erased;
        }
        let mut may_be_more = filing::file(db, today, &mut unasked.filed_before)?;
        may_be_more |= answers::prune(db, now)?;
        Ok(outbox::prune(db, now)? || may_be_more)
    }
}

/// Opens a database for writing, makes it if it is not there, and brings its schema up to date.
pub(crate) fn connect(path: &Path) -> Result<Connection, String> {
    let shown = path.display();
    let cannot = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => {
            format!("{shown} is not a database of this server; name another --data-dir, or move it away.")
        }
        _ => format!("The database {shown} can't be opened: {error}."),
    };
    let mut connection = Connection::open(path).map_err(cannot)?;
    // What is deleted is overwritten, also in pages that become free: whoever erased themselves is in no corner of the file.
    let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
        PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON;";
    connection.execute_batch(pragmas).map_err(cannot)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(cannot)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    MIGRATIONS.to_latest(&mut connection).map_err(|error| match error {
        rusqlite_migration::Error::MigrationDefinition(
            rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
        ) => format!(
            "The database {shown} was made by a newer version of this server; start that version, or name another --data-dir."
        ),
        error => format!("The database {shown} can't be brought up to date: {error}."),
    })?;
    Ok(connection)
}

/// Opens a database that is there for reading only.
fn connect_reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(connection)
}

#[cfg(test)]
fn open(path: &Path) -> Result<Sqlite, String> {
    Sqlite::open(path, Arc::default(), Timestamp::from_ms(0), Day(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnival_contract::replies::ChannelVisits;
    use carnival_domain::ids::ParticipantId;
    use carnival_domain::share_token::Channel;

    #[test]
    fn the_steps_to_the_schema_are_sound() {
        MIGRATIONS.validate().expect("every migration runs");
    }

    #[test]
    fn only_a_transaction_that_wrote_has_written() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("carnival.db");
        let mut store = open(&path).expect("a database");
        for (sql, writes) in [
            ("SELECT 1 FROM vote", false),
            ("INSERT INTO pause VALUES (1, NULL, '')", true),
            ("UPDATE pause SET note = '' WHERE from_at = 2", false),
        ] {
            store.transact(|ledger| ledger.0.execute_batch(sql)).expect("a transaction");
            assert_eq!(store.has_written(), writes, "{sql}");
        }
    }

    #[test]
    fn a_database_of_the_first_version_keeps_its_reach() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("old.db");
        let mut old = Connection::open(&path).expect("a file");
        Migrations::from_slice(&STEPS[..1]).to_latest(&mut old).expect("the first version");
        let (ann, ben, link) = ([1_u8; 16], [2_u8; 16], [3_u8; 8]);
        old.execute("INSERT INTO link VALUES (?1, ?2, '{\"page\":\"rush\"}', '\"group\"', 0)", (link, ann))
            .expect("a link");
        old.execute("INSERT INTO visit VALUES (?1, ?2, ?3, 0)", (ann, ben, link)).expect("a visit");
        drop(old);
        let db = connect(&path).expect("today's version");
        let reach = links::visits_by_channel(&db, ParticipantId(ann)).expect("readable");
        assert_eq!(reach, [ChannelVisits { channel: Channel::Group, visit_count: 1 }]);
    }

    #[test]
    fn what_was_won_before_there_were_deadlines_is_still_promised() {
        let mut db = Connection::open_in_memory().expect("memory");
        db.execute_batch("PRAGMA foreign_keys = ON").expect("a setting");
        Migrations::from_slice(&STEPS[..3]).to_latest(&mut db).expect("the third version");
        db.execute_batch(
            "INSERT INTO draw (draw_number, draw_id, seed, opened_at) VALUES (1, 'd', zeroblob(32), 0);
             INSERT INTO round (round_id, draw_number, carried_in, added, ending, ended_at)
               VALUES (3, 1, '[]', '[]', 'drawn', 9);
             INSERT INTO entry (round_id, participant_id, entry_id, accepted_at)
               VALUES (3, zeroblob(16), x'01010101010101010101010101010101', 5);
             INSERT INTO win VALUES (zeroblob(16), 3, 1, 1, x'01010101010101010101010101010101', 'first');
             INSERT INTO win VALUES (zeroblob(16), 3, 2, 1, x'02020202020202020202020202020202', 'second');",
        )
        .expect("facts");
        MIGRATIONS.to_latest(&mut db).expect("today's version");
        let who = ParticipantId([0; 16]);
        let due = awards::due(&db, Timestamp::from_ms(0), 9).expect("rows");
        assert_eq!(awards::of_participant(&db, who).expect("rows").len(), 2);
        assert_eq!(due.iter().map(|row| row.award.place).collect::<Vec<_>>(), [1, 2]);
        assert!(due.iter().all(|row| row.award.claim_by.is_none() && row.award.promised_at == Timestamp::from_ms(9)));
        let entries = entries::of_participant(&db, who, 9).expect("rows");
        assert!(entries.iter().all(|entry| !entry.is_waiting), "what was entered counts");
    }

    #[test]
    fn a_database_from_before_accounts_keeps_everything() {
        let mut db = Connection::open_in_memory().expect("memory");
        db.execute_batch("PRAGMA foreign_keys = ON").expect("a setting");
        Migrations::from_slice(&STEPS[..2]).to_latest(&mut db).expect("the second version");
        db.execute_batch(
            "INSERT INTO draw (draw_number, draw_id, seed, opened_at) VALUES (1, 'd', zeroblob(32), 0);
             INSERT INTO round (round_id, draw_number, carried_in, added) VALUES (3, 1, '[]', '[]');
             INSERT INTO entry VALUES (3, zeroblob(16), x'01010101010101010101010101010101', 5);
             INSERT INTO win VALUES (zeroblob(16), 3, 1, x'01010101010101010101010101010101', 'first');
             INSERT INTO vote VALUES (7, zeroblob(16), 1, 'ann', 6);
             INSERT INTO link VALUES (zeroblob(8), zeroblob(16), '{\"page\":\"rush\"}', '\"group\"', 0);
             INSERT INTO visit VALUES (zeroblob(16), x'02020202020202020202020202020202', zeroblob(8), 4);",
        )
        .expect("facts");
        MIGRATIONS.to_latest(&mut db).expect("today's version");
        let who = ParticipantId([0; 16]);
        let entries = entries::of_participant(&db, who, 9).expect("rows");
        assert_eq!(
            entries.iter().map(|entry| (entry.round_id.0, entry.accepted_at.as_ms())).collect::<Vec<_>>(),
            [(3, 5)]
        );
        assert_eq!(awards::of_participant(&db, who).expect("rows").len(), 1);
        assert_eq!(votes::all_of_participant(&db, who).expect("rows")[0].number, 7);
        assert_eq!(links::owner(&db, [0; 8]).expect("rows"), Some(who));
        let visits: i64 = db
            .query_row("SELECT count(*) FROM visit JOIN link USING (link_id)", [], |row| row.get(0))
            .expect("a number");
        assert_eq!(visits, 1);
        let orphans = db.prepare("PRAGMA foreign_key_check").expect("a check").exists([]).expect("rows");
        assert!(!orphans, "every row refers to one that is there");
        db.execute("INSERT INTO visit VALUES (zeroblob(16), zeroblob(16), x'0909090909090909', 4)", [])
            .expect_err("a visit is by a link that is there");
    }
}
