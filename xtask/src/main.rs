//! `cargo xtask …`: everything one does to this project, one file a command.
//!
//! It installs what is missing into a cache outside the checkout, says what it does and how long that may take,
//! and ends in one sentence where it can't go on.
#![allow(clippy::print_stdout, clippy::print_stderr)] // The terminal is this program's user interface.

mod bench;
mod browsers;
mod build;
mod casts;
mod compress;
mod dev;
mod engines;
mod english;
mod finish;
mod gate;
mod glue;
mod html;
mod module;
mod net;
mod nowasm;
mod order;
mod page;
mod places;
mod process;
mod qr;
mod serve;
mod side;
mod size;
mod split;
mod stamp;
mod states;
mod static_site;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Carnival's own commands", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page and the server, start them, and show the address to open on a phone
    Serve(serve::Args),
    /// Live reload: Trunk rebuilds the page as files change, the API is proxied to a server beside it
    Dev(dev::Args),
    /// Build what is put into production
    Build(build::Args),
    /// Print the production page's bytes and fail if it is over budget or not fit for old engines
    Size,
    /// Check everything: format, lints, tests, builds, sizes, browsers
    Test(test::Args),
    /// Go through the shopper's journeys in every engine, and write docs/engines.md
    Engines,
    /// Take a picture of every state of every section, and write docs/states.md
    States,
    /// Install the browsers that the tests drive and print where they are, as JSON
    Browsers(browsers::Args),
    /// Measure the server and the page, beside what they can be compared with
    Bench(bench::Args),
    /// Called by Trunk
    #[command(hide = true)]
    Hook {
        #[command(subcommand)]
        hook: Hook,
    },
}

#[derive(Subcommand)]
enum Hook {
    /// Turn what Trunk left in its staging directory into the final page
    FinishPage,
}

fn main() -> ExitCode {
    let cli = Cli::parse_from(serve::own_flags_first(std::env::args().collect()));
    let outcome = match cli.command {
        Command::Serve(args) => serve::run(&args),
        Command::Dev(args) => dev::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Size => size::run(),
        Command::Test(args) => test::run(&args),
        Command::Engines => engines::run(),
        Command::States => states::run(),
        Command::Browsers(args) => browsers::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Hook { hook: Hook::FinishPage } => finish::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
