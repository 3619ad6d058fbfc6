//! Writes the last full run's table into docs/performance.md, between its markers.

use std::fs;

use anyhow::{Context as _, Result};

use crate::places;
use crate::report::Report;

const BEGIN: &str = "<!-- bench server: written by `cargo xtask bench table` -->\n";
const END: &str = "<!-- bench server: end -->";

pub(crate) fn run() -> Result<()> {
    if !places::results().join("server.json").exists() {
        eprintln!("\u{25b8} The server's table stays as it is: `cargo xtask bench server` was not run in full");
        return Ok(());
    }
    let path = places::root().join("docs/performance.md");
    let text = fs::read_to_string(&path)?;
    let table = format!("{}\n![The time for a vote, as votes pile up](growth.svg)\n", Report::last()?.markdown());
    fs::write(&path, replace(&text, &table).context("docs/performance.md has lost its markers")?)?;
    fs::copy(places::results().join("growth.svg"), places::root().join("docs/growth.svg"))?;
    Ok(())
}

fn replace(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{table}\n{END}{after}"))
}
