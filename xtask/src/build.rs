//! `cargo xtask build`: what is put into production.

use anyhow::{Result, bail};

use crate::page::{self, Variant};
use crate::process::{self, cargo, say};
use crate::{places, size};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Everything: the server with the page embedded, and dist/ for static hosting
    #[arg(long)]
    release: bool,
    /// Only the production page, in target/site/
    #[arg(long)]
    page: bool,
    /// Only the static page with the mock API, in dist/
    #[arg(long)]
    mock_page: bool,
    /// Only the page that counts how often it asks for memory, in target/counting-site/
    #[arg(long)]
    counting_page: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    if !(args.release || args.page || args.mock_page || args.counting_page) {
        bail!("say what to build: --release for everything, or --page, or --mock-page, or --counting-page");
    }
    if args.release || args.page {
        page::build(Variant::Production)?;
    }
    if args.release || args.mock_page {
        page::build(Variant::Mock)?;
    }
    if args.counting_page {
        page::build(Variant::Counting)?;
    }
    if args.release {
        server()?;
        size::run()?;
        say(&format!("Built {} and {}", places::server_binary().display(), places::mock_site().display()));
    }
    Ok(())
}

/// The server with the production page inside; the page must have been built before.
pub(crate) fn server() -> Result<()> {
    say("Building the server (the first time about five minutes, else seconds)");
    process::run(cargo().args(["build", "--release", "-p", "carnival-server"]), "building the server")
}

/// The chat platforms' stand-in, for tests.
pub(crate) fn stand_in() -> Result<()> {
    process::run(cargo().args(["build", "--release", "-p", "carnival-stand-in"]), "building the platforms' stand-in")
}
