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
        "Medians of {} runs (smallest–largest), CPU ÷ {}; the last column is the ratio of the medians.\n\n",
        report["runs"], report["cpuSlowdown"]
    );
    for (net, sites) in report["results"].as_object().into_iter().flatten() {
        text += &format!("| {net} | ours | vanilla | |\n| --- | --- | --- | --- |\n");
        let (ours, vanilla) = (columns(&sites["ours"]), columns(&sites["vanilla"]));
        for (name, numbers) in &ours {
            let Some(others) = vanilla.get(name) else { continue };
            let ratio = median(numbers) / median(others);
            let ratio = if ratio.is_finite() { format!("{ratio:.2} ×") } else { "–".to_owned() };
            text += &format!("| {name} | {} | {} | {ratio} |\n", cell(numbers), cell(others));
        }
        text.push('\n');
    }
    for (name, number) in report["looking"].as_object().into_iter().flatten() {
        text += &format!("- {name}: {:.2}\n", number.as_f64().unwrap_or(f64::NAN));
    }
    text
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
