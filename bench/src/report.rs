//! The figures of a run: what was measured, what it must be, whether it is.

use std::fs;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::machine::Machine;
use crate::places;

/// One line of the table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: String,
    /// In words, with units.
    pub(crate) value: String,
    /// The number that is compared.
    pub(crate) number: f64,
    /// What the number must be; empty where nothing is demanded.
    pub(crate) must: String,
    /// Whether it is.
    pub(crate) holds: Option<bool>,
}

/// One point of the cost of growth.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Growth {
    /// Votes in the database.
    pub(crate) votes: u64,
    /// Wall time for one vote at full load, µs.
    pub(crate) us: f64,
    /// Processor time for one vote, µs.
    pub(crate) cpu_us: f64,
}

/// Everything of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    /// A short run: fewer rounds, a smaller campaign.
    pub(crate) quick: bool,
    pub(crate) seconds: f64,
    pub(crate) figures: Vec<Figure>,
    pub(crate) growth: Vec<Growth>,
}

impl Report {
    pub(crate) fn new(machine: Machine, quick: bool) -> Self {
        Self { machine, quick, seconds: 0.0, figures: Vec::new(), growth: Vec::new() }
    }

    /// Adds what nothing is demanded of.
    pub(crate) fn note(&mut self, name: &str, number: f64, value: impl Into<String>) {
        self.push(name, number, value.into(), String::new(), None);
    }

    /// Adds what must be at least so much.
    pub(crate) fn at_least(&mut self, name: &str, number: f64, value: impl Into<String>, least: f64, unit: &str) {
        self.push(name, number, value.into(), format!("≥ {least}{unit}"), Some(number >= least));
    }

    /// Adds what must be at most so much.
    pub(crate) fn at_most(&mut self, name: &str, number: f64, value: impl Into<String>, most: f64, unit: &str) {
        self.push(name, number, value.into(), format!("≤ {most}{unit}"), Some(number <= most));
    }

    fn push(&mut self, name: &str, number: f64, value: String, must: String, holds: Option<bool>) {
        let mark = holds.map_or("", |holds| if holds { "  holds" } else { "  MISSED" });
        eprintln!("    {name}: {value}{}{must}{mark}", if must.is_empty() { "" } else { "  must be " });
        self.figures.push(Figure { name: name.to_owned(), value, number, must, holds });
    }

    pub(crate) fn markdown(&self) -> String {
        let Machine { processor, cores, memory_gb, kernel, sync_ms, load_before } = &self.machine;
        let kind = if self.quick { " A quick run: fewer rounds, a smaller campaign." } else { "" };
        let mut text = format!(
            "{cores} cores of {processor}, {memory_gb} GB, Linux {kernel}; a sync of 4 KB takes {sync_ms} ms; load average before the run {load_before}. The load generator runs on the same cores.{kind}\n\n| figure | measured | must | |\n| --- | --- | --- | --- |\n"
        );
        for figure in &self.figures {
            let mark = figure.holds.map_or("", |holds| if holds { "holds" } else { "**missed**" });
            text += &format!("| {} | {} | {} | {mark} |\n", figure.name, figure.value, figure.must);
        }
        text
    }

    pub(crate) fn save(&self) -> Result<()> {
        let name = if self.quick { "server-quick.json" } else { "server.json" };
        Ok(fs::write(places::results().join(name), serde_json::to_string_pretty(self)?)?)
    }

    /// The last full run's.
    pub(crate) fn last() -> Result<Self> {
        let path = places::results().join("server.json");
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} isn't there: run `cargo xtask bench server` first", path.display()))?;
        Ok(serde_json::from_str(&text)?)
    }
}

/// The one in the middle.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
