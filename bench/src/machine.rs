//! What machine the figures are of. A figure without it says nothing.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde::{Deserialize, Serialize};

/// A machine, and how busy it was with other things.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory_gb: f64,
    pub(crate) kernel: String,
    /// The median of 200 syncs of 4 KB at the end of a file: what a commit costs at the least.
    pub(crate) sync_ms: f64,
    /// Before the run, over one minute.
    pub(crate) load_before: f64,
}

pub(crate) fn look(directory: &Path) -> Result<Machine> {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kb =
        memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    Ok(Machine {
        processor: named.map_or("unknown", |(_, name)| name).to_owned(),
        cores: std::thread::available_parallelism()?.get(),
        memory_gb: (kb.unwrap_or(0.0) / 104_857.6).round() / 10.0,
        kernel: fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().to_owned(),
        sync_ms: sync_ms(directory)?,
        load_before: load(),
    })
}

/// The load average over one minute.
pub(crate) fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0.0)
}

fn sync_ms(directory: &Path) -> Result<f64> {
    let path = directory.join("sync-probe");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..200 {
        file.write_all(&[7; 4096])?;
        let begun = Instant::now();
        file.sync_data()?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    fs::remove_file(&path)?;
    times.sort_by(f64::total_cmp);
    Ok((times[times.len() / 2] * 1000.0).round() / 1000.0)
}
