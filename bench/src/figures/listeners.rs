//! Twenty thousand listeners on one process: what each costs in memory, how late frames reach them, and what is left for
//! votes meanwhile.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use carnival_server::simulate::grouped;

use super::listener::{Seen, listen};
use super::rates::{Turn, turn_of};
use super::{Scale, directory};
use crate::report::Report;
use crate::stage::Stage;
use crate::wrk::{FEW, Load, Mode};
use crate::{guests, places};

const LISTENERS: u64 = 20_000;
/// Files that a process has open besides: the database, the load generator's connections, the log.
const OTHER_FILES: u64 = FEW as u64 + 144;
/// A vote now and then, so that there is a frame to send every second.
const TRICKLE: f64 = 50.0;

pub(crate) fn measure(scale: Scale, report: &mut Report) -> Result<()> {
    let data_dir = directory("listeners")?;
    let stage = Stage::start(&data_dir, &places::campaign(), &places::site())?;
    let cookies = guests::mint(&data_dir, scale.guests)?;
    let votes = |mode, seconds, first| -> Result<Turn> {
        turn_of(&stage, Load { port: stage.port, mode, seconds, connections: FEW, cookies: &cookies, first })
    };
    let count = LISTENERS.min(stage.file_limit()?.saturating_sub(OTHER_FILES));
    let alone = votes(Mode::Accept, scale.seconds, 0)?.outcome;
    let before = stage.memory()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let seen = Seen::new();
    runtime.block_on(connect(&stage, count, &seen))?;
    // The trickle makes frames; what they need of memory is counted as well.
    let trickle = votes(Mode::AcceptAt(TRICKLE), 3, alone.next)?.outcome;
    let each = stage.memory()?.saturating_sub(before) as f64 / count as f64 / 1024.0;
    seen.count(true);
    let calm = votes(Mode::AcceptAt(TRICKLE), scale.seconds * 2, trickle.next)?;
    seen.count(false);
    let (frames, p99, last) = seen.lateness();
    let rate = frames as f64 / count as f64 / f64::from(scale.seconds * 2);
    let among = votes(Mode::Accept, scale.seconds, calm.outcome.next)?.outcome;
    let name = format!("{} live listeners: memory of each", grouped(count as f64));
    report.at_most(&name, each, format!("{each:.1} KB"), 8.0, " KB");
    let value = format!("{last} ms the latest, {p99} ms p99, of {} frames, {rate:.2}/s each", grouped(frames as f64));
    report.at_most("frames' lateness", last as f64, value, 1000.0, " ms");
    let ratio = among.per_second() / alone.per_second();
    let value = format!("{}, {ratio:.2} × without listeners", grouped(among.per_second()));
    report.at_least("votes/s meanwhile", ratio, value, 0.5, " ×");
    let lost = seen.lost.load(Ordering::Relaxed);
    if lost > 0 {
        bail!("{lost} of {count} listeners lost their connection");
    }
    runtime.shutdown_background();
    stage.stop()
}

async fn connect(stage: &Stage, count: u64, seen: &Arc<Seen>) -> Result<()> {
    let begun = Instant::now();
    for number in 0..count {
        tokio::spawn(listen(stage.port, seen.clone()));
        // As many at once as a listener's backlog holds.
        if number % 256 == 0 {
            while seen.connected.load(Ordering::Relaxed) + 512 < number {
                tokio::time::sleep(Duration::from_millis(2)).await;
                if begun.elapsed() > Duration::from_secs(120) {
                    bail!(
                        "{} of {count} listeners were connected after two minutes",
                        seen.connected.load(Ordering::Relaxed)
                    );
                }
            }
        }
    }
    while seen.connected.load(Ordering::Relaxed) < count {
        if begun.elapsed() > Duration::from_secs(120) || seen.lost.load(Ordering::Relaxed) > 0 {
            bail!("{} of {count} listeners were connected", seen.connected.load(Ordering::Relaxed));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    sleep(Duration::from_secs(2));
    Ok(())
}
