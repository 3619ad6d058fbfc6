//! `cargo xtask browsers`: the engines that the tests drive, today's and those of old phones.

mod old;
mod system;

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use crate::places;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Also the Chromiums between the old ones and today's (about 60 MB each)
    #[arg(long)]
    all: bool,
}

/// How many of the old engines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that every test run drives.
    Tested,
    /// The ones between as well.
    All,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    println!("{:#}", installed(if args.all { Which::All } else { Which::Tested })?);
    Ok(())
}

/// Installs what is missing and writes where everything is to a file, whose path tests get in `CARNIVAL_BROWSERS`.
pub(crate) fn file(which: Which) -> Result<PathBuf> {
    let path = places::cache()?.join("browsers.json");
    fs::write(&path, format!("{:#}\n", installed(which)?))?;
    Ok(path)
}

fn installed(which: Which) -> Result<Value> {
    let today = system::ensure()?;
    Ok(json!({
        "chromium": today.chromium,
        "firefox": today.firefox,
        "webkit_driver": today.webkit_driver,
        "minibrowser": today.minibrowser,
        "old": old::ensure(which)?,
    }))
}
