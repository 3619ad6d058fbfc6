//! What a page costs that is looked at, each figure with what is demanded of it.

use serde_json::Value;

/// Each with the most or the least that it may be.
const DEMANDS: [(&str, Demand); 5] = [
    ("countdown, share of the main thread, %", Demand::AtMost(1.0)),
    ("board at rest, share of the main thread, %", Demand::AtMost(1.0)),
    ("countdown, requests for memory at a tick", Demand::AtMost(0.0)),
    ("frames a second while the board moves", Demand::AtLeast(59.0)),
    ("memory after an hour of frames, ×", Demand::AtMost(1.02)),
];

enum Demand {
    AtMost(f64),
    AtLeast(f64),
}

impl Demand {
    fn words(&self) -> String {
        match self {
            Self::AtMost(most) => format!("≤ {most}"),
            Self::AtLeast(least) => format!("≥ {least}"),
        }
    }

    fn holds(&self, number: f64) -> bool {
        match self {
            Self::AtMost(most) => number <= *most,
            Self::AtLeast(least) => number >= *least,
        }
    }
}

/// The table.
pub(super) fn markdown(figures: &Value) -> String {
    let mut text = "| while it is looked at | ours | must | |\n| --- | --- | --- | --- |\n".to_owned();
    for (name, number) in figures.as_object().into_iter().flatten() {
        let number = number.as_f64().unwrap_or(f64::NAN);
        let demand = DEMANDS.iter().find(|(of, _)| of == name).map(|(_, demand)| demand);
        let verdict = demand.map_or("", |demand| if demand.holds(number) { "holds" } else { "**missed**" });
        text += &format!("| {name} | {number:.2} | {} | {verdict} |\n", demand.map_or_else(String::new, Demand::words));
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_figure_has_its_demand_and_says_whether_it_holds() {
        let table = markdown(&json!({
            "countdown, requests for memory at a tick": 0,
            "countdown, share of the main thread, %": 1.24,
            "frames a second while the board moves": 58,
            "something new": 3,
        }));
        let lines: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(
            lines,
            [
                "| countdown, requests for memory at a tick | 0.00 | ≤ 0 | holds |",
                "| countdown, share of the main thread, % | 1.24 | ≤ 1 | **missed** |",
                "| frames a second while the board moves | 58.00 | ≥ 59 | **missed** |",
                "| something new | 3.00 |  |  |",
            ]
        );
    }
}
