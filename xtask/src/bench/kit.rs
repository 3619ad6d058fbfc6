//! The page's figures beside those of a kit's pages, and what was asked of them.

use std::fs;

use anyhow::Result;
use serde_json::Value;

use super::table::{self, Place, cell, median};
use crate::places;

const PLACE: Place = Place { name: "kit", file: "kit.json", command: "bench page --with PATH" };

/// A line of the table: on which network, what, and at most so many times what whose page, and so much more.
struct Demand {
    network: &'static str,
    figure: &'static Figure,
    most: f64,
    of: &'static str,
    plus: f64,
}

/// A sum of what the kit calls these, in a unit.
struct Figure {
    keys: &'static [&'static str],
    name: &'static str,
    unit: f64,
    /// What our own bench calls it, for what a page can't be asked by the kit.
    own: Option<&'static str>,
}

const SLOW: &str = "slow-4g";
const CHAT: &str = "wechat-4g";
const PAINT: Figure = Figure { keys: &["fcp"], name: "first paint", unit: 1.0, own: None };
const INTERACTIVE: Figure = Figure { keys: &["interactive"], name: "interactive", unit: 1.0, own: None };
const BLOCKING: Figure = Figure { keys: &["tbt"], name: "blocking", unit: 1.0, own: None };
const SECOND: Figure = Figure { keys: &["warmInteractive"], name: "second load, interactive", unit: 1.0, own: None };
const MEMORY: Figure =
    Figure { keys: &["jsHeap", "wasmMemory"], name: "JS heap and module memory, MB", unit: 1_048_576.0, own: None };
const UPDATES: Figure =
    Figure { keys: &["script1000"], name: "50 votes on 1,000 stars, script", unit: 1.0, own: Some("script, ms") };
const LAID_OUT: Figure =
    Figure { keys: &["tick1000"], name: "the same with layout", unit: 1.0, own: Some("with layout, ms") };
/// JD's own library of components; as its kit calls it.
const NUTUI: &str = "vue-nutui";

const DEMANDS: [Demand; 11] = [
    Demand { network: SLOW, figure: &PAINT, most: 1.15, of: "vanilla", plus: 0.0 },
    Demand { network: SLOW, figure: &INTERACTIVE, most: 1.0, of: NUTUI, plus: 0.0 },
    Demand { network: SLOW, figure: &BLOCKING, most: 1.0, of: NUTUI, plus: 0.0 },
    Demand { network: SLOW, figure: &SECOND, most: 1.0, of: "preact", plus: 0.0 },
    Demand { network: CHAT, figure: &PAINT, most: 1.15, of: "vanilla", plus: 0.0 },
    Demand { network: CHAT, figure: &INTERACTIVE, most: 1.0, of: "preact", plus: 0.0 },
    Demand { network: CHAT, figure: &BLOCKING, most: 1.0, of: NUTUI, plus: 0.0 },
    Demand { network: CHAT, figure: &SECOND, most: 1.0, of: "preact", plus: 0.0 },
    Demand { network: CHAT, figure: &MEMORY, most: 1.0, of: "vue-vant", plus: 1.0 },
    Demand { network: SLOW, figure: &UPDATES, most: 1.0, of: "solid", plus: 0.0 },
    Demand { network: SLOW, figure: &LAID_OUT, most: 1.15, of: "vanilla", plus: 0.0 },
];

/// Puts the last run's table into the document, if there was a run.
pub(super) fn write() -> Result<()> {
    // Its own bench is a part of the same command.
    let page = fs::read_to_string(places::bench().join(table::PAGE.file)).unwrap_or_else(|_| "null".to_owned());
    let page = serde_json::from_str(&page)?;
    PLACE.write(|path| Ok(markdown(&serde_json::from_str(&fs::read_to_string(path)?)?, &page)))
}

/// Where the kit writes what it measured.
pub(super) fn report() -> std::path::PathBuf {
    places::bench().join(PLACE.file)
}

fn markdown(report: &Value, page: &Value) -> String {
    let known = report["results"][SLOW].as_object();
    let others = known.into_iter().flatten().map(|(name, _)| name.as_str()).filter(|name| *name != "ours");
    let names: Vec<&str> = ["ours"].into_iter().chain(others).collect();
    let mut text = format!(
        "Medians of {} runs in turns (smallest–largest), ms, CPU ÷ {}.\n\n| | {} | demand | |\n| --- |{}\n",
        report["about"]["runs"],
        report["about"]["cpuSlowdown"],
        names.join(" | "),
        " --- |".repeat(names.len() + 2)
    );
    for Demand { network, figure, most, of, plus } in &DEMANDS {
        let numbers = |name: &str| match figure.own {
            Some(own) if name == "ours" => sums(&page["results"]["50 votes on 1,000 stars"][name], &[own], 1.0),
            _ => sums(&report["results"][network][name], figure.keys, figure.unit),
        };
        let cells = names.iter().map(|name| numbers(name)).map(|numbers| match numbers.as_slice() {
            [] => "–".to_owned(),
            numbers => cell(numbers),
        });
        let cells: Vec<_> = cells.collect();
        let (ours, theirs) = (median(&numbers("ours")), median(&numbers(of)) + plus);
        let said = if theirs > 0.0 { format!(": {:.2}", ours / theirs) } else { String::new() };
        let verdict = match (ours.is_nan() || theirs.is_nan(), ours <= most * theirs) {
            (true, _) => "not measured".to_owned(),
            (false, true) => format!("holds{said}"),
            (false, false) => format!("**missed{said}**"),
        };
        let most = if *most > 1.0 { format!("{most} × ") } else { String::new() };
        let plus = if *plus > 0.0 { format!(" + {plus}") } else { String::new() };
        let network = if *network == SLOW { "slow 4G" } else { "4G in chat" };
        let name = figure.name;
        text += &format!("| {network}: {name} | {} | ≤ {most}{of}{plus} | {verdict} |\n", cells.join(" | "));
    }
    text
}

/// Of each run the sum of some figures, in a unit; runs that have none of them are left out.
fn sums(runs: &Value, keys: &[&str], unit: f64) -> Vec<f64> {
    let sum = |run: &Value| {
        let all: Vec<f64> = keys.iter().filter_map(|key| run[*key].as_f64()).collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / unit)
    };
    runs.as_array().into_iter().flatten().filter_map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_demand_is_held_against_the_median_of_the_same_run() {
        let run = |fcp: f64| {
            serde_json::json!([{ "fcp": fcp, "interactive": 10.0, "tbt": 0.0, "warmInteractive": 5.0,
                "jsHeap": 1 << 20, "wasmMemory": 3 << 19, "script1000": 20.0 }])
        };
        let pages = |ours| {
            serde_json::json!({ "vanilla": run(100.0), "ours": run(ours), "preact": run(1.0), NUTUI: run(1.0),
                "vue-vant": run(1.0) })
        };
        let page = serde_json::json!({ "results": { "50 votes on 1,000 stars": { "ours": [{ "script, ms": 9.0 }] } } });
        let results = serde_json::json!({ SLOW: pages(114.0), CHAT: pages(116.0) });
        let text =
            markdown(&serde_json::json!({ "about": { "runs": 1, "cpuSlowdown": 4 }, "results": results }), &page);
        assert!(text.contains("| | ours | preact | vanilla | vue-nutui | vue-vant | demand | |"), "{text}");
        assert!(text.contains("| slow 4G: first paint | 114 (114–114) |"), "{text}");
        assert!(text.contains("≤ 1.15 × vanilla | holds: 1.14 |"), "{text}");
        assert!(text.contains("≤ 1.15 × vanilla | **missed: 1.16** |"), "{text}");
        assert!(text.contains("≤ vue-nutui | holds |"), "{text}");
        assert!(text.contains("| 2.5 (2.5–2.5) | ≤ vue-vant + 1 | holds: 0.71 |"), "{text}");
        assert!(text.contains("script | 9.0 (9.0–9.0) | 20.0 (20.0–20.0) |"), "{text}");
        assert!(text.contains("≤ solid | not measured |"), "{text}");
    }
}
