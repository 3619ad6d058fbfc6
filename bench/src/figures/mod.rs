//! All figures, in the order in which they are measured.

mod big;
mod draw;
mod growth;
mod listener;
mod listeners;
mod load;
mod rates;
mod reads;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use crate::report::Report;
use crate::{machine, places, plot};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Three minutes instead of twelve: one round of each, a campaign of a thirtieth
    #[arg(long)]
    quick: bool,
    /// Only these parts; figures that need another part are left out
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// So many participants in the campaign of millions, for a look at less of the disk
    #[arg(long)]
    participants: Option<u64>,
    /// Leave the databases in target/bench/run
    #[arg(long)]
    keep: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Votes taken, repeated, refused; no-ops; PostgreSQL; latency at half load
    Rates,
    /// The snapshot beside a static file
    Reads,
    /// 20,000 listeners of frames
    Listeners,
    /// A draw of a million entries
    Draw,
    /// Votes on databases of ten to the third up to ten to the seventh
    Growth,
    /// A campaign of 5.68 million participants
    Big,
}

/// How long and how often.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    /// Rounds in which everything takes its turn; their medians count.
    pub(crate) rounds: u32,
    /// One turn.
    pub(crate) seconds: u32,
    /// Guests at hand, for so many votes times three.
    pub(crate) guests: u32,
    /// Participants of the big campaign; nine interactions each.
    pub(crate) participants: u64,
    /// Powers of ten on the plot of growth.
    pub(crate) growth: u32,
}

const FULL: Scale = Scale { rounds: 3, seconds: 5, guests: 400_000, participants: 5_680_000, growth: 7 };
const QUICK: Scale = Scale { rounds: 1, seconds: 3, guests: 100_000, participants: 190_000, growth: 5 };

/// Where one part keeps its database.
pub(crate) fn directory(name: &str) -> Result<PathBuf> {
    let path = places::run().join(name);
    if path.exists() {
        fs::remove_dir_all(&path)?;
    }
    fs::create_dir_all(&path)?;
    Ok(path)
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let begun = Instant::now();
    let mut scale = if args.quick { QUICK } else { FULL };
    scale.participants = args.participants.unwrap_or(scale.participants);
    let run = directory("")?;
    let mut report = Report::new(machine::look(&run)?, args.quick);
    let measured = measure(args, scale, &mut report);
    if !args.keep {
        fs::remove_dir_all(&run)?;
    }
    measured?;
    report.seconds = begun.elapsed().as_secs_f64();
    // A part of the figures must not stand for all of them.
    if args.only.is_empty() && args.participants.is_none() {
        report.save()?;
        plot::draw(&report)?;
    }
    println!("{}", report.markdown());
    eprintln!("\u{25b8} {:.0} s; load average now {}", report.seconds, machine::load());
    Ok(())
}

fn measure(args: &Args, scale: Scale, report: &mut Report) -> Result<()> {
    let wanted = |part| args.only.is_empty() || args.only.contains(&part);
    let say = |what: &str| eprintln!("\u{25b8} {what}");
    if wanted(Part::Rates) {
        say("Rates: votes taken, repeated and refused, no-ops, the rival");
        rates::measure(scale, report)?;
    }
    if wanted(Part::Reads) {
        say("Reads: the snapshot, and a static file of its size");
        reads::measure(scale, report)?;
    }
    if wanted(Part::Listeners) {
        say("Listeners of live frames");
        listeners::measure(scale, report)?;
    }
    if wanted(Part::Draw) {
        say("A draw of a million entries");
        draw::measure(report)?;
    }
    if wanted(Part::Growth) {
        say("Growth: votes on ever larger databases");
        growth::measure(scale, report)?;
    }
    if wanted(Part::Big) {
        say("A campaign of millions");
        big::measure(scale, report)?;
    }
    Ok(())
}
