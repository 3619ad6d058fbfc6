//! Words that the server keeps for itself beside the facts, for its next start and for the servers beside it.

use std::path::Path;

use rusqlite::OptionalExtension;

use super::connect;

/// What was kept under a key.
///
/// # Errors
/// The database can't be read.
pub fn recall(path: &Path, key: &str) -> Result<Option<String>, String> {
    let db = connect(path)?;
    let found = db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional();
    found.map_err(|error| error.to_string())
}

/// Keeps a word, in place of what was there.
///
/// # Errors
/// The database can't be written.
pub fn keep(path: &Path, key: &str, value: &str) -> Result<(), String> {
    let db = connect(path)?;
    let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    db.execute(sql, [key, value]).map(|_| ()).map_err(|error| error.to_string())
}
