//! The server's binary.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use carnival_server::check::Told;
use carnival_server::cli::{Cli, ServeArgs, Task};
use carnival_server::clock::{Clock as _, SystemClock};
use carnival_server::failure::StartFailure;
use carnival_server::{card, check, operator, simulate, start, verify, webhooks};
use clap::Parser as _;
use tracing_subscriber::EnvFilter;

/// Faster than the system's where threads share what they allocate, as requests and the writer do: see docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Task::Serve(args) => serve(args).map(|()| true),
        Task::Check(args) => say(check::run(&args, SystemClock::start().now())),
        Task::Simulate(args) => say(simulate::run(&args, SystemClock::start().now())),
        Task::Webhooks(args) => say(webhooks::replay::run(&args, SystemClock::start().now())),
        Task::Verify(args) => say(verify::run(&args)),
        Task::Operator(task) => runtime().and_then(|runtime| say(runtime.block_on(operator::run(&task)))),
        Task::Card(args) => runtime().and_then(|runtime| say(runtime.block_on(card::run(&args)))),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            #[expect(clippy::print_stderr, reason = "the one sentence for the person at the terminal")]
            {
                eprintln!("{failure}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints what a command was called for.
fn say(told: Result<Told, StartFailure>) -> Result<bool, StartFailure> {
    let told = told?;
    #[expect(clippy::print_stdout, reason = "what the command was called for")]
    {
        println!("{}", told.text);
    }
    Ok(told.is_right)
}

fn runtime() -> Result<tokio::runtime::Runtime, StartFailure> {
    tokio::runtime::Runtime::new()
        .map_err(|error| StartFailure::because(format!("The server's threads can't be started: {error}.")))
}

fn serve(args: ServeArgs) -> Result<(), StartFailure> {
    log_to_stdout(args.log_json);
    let runtime = runtime()?;
    let outcome = runtime.block_on(start::serve(args));
    runtime.shutdown_background();
    outcome
}

/// `CARNIVAL_LOG` says how much, in the words of `RUST_LOG`: `debug`, `carnival_server=debug`, `warn`.
fn log_to_stdout(json: bool) {
    let filter = EnvFilter::try_from_env("CARNIVAL_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_target(false);
    if json {
        builder.json().flatten_event(true).init();
    } else {
        builder.with_ansi(std::io::stdout().is_terminal()).init();
    }
}
