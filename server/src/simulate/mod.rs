//! `carnival simulate`: what a campaign will cost and pay out, over many runs.
//!
//! What the rules decide, the rules decide here too: when a round draws or rolls over, what its pool is, that one person
//! wins once in a draw, that an offer ends with its stock. What people do is a model with few parts, all of them flags
//! (see [`crowd`]). Winners are picked at random from the entries rather than by the draw's hashes, which come to the same:
//! nobody can tell the order that HMAC-SHA-256 under a random key puts entries in from a shuffled one.

mod bill;
mod crowd;
mod plot;
mod season;
mod sums;
mod table;

use std::fs;
use std::num::NonZero;
use std::thread;

use carnival_domain::campaign::Campaign;
use carnival_domain::time::Timestamp;

use crate::check::Told;
use crate::cli::SimulateArgs;
use crate::failure::StartFailure;
use crate::start::read_campaign;

use crowd::Crowd;
use season::Outcome;
use sums::Sums;
pub use table::grouped;

/// Simulates a campaign as it stands at `now`.
///
/// # Errors
/// All that is wrong with the file, or that the plot can't be written.
pub fn run(args: &SimulateArgs, now: Timestamp) -> Result<Told, StartFailure> {
    let file = read_campaign(&args.campaign, now)?;
    // What the file says holds unless the command line says something else.
    let args = &SimulateArgs { budget: args.budget.or(file.budget), ..args.clone() };
    let crowd = Crowd::new(args);
    let outcomes = play(&file.campaign, &crowd, args.runs, args.seed);
    let sums = Sums::of(&file.campaign, args, &outcomes);
    if let Some(path) = &args.plot {
        let drawn = plot::svg(&sums).map_err(StartFailure::because)?;
        let failed = |error| StartFailure::because(format!("The plot {} can't be written: {error}.", path.display()));
        fs::write(path, drawn).map_err(failed)?;
    }
    let text = if args.json { table::json(&sums) } else { table::text(&sums, args) };
    Ok(Told { text, is_right: true })
}

/// All runs, shared out between the machine's cores. A run depends on its own number and the seed alone, so the result
/// is the same on any machine.
fn play(campaign: &Campaign, crowd: &Crowd, runs: u32, seed: u64) -> Vec<Outcome> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get) as u32;
    let share = |worker: u32| {
        let mine = (worker..runs).step_by(workers as usize);
        mine.map(|run| (run, season::play(campaign, crowd, &mut crowd::dice(seed, run)))).collect::<Vec<_>>()
    };
    let mut outcomes: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|worker| scope.spawn(move || share(worker))).collect();
        started.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    outcomes.sort_unstable_by_key(|(run, _)| *run);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

#[cfg(test)]
mod tests;
