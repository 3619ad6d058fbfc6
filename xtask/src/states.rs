//! `cargo xtask states`: pictures of every state of every section, in the documents.

use anyhow::Result;

use crate::page::{self, Variant};
use crate::process::{self, say};
use crate::{browsers, build, places, test};

pub(crate) fn run() -> Result<()> {
    page::build(Variant::Production)?;
    build::server()?;
    build::stand_in()?;
    let browsers = browsers::file(browsers::Which::Tested)?;
    test::install_browser_tests()?;
    say("Bringing the page into each of its states (about six minutes)");
    let mut tests = test::npm_in_e2e(&["run", "states"])?;
    test::with_surroundings(&mut tests, &browsers);
    tests.env("CARNIVAL_STATES", places::root().join("docs"));
    process::run(&mut tests, "a state")
}
