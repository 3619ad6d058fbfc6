//! The page's figures beside those of a kit's pages, and what was asked of them.

use std::fs;

use anyhow::Result;
use serde_json::Value;

use super::table::{Place, cell, median};
use crate::places;

const PLACE: Place = Place { name: "kit", file: "kit.json", command: "bench page --with PATH" };

/// A line of the table: on which network, what, and at most so many times what whose page.
struct Demand {
    network: &'static str,
    figure: (&'static str, &'static str),
    most: f64,
    of: &'static str,
}

const SLOW: &str = "slow-4g";
const CHAT: &str = "wechat-4g";
const PAINT: (&str, &str) = ("fcp", "first paint");
const INTERACTIVE: (&str, &str) = ("interactive", "interactive");
const BLOCKING: (&str, &str) = ("tbt", "blocking");
const SECOND: (&str, &str) = ("warmInteractive", "second load, interactive");
/// JD's own library of components; as its kit calls it.
const NUTUI: &str = "vue-nutui";

const DEMANDS: [Demand; 8] = [
    Demand { network: SLOW, figure: PAINT, most: 1.15, of: "vanilla" },
    Demand { network: SLOW, figure: INTERACTIVE, most: 1.0, of: NUTUI },
    Demand { network: SLOW, figure: BLOCKING, most: 1.0, of: NUTUI },
    Demand { network: SLOW, figure: SECOND, most: 1.0, of: "preact" },
    Demand { network: CHAT, figure: PAINT, most: 1.15, of: "vanilla" },
    Demand { network: CHAT, figure: INTERACTIVE, most: 1.0, of: "preact" },
    Demand { network: CHAT, figure: BLOCKING, most: 1.0, of: NUTUI },
    Demand { network: CHAT, figure: SECOND, most: 1.0, of: "preact" },
];

/// Puts the last run's table into the document, if there was a run.
pub(super) fn write() -> Result<()> {
    PLACE.write(|path| Ok(markdown(&serde_json::from_str(&fs::read_to_string(path)?)?)))
}

/// Where the kit writes what it measured.
pub(super) fn report() -> std::path::PathBuf {
    places::bench().join(PLACE.file)
}

fn markdown(report: &Value) -> String {
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
    for Demand { network, figure: (key, figure), most, of } in &DEMANDS {
        let numbers = |name: &str| -> Vec<f64> {
            let runs = report["results"][network][name].as_array();
            runs.into_iter().flatten().filter_map(|run| run[key].as_f64()).collect()
        };
        let cells: Vec<_> = names.iter().map(|name| cell(&numbers(name))).collect();
        let (ours, theirs) = (median(&numbers("ours")), median(&numbers(of)));
        let said = if theirs > 0.0 { format!(": {:.2}", ours / theirs) } else { String::new() };
        let verdict = if ours <= most * theirs { format!("holds{said}") } else { format!("**missed{said}**") };
        let most = if *most > 1.0 { format!("{most} × ") } else { String::new() };
        let network = if *network == SLOW { "slow 4G" } else { "4G in chat" };
        text += &format!("| {network}: {figure} | {} | ≤ {most}{of} | {verdict} |\n", cells.join(" | "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_demand_is_held_against_the_median_of_the_same_run() {
        let run =
            |fcp: f64| serde_json::json!([{ "fcp": fcp, "interactive": 10.0, "tbt": 0.0, "warmInteractive": 5.0 }]);
        let pages =
            |ours| serde_json::json!({ "vanilla": run(100.0), "ours": run(ours), "preact": run(1.0), NUTUI: run(1.0) });
        let results = serde_json::json!({ SLOW: pages(114.0), CHAT: pages(116.0) });
        let text = markdown(&serde_json::json!({ "about": { "runs": 1, "cpuSlowdown": 4 }, "results": results }));
        assert!(text.contains("| | ours | preact | vanilla | vue-nutui | demand | |"), "{text}");
        assert!(text.contains("| slow 4G: first paint | 114 (114–114) |"), "{text}");
        assert!(text.contains("≤ 1.15 × vanilla | holds: 1.14 |"), "{text}");
        assert!(text.contains("≤ 1.15 × vanilla | **missed: 1.16** |"), "{text}");
        assert!(text.contains("≤ vue-nutui | holds |"), "{text}");
    }
}
