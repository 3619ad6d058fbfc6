//! `cargo xtask engines`: the shopper's journeys in every engine there is, and the table of them in the documents.

use std::fs;

use anyhow::Result;

use crate::browsers::Which;
use crate::process::{self, say};
use crate::{places, test};

pub(crate) fn run() -> Result<()> {
    let mut tests = test::on_production("engines", Which::All)?;
    let table = places::root().join("docs/engines.md");
    let pictures = places::root().join("docs/engines");
    fs::create_dir_all(&pictures)?;
    say("Going through the journeys in each engine (about fifteen minutes)");
    tests.env("CARNIVAL_ENGINES", "all").env("CARNIVAL_ENGINES_TABLE", &table);
    tests.env("CARNIVAL_ENGINES_PICTURES", &pictures);
    let outcome = process::run(&mut tests, "a journey");
    // A table with a cross in it is a table too.
    say(&format!("The table is in {}", table.display()));
    outcome
}
