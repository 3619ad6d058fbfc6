//! The page's figures as a table, and their way into docs/performance.md.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::places;
use crate::process::say;

const BEGIN: &str = "<!-- bench page: written by `cargo xtask bench table` -->\n";
const END: &str = "<!-- bench page: end -->";

/// The table of the last run.
pub(super) fn page() -> Result<String> {
    let path = places::bench().join("page.json");
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{} isn't there: run `cargo xtask bench page` first", path.display()))?;
    let report: Value = serde_json::from_str(&text)?;
    Ok(markdown(&report))
}

/// Puts it into the document, if there was a run.
pub(super) fn write() -> Result<()> {
    if !places::bench().join("page.json").exists() {
        say("The page's table stays as it is: `cargo xtask bench page` was not run");
        return Ok(());
    }
    let path = places::root().join("docs/performance.md");
    let text = fs::read_to_string(&path)?;
    let (before, rest) = text.split_once(BEGIN).context("docs/performance.md has lost its markers")?;
    let (_, after) = rest.split_once(END).context("docs/performance.md has lost its markers")?;
    Ok(fs::write(&path, format!("{before}{BEGIN}\n{}\n{END}{after}", page()?))?)
}

fn markdown(report: &Value) -> String {
    let mut text = format!(
        "Medians of {} runs (smallest–largest), CPU ÷ {}; ratios are those of medians, to the last column.\n\n",
        report["runs"], report["cpuSlowdown"]
    );
    for (subject, sites) in report["results"].as_object().into_iter().flatten() {
        text += &group(subject, sites);
    }
    for (name, number) in report["looking"].as_object().into_iter().flatten() {
        text += &format!("- {name}: {:.2}\n", number.as_f64().unwrap_or(f64::NAN));
    }
    text
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
        let ratios: Vec<_> = ratios.map(|ratio| format!("{ratio:.2} ×")).collect();
        text += &format!("| {figure} | {} | {} |\n", cells.collect::<Vec<_>>().join(" | "), ratios.join(", "));
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

fn cell(numbers: &[f64]) -> String {
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let digits = usize::from(most < 100.0);
    format!("{:.digits$} ({least:.digits$}–{most:.digits$})", median(numbers))
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
