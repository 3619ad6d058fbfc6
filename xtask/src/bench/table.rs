//! The page's figures as a table, and their way into docs/performance.md.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::looked_at;
use crate::places;
use crate::process::say;

/// The page's own place in the document.
pub(super) const PAGE: Place = Place { name: "page", file: "page.json", command: "bench page" };

/// What of a subject may be how many times its standard's at most.
const MOST: [(&str, &str, f64); 2] =
    [("50 votes on 1,000 stars", "with layout, ms", 1.15), ("old engines, 4G in chat", "interactive, ms", 2.0)];

/// A place in docs/performance.md, between two marks.
pub(super) struct Place {
    /// What the marks call it.
    pub(super) name: &'static str,
    /// Where the figures are, in `target/bench`.
    pub(super) file: &'static str,
    /// What measures them.
    pub(super) command: &'static str,
}

impl Place {
    /// Writes what `table` makes of the file's figures, if there was a run.
    pub(super) fn write(&self, table: impl FnOnce(&Path) -> Result<String>) -> Result<()> {
        let figures = places::bench().join(self.file);
        if !figures.exists() {
            say(&format!("The table \"{}\" stays as it is: `cargo xtask {}` was not run", self.name, self.command));
            return Ok(());
        }
        let begin = format!("<!-- bench {}: written by `cargo xtask bench table` -->\n", self.name);
        let end = format!("<!-- bench {}: end -->", self.name);
        let path = places::root().join("docs/performance.md");
        let text = fs::read_to_string(&path)?;
        let (before, rest) = text.split_once(&begin).context("docs/performance.md has lost its markers")?;
        let (_, after) = rest.split_once(&end).context("docs/performance.md has lost its markers")?;
        Ok(fs::write(&path, format!("{before}{begin}\n{}\n{end}{after}", table(&figures)?))?)
    }
}

/// The table of the last run.
pub(super) fn page() -> Result<String> {
    made_of(&places::bench().join(PAGE.file))
}

/// Puts it into the document, if there was a run.
pub(super) fn write() -> Result<()> {
    PAGE.write(made_of)
}

fn made_of(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("{} isn't there: run `cargo xtask bench page` first", path.display()))?;
    Ok(markdown(&serde_json::from_str(&text)?))
}

fn markdown(report: &Value) -> String {
    let mut text = format!(
        "Medians of {} runs (smallest–largest), CPU ÷ {}; ratios are those of medians, to the last column.\n\n",
        report["runs"], report["cpuSlowdown"]
    );
    for (subject, sites) in report["results"].as_object().into_iter().flatten() {
        text += &group(subject, sites);
    }
    text + &looked_at::markdown(&report["looking"])
}

/// One subject's figures: of a page beside the one written by hand, or of an engine beside today's.
fn group(subject: &str, sites: &Value) -> String {
    let Some(sites) = sites.as_object() else { return String::new() };
    let standard = ["vanilla", "today's"].into_iter().find(|name| sites.contains_key(*name)).unwrap_or_default();
    let others = sites.keys().filter(|name| *name != standard);
    let names: Vec<&str> = others.map(String::as_str).chain([standard]).collect();
    let columns: Vec<_> = names.iter().map(|name| columns(&sites[*name])).collect();
    let mut text = format!("| {subject} | {} | |\n| --- |{}\n", names.join(" | "), " --- |".repeat(names.len() + 1));
    for figure in columns[0].keys() {
        let cells =
            columns.iter().map(|column| column.get(figure).map_or_else(|| "–".to_owned(), |numbers| cell(numbers)));
        let standard = columns.last().and_then(|column| column.get(figure)).map(|numbers| median(numbers));
        let to_standard = |column: &BTreeMap<String, Vec<f64>>| Some(median(column.get(figure)?) / standard?);
        let ratios = columns[..columns.len() - 1].iter().filter_map(to_standard).filter(|ratio| ratio.is_finite());
        let ratios: Vec<f64> = ratios.collect();
        let said: Vec<_> = ratios.iter().map(|ratio| format!("{ratio:.2} ×")).collect();
        let most = MOST.iter().find(|(of, name, _)| *of == subject && *name == figure).map(|(_, _, most)| *most);
        let verdict = most.map_or_else(String::new, |most| {
            let holds = ratios.iter().all(|ratio| *ratio <= most);
            format!(" (≤ {most}: {})", if holds { "holds" } else { "**missed**" })
        });
        text += &format!("| {figure} | {} | {}{verdict} |\n", cells.collect::<Vec<_>>().join(" | "), said.join(", "));
    }
    text + "\n"
}

/// What was measured, by name, over all runs.
fn columns(runs: &Value) -> BTreeMap<String, Vec<f64>> {
    let mut columns: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for figures in runs.as_array().into_iter().flatten().filter_map(Value::as_object) {
        for (name, number) in figures {
            columns.entry(name.clone()).or_default().extend(number.as_f64());
        }
    }
    columns
}

pub(super) fn cell(numbers: &[f64]) -> String {
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let digits = usize::from(most < 100.0);
    format!("{:.digits$} ({least:.digits$}–{most:.digits$})", median(numbers))
}

pub(super) fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
