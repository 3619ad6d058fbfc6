//! What a database is about: which campaign, by which timetable, begun when.

use std::path::{Path, PathBuf};

use carnival_domain::campaign::Campaign;
use carnival_domain::time::{Day, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result};

use super::connect;

const FIRST_START: &str = "first_start";
const CAMPAIGN: &str = "campaign";
const TIMETABLE: &str = "timetable";

/// The instant of the first start on this database; `now` if this is it.
///
/// # Errors
/// Why the database can't be opened.
pub fn first_start(path: &Path, now: Timestamp) -> std::result::Result<Timestamp, String> {
    let db = connect(path)?;
    let text = recall_or_keep(&db, FIRST_START, &now.to_string()).map_err(unwritten)?;
    text.parse()
        .map_err(|_| format!("The database {} says it was begun at \"{text}\", which is no instant.", path.display()))
}

/// Makes sure that this database is this campaign's, by the timetable it began with: rounds that have ended
/// cannot be moved, nor the entries in them.
///
/// # Errors
/// What does not fit, in a sentence.
pub fn bind(path: &Path, campaign: &Campaign) -> std::result::Result<(), String> {
    let db = connect(path)?;
    let shown = path.display();
    let known = recall_or_keep(&db, CAMPAIGN, campaign.id.as_str()).map_err(unwritten)?;
    if known != campaign.id.as_str() {
        return Err(format!(
            "The database {shown} belongs to the campaign {known}, not to {}; name another --data-dir.",
            campaign.id
        ));
    }
    let schedule = &campaign.rounds.schedule;
    let timetable = serde_json::to_string(schedule).map_err(|error| error.to_string())?;
    let known = recall_or_keep(&db, TIMETABLE, &timetable).map_err(unwritten)?;
    if known != timetable {
        return Err(format!(
            "The campaign's first day or the timetable of its rounds is not the one that {shown} began with, and rounds \
             that were promised can't be moved: set starts_on, days, utc_offset and [rounds] back, or name another --data-dir."
        ));
    }
    Ok(())
}

/// Throws a rehearsal's database away, if there is one.
///
/// # Errors
/// Why it can't be removed.
pub fn discard(path: &Path) -> std::result::Result<(), String> {
    for suffix in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        match std::fs::remove_file(&file) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(format!("The last rehearsal's {} can't be removed: {error}.", file.display()));
            }
        }
    }
    Ok(())
}

/// Puts a database whose season is over aside, under the name of the day.
///
/// # Errors
/// Why it can't be moved.
pub fn retire(path: &Path, day: Day) -> std::result::Result<PathBuf, String> {
    let cannot = |error: &dyn std::fmt::Display| {
        format!("The database {} of the season that is over can't be put aside: {error}.", path.display())
    };
    // What is still in the write-ahead log goes into the file; closing the last connection removes the log.
    let db = connect(path)?;
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(|error| cannot(&error))?;
    db.close().map_err(|(_, error)| cannot(&error))?;
    let names = std::iter::once(format!("carnival-ended-{day}.db"))
        .chain((2..).map(|n| format!("carnival-ended-{day}-{n}.db")));
    let mut free = names.map(|name| path.with_file_name(name)).filter(|aside| !aside.exists());
    let aside = free.next().unwrap_or_else(|| path.with_extension("ended.db"));
    std::fs::rename(path, &aside).map_err(|error| cannot(&error))?;
    Ok(aside)
}

fn recall_or_keep(db: &Connection, key: &str, value: &str) -> Result<String> {
    let known = db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    db.execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", [key, value])?;
    Ok(value.to_owned())
}

fn unwritten(error: rusqlite::Error) -> String {
    format!("The database can't be written: {error}.")
}
