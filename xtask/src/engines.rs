//! `cargo xtask engines`: the shopper's journeys in every engine there is, and the table of them in the documents.

use std::fs;

use anyhow::Result;

use crate::page::{self, Variant};
use crate::process::{self, say};
use crate::{browsers, build, places, test};

pub(crate) fn run() -> Result<()> {
    page::build(Variant::Production)?;
    build::server()?;
    build::stand_in()?;
    let browsers = browsers::file(browsers::Which::All)?;
    test::install_browser_tests()?;
    let table = places::root().join("docs/engines.md");
    let pictures = places::root().join("docs/engines");
    fs::create_dir_all(&pictures)?;
    say("Going through the journeys in each engine (about fifteen minutes)");
    let mut tests = test::npm_in_e2e(&["run", "engines"])?;
    test::with_surroundings(&mut tests, &browsers);
    tests.env("CARNIVAL_ENGINES", "all").env("CARNIVAL_ENGINES_TABLE", &table);
    tests.env("CARNIVAL_ENGINES_PICTURES", &pictures);
    let outcome = process::run(&mut tests, "a journey");
    // A table with a cross in it is a table too.
    say(&format!("The table is in {}", table.display()));
    outcome
}
