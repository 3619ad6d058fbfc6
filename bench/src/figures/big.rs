//! A campaign of 5.68 million participants and 51 million interactions, as JD's of 2016 was: does the server start with it,
//! and does it answer as one that has just begun?

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, bail};
use carnival_server::simulate::grouped;

use super::load::{Mix, fill, participant};
use super::rates::turn;
use super::{Scale, directory};
use crate::report::{Report, median};
use crate::stage::Stage;
use crate::wrk::Mode;
use crate::{guests, places};

/// What the fullest disk still must have, above the 8 GB that the database takes.
const DISK_GB: u64 = 12;
const VOTERS: u64 = 200_000;
/// Participants of the campaign that has just begun.
const SMALL: u64 = 10_000;

pub(crate) fn measure(scale: Scale, report: &mut Report) -> Result<()> {
    let data_dir = directory("big")?;
    if scale.participants > 1_000_000 && free_gb(&data_dir)? < DISK_GB {
        bail!("the campaign of millions needs {DISK_GB} GB free in target/bench");
    }
    let start = |directory: &Path| Stage::start(directory, &places::campaign(), &places::site());
    start(&data_dir)?.stop()?;
    let begun = Instant::now();
    let database = data_dir.join("carnival.db");
    let bytes = fill(&database, scale.participants, Mix::Everything)?;
    let interactions = scale.participants * Mix::Everything.interactions();
    let (people, things) = (grouped(scale.participants as f64), grouped(interactions as f64));
    let name = format!("{people} participants, {things} interactions");
    report.note(&name, begun.elapsed().as_secs_f64(), format!("loaded in {:.0} s", begun.elapsed().as_secs_f64()));
    let each = bytes as f64 / interactions as f64;
    let value = format!("{each:.0} bytes, {:.1} GB in all", bytes as f64 / 1e9);
    report.note("the same: disk for an interaction, with a ninth of the answers", each, value);

    let big = start(&data_dir)?;
    let restart = big.started_in.as_secs_f64();
    report.at_most("the same: restart", restart, format!("{restart:.1} s"), 10.0, " s");
    let (rest, work) = (big.rest()?.as_secs_f64(), big.cpu()?.as_secs_f64());
    let value = format!("{rest:.0} s, {work:.0} s of processor time");
    report.note("the same: until the last days' keys are known, after a restart", rest, value);
    let small_dir = directory("small")?;
    start(&small_dir)?.stop()?;
    fill(&small_dir.join("carnival.db"), SMALL, Mix::Everything)?;
    let empty = start(&small_dir)?;
    let voters = known(&data_dir, "voters", scale.participants)?;
    // The same people, of whom this one knows nothing.
    let strangers = known(&small_dir, "strangers", scale.participants)?;
    let few = known(&small_dir, "voters", SMALL)?;
    let newcomers = guests::mint(&empty.data_dir, VOTERS as u32)?;
    let latecomers = guests::mint(&big.data_dir, VOTERS as u32)?;
    let (mut big_next, mut late_next, mut empty_next, mut strange_next) = (0, 0, 0, 0);
    let (mut new, mut same, mut mixed, mut work, mut looks) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..scale.rounds {
        let late = turn(&big, Mode::Accept, scale.seconds, &latecomers, late_next)?;
        let none = turn(&empty, Mode::Accept, scale.seconds, &newcomers, empty_next)?;
        let full = turn(&big, Mode::Accept, scale.seconds, &voters, big_next)?;
        let strange = turn(&empty, Mode::Accept, scale.seconds, &strangers, strange_next)?;
        (big_next, late_next) = (full.outcome.next, late.outcome.next);
        (empty_next, strange_next) = (none.outcome.next, strange.outcome.next);
        new.push(none.outcome.per_second() / late.outcome.per_second());
        same.push(strange.outcome.per_second() / full.outcome.per_second());
        mixed.push(none.outcome.per_second() / full.outcome.per_second());
        work.push(full.cpu_us / strange.cpu_us);
        let full = turn(&big, Mode::Me, scale.seconds, &voters, 0)?.outcome.per_second();
        let none = turn(&empty, Mode::Me, scale.seconds, &few, 0)?.outcome.per_second();
        looks.push(none / full);
    }
    let ratio = median(&new);
    let value = format!("{ratio:.2} × the time in one of 10,000 participants");
    report.at_most("the same: a newcomer's vote", ratio, value, 1.3, " ×");
    let ratio = median(&same);
    let value = format!("{ratio:.2} × the time of theirs in that one (processor: {:.2} ×)", median(&work));
    report.at_most("the same: a vote of one of the millions", ratio, value, 1.3, " ×");
    let ratio = median(&mixed);
    report.note("the same, beside a newcomer's in that one", ratio, format!("{ratio:.2} ×"));
    let ratio = median(&looks);
    report.at_most("the same: a look at one's own things", ratio, format!("{ratio:.2} ×"), 1.3, " ×");
    empty.stop()?;
    big.stop()
}

/// Cookies of participants of a campaign of so many, from anywhere in it.
fn known(data_dir: &Path, name: &str, count: u64) -> Result<PathBuf> {
    let path = data_dir.join(name);
    let mut file = BufWriter::new(File::create(&path)?);
    let signer = guests::Signer::of(data_dir)?;
    // A step without a common divisor: all over the ids, and nobody twice.
    let step = 2_654_435_761_u64;
    for place in 0..VOTERS.min(count) {
        writeln!(file, "{}", signer.cookie(participant(place.wrapping_mul(step) % count, count))?)?;
    }
    file.flush()?;
    Ok(path)
}

fn free_gb(directory: &Path) -> Result<u64> {
    let output = std::process::Command::new("df").args(["--output=avail", "-BG"]).arg(directory).output()?;
    let text = String::from_utf8(output.stdout)?;
    let number = text.lines().nth(1).map(|line| line.trim().trim_end_matches('G').to_owned());
    Ok(number.unwrap_or_default().parse()?)
}
