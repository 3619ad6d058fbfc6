//! Carnival's benchmark of the server. `cargo xtask bench server` builds and calls it; docs/performance.md says what it
//! measures and how.

mod figures;
mod guests;
mod http;
mod machine;
mod places;
mod plot;
mod postgres;
mod report;
mod rival;
mod stage;
mod table;
mod time;
mod wrk;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "carnival-bench", about = "Measures Carnival's server")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measure the server; figures go to target/bench/server.json, plots beside it
    Server(figures::Args),
    /// The usual way, to compare with: one transaction a request on PostgreSQL. Started by the benchmark itself
    #[command(hide = true)]
    Rival(rival::Args),
    /// Write the last figures into docs/performance.md
    Table,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Server(args) => figures::run(&args),
        Task::Rival(args) => rival::run(&args),
        Task::Table => table::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
