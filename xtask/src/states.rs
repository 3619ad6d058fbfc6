//! `cargo xtask states`: pictures of every state of every section, in the documents.

use anyhow::Result;

use crate::browsers::Which;
use crate::process::{self, say};
use crate::{places, test};

pub(crate) fn run() -> Result<()> {
    let mut tests = test::on_production("states", Which::Tested)?;
    say("Bringing the page into each of its states (about six minutes)");
    tests.env("CARNIVAL_STATES", places::root().join("docs"));
    process::run(&mut tests, "a state")
}
