//! `cargo xtask bench`: how fast the server and the page are, beside what they can be compared with. What is measured and
//! how: docs/performance.md.

mod kit;
mod looked_at;
mod page;
mod table;

use std::fs;

use anyhow::{Result, bail};

use crate::process::{self, cargo, say, which};
use crate::{build, places};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Rates, latencies, listeners, a draw of a million, a campaign of millions; twelve minutes, with --quick three
    #[command(disable_help_flag = true)]
    Server {
        /// What `--help` names
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        flags: Vec<String>,
    },
    /// The page beside one that is written by hand; ten minutes, with --quick two
    Page(page::Args),
    /// Write the last figures into docs/performance.md
    Table,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    fs::create_dir_all(places::bench())?;
    match &args.what {
        What::Server { flags } => server(flags),
        What::Page(args) => page::run(args),
        What::Table => {
            table::write()?;
            kit::write()?;
            process::run(&mut program("table")?, "carnival-bench")
        }
    }
}

fn server(flags: &[String]) -> Result<()> {
    if which("wrk").is_none() {
        bail!("the load generator isn't here: install wrk (Debian: apt-get install wrk), then run this again");
    }
    // The page is not measured here, but the server embeds its directory.
    fs::create_dir_all(places::site())?;
    build::server()?;
    process::run(program("server")?.args(flags), "carnival-bench")
}

/// The benchmark's own program: a workspace of its own, so that what the server is compared with is in nobody else's lock
/// file.
fn program(task: &str) -> Result<std::process::Command> {
    say("Building the benchmark (the first time about four minutes, else seconds)");
    let manifest = places::root().join("bench/Cargo.toml");
    // Apart from the server's own: the same crates as parts of another workspace would get into each other's way.
    let target = places::host_target().join("bench-build");
    let mut build = cargo();
    build.args(["build", "--release", "--manifest-path"]).arg(manifest);
    process::run(build.env("CARGO_TARGET_DIR", &target), "building the benchmark")?;
    let binary = target.join("release").join(format!("carnival-bench{}", std::env::consts::EXE_SUFFIX));
    let mut program = process::command(binary);
    program.arg(task).env("CARGO_TARGET_DIR", places::host_target());
    Ok(program)
}
