//! Which key the addresses in a database are sealed with: a mark of it, never the key.

use std::path::Path;

use super::{connect, kept};

const KEY: &str = "delivery_key";

/// Makes sure that the addresses in this database can be read with the key of this mark, and that whatever comes is
/// sealed with the same.
///
/// # Errors
/// What to do about it, in a sentence.
pub fn bind(path: &Path, mark: &str) -> Result<(), String> {
    let known = kept::recall(path, KEY)?;
    if known.as_deref() == Some(mark) {
        return Ok(());
    }
    let db = connect(path)?;
    let sealed: u32 = db
        .query_row("SELECT count(*) FROM delivery", [], |row| row.get(0))
        .map_err(|error| format!("The database {} can't be read: {error}.", path.display()))?;
    if sealed > 0 {
        return Err(format!(
            "The key for winners' addresses is not the one that the {sealed} in {} are sealed with; nothing was started, and \
             nothing is lost. Set CARNIVAL_DELIVERY_KEY back, or bring secrets.toml back from a backup if there was none.",
            path.display()
        ));
    }
    kept::keep(path, KEY, mark)
}
