//! The server's binary.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use carnival_server::cli::{CheckArgs, Cli, ServeArgs, Task};
use carnival_server::clock::{Clock as _, SystemClock};
use carnival_server::failure::StartFailure;
use carnival_server::start;
use clap::Parser as _;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Task::Serve(args) => serve(args),
        Task::Check(args) => check(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            #[expect(clippy::print_stderr, reason = "the one sentence for the person at the terminal")]
            {
                eprintln!("{failure}");
            }
            ExitCode::FAILURE
        }
    }
}

fn serve(args: ServeArgs) -> Result<(), StartFailure> {
    log_to_stdout(args.log_json);
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| StartFailure::because(format!("The server's threads can't be started: {error}.")))?;
    let outcome = runtime.block_on(start::serve(args));
    runtime.shutdown_background();
    outcome
}

fn check(args: &CheckArgs) -> Result<(), StartFailure> {
    let file = start::read_campaign(&args.campaign, SystemClock::start().now())?;
    let campaign = file.campaign;
    #[expect(clippy::print_stdout, reason = "what the command was called for")]
    {
        println!(
            "{} is right: {}, {} rounds from {} to {}, {} stars, {} coupon offers, {} items.",
            args.campaign.display(),
            campaign.id,
            campaign.rounds.schedule.round_count(),
            campaign.starts_at,
            campaign.ends_at,
            campaign.stars.len(),
            campaign.offers.len(),
            campaign.items.len(),
        );
    }
    Ok(())
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
