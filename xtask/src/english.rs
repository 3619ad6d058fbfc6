//! The page's English: the same table as the page's own, written into a file that only those fetch who read it.
//!
//! The table is compiled in, so that a sentence that is missing does not compile; `cargo xtask dev` therefore knows the
//! English of when it was started.

#[path = "../../src/text/en.rs"]
mod en;
#[path = "../../src/text/table.rs"]
mod table;
#[path = "../../src/text/zh.rs"]
mod zh;

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::stamp;

/// What its name begins with, as `src/boot.js` asks for it.
pub(crate) const STEM: &str = "carnival-en-";

/// Leaves it in the site as `carnival-en-<hash>.json`, a list in the order of the table, and returns the hash.
pub(crate) fn write(site: &Path) -> Result<String> {
    let words = serde_json::to_vec(&en::TEXT.words())?;
    let hash = stamp::content_hash(&words);
    fs::write(site.join(format!("{STEM}{hash}.json")), words)?;
    Ok(hash)
}
