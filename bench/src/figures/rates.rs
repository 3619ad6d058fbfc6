//! How many writes a second, and how long each waits.
//!
//! Everything takes its turn within a round, and what is compared is the ratio within the round: the machine's mood of the
//! moment meets all of them.

use std::fs;
use std::path::Path;

use anyhow::Result;
use carnival_server::simulate::grouped;

use super::{Scale, directory};
use crate::postgres::Rival;
use crate::report::{Report, median};
use crate::stage::Stage;
use crate::wrk::{CROWD, Load, Mode, Outcome};
use crate::{guests, places};

/// A run of the load generator, and the server's processor time for each request, µs.
pub(crate) struct Turn {
    pub(crate) outcome: Outcome,
    pub(crate) cpu_us: f64,
}

pub(crate) fn turn(stage: &Stage, mode: Mode, seconds: u32, cookies: &Path, first: u64) -> Result<Turn> {
    turn_of(stage, Load { port: stage.port, mode, seconds, connections: CROWD, cookies, first })
}

pub(crate) fn turn_of(stage: &Stage, load: Load) -> Result<Turn> {
    let before = stage.cpu()?;
    let outcome = load.run()?;
    let cpu_us = (stage.cpu()? - before).as_secs_f64() * 1e6 / outcome.requests as f64;
    Ok(Turn { outcome, cpu_us })
}

/// Votes before the first round, so that enough participants have none left; their writes are limited to five a second each.
const WARM_UP_S: u32 = 2;

#[derive(Default)]
struct Rounds {
    noop: Vec<f64>,
    noop_cpu: Vec<f64>,
    accept: Vec<f64>,
    accept_cpu: Vec<f64>,
    accept_ratio: Vec<f64>,
    back: Vec<f64>,
    back_cpu: Vec<f64>,
    back_ratio: Vec<f64>,
    repeat: Vec<f64>,
    repeat_ratio: Vec<f64>,
    repeat_cpu: Vec<f64>,
    refuse: Vec<f64>,
    refuse_cpu: Vec<f64>,
    refuse_ratio: Vec<f64>,
    rival: Vec<f64>,
    rival_ratio: Vec<f64>,
}

pub(crate) fn measure(scale: Scale, report: &mut Report) -> Result<()> {
    let data_dir = directory("rates")?;
    let stage = Stage::start(&data_dir, &places::campaign(), &places::site())?;
    let cookies = guests::mint(&data_dir, scale.guests)?;
    let back = guests::mint_back(&data_dir, scale.guests)?;
    let mut back_next = 0;
    let rival = Rival::start(&directory("postgres")?)?;
    let mut next = turn(&stage, Mode::Accept, WARM_UP_S, &cookies, 0)?.outcome.next;
    let mut rival_next = turn(&rival.stage, Mode::Accept, 1, &cookies, 0)?.outcome.next;
    let mut all = Rounds::default();
    for _ in 0..scale.rounds {
        let noop = turn(&stage, Mode::Noop, scale.seconds, &cookies, 0)?;
        all.noop_cpu.push(noop.cpu_us);
        let noop = noop.outcome.per_second();
        let accept = turn(&stage, Mode::Accept, scale.seconds, &cookies, next)?;
        next = accept.outcome.next;
        let returned = turn(&stage, Mode::Accept, scale.seconds, &back, back_next)?;
        back_next = returned.outcome.next;
        let repeat = turn(&stage, Mode::Repeat, scale.seconds, &cookies, next)?;
        all.repeat_cpu.push(repeat.cpu_us);
        let repeat = repeat.outcome.per_second();
        let refuse = turn(&stage, Mode::Refuse, scale.seconds, &cookies, next)?;
        all.refuse_cpu.push(refuse.cpu_us);
        let refuse = refuse.outcome.per_second();
        let usual = turn(&rival.stage, Mode::Accept, scale.seconds, &cookies, rival_next)?.outcome;
        rival_next = usual.next;
        let accepted = accept.outcome.per_second();
        all.noop.push(noop);
        all.accept.push(accepted);
        all.accept_cpu.push(accept.cpu_us);
        all.accept_ratio.push(accepted / noop);
        all.back.push(returned.outcome.per_second());
        all.back_cpu.push(returned.cpu_us);
        all.back_ratio.push(returned.outcome.per_second() / noop);
        all.repeat.push(repeat);
        all.repeat_ratio.push(repeat / noop);
        all.refuse.push(refuse);
        all.refuse_ratio.push(refuse / noop);
        all.rival.push(usual.per_second());
        all.rival_ratio.push(accepted / usual.per_second());
    }
    rival.stop()?;
    tell(&all, report);
    let half = median(&all.accept) / 2.0;
    let calm = turn(&stage, Mode::AcceptAt(half), scale.seconds * 2, &cookies, next)?;
    next = calm.outcome.next;
    let (p50, p99) = (calm.outcome.p50_ms(), calm.outcome.p99_ms());
    let rate = grouped(calm.outcome.per_second());
    report.at_most("latency at half of that, p50", p50, format!("{p50:.1} ms at {rate}/s"), 10.0, " ms");
    report.at_most("latency at half of that, p99", p99, format!("{p99:.1} ms at {rate}/s"), 50.0, " ms");
    let database = stage.database();
    stage.stop()?;
    let bytes = fs::metadata(database)?.len() as f64 / (next + back_next) as f64;
    report.note("disk for a vote", bytes, format!("{bytes:.0} bytes"));
    Ok(())
}

fn tell(all: &Rounds, report: &mut Report) {
    let rate = |numbers: &[f64]| grouped(median(numbers));
    let value = format!("{}, {:.0} µs of processor time each", rate(&all.noop), median(&all.noop_cpu));
    report.note("no-op writes/s", median(&all.noop), value);
    let value = |rate: String, ratio: f64, of: &str| format!("{rate}, {ratio:.2} × {of}");
    let ratio = median(&all.accept_ratio);
    report.at_least("durable accepted votes/s", ratio, value(rate(&all.accept), ratio, "no-op"), 0.5, " × no-op");
    let cpu = median(&all.accept_cpu);
    report.note("processor time for an accepted vote", cpu, format!("{cpu:.0} µs"));
    let ratio = median(&all.back_ratio);
    let told = format!("{}, {:.0} µs", value(rate(&all.back), ratio, "no-op"), median(&all.back_cpu));
    report.note("the same by participants of earlier days, in no order", ratio, told);
    let cpu = median(&all.refuse_cpu);
    report.note("processor time for a refused vote", cpu, format!("{cpu:.0} µs"));
    let cpu = median(&all.repeat_cpu);
    report.note("processor time for a repeated vote", cpu, format!("{cpu:.0} µs"));
    let ratio = median(&all.rival_ratio);
    let usual = format!("{ratio:.1} × PostgreSQL's {}", rate(&all.rival));
    report.at_least("the same, beside one transaction a request on PostgreSQL 15", ratio, usual, 5.0, " ×");
    let ratio = median(&all.refuse_ratio);
    report.at_least("refused votes/s", ratio, value(rate(&all.refuse), ratio, "no-op"), 0.8, " × no-op");
    let ratio = median(&all.repeat_ratio);
    report.at_least("repeated votes/s", ratio, value(rate(&all.repeat), ratio, "no-op"), 0.8, " × no-op");
}
