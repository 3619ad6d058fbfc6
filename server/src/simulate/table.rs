//! What the terminal shows, and what machines read.

use carnival_domain::money::Fen;
use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::{Cell, CellAlignment, Table};

use super::sums::{Line, Spread, Sums};
use crate::cli::SimulateArgs;

/// Everything, as one JSON object.
pub(super) fn json(sums: &Sums) -> String {
    // Texts, numbers and lists of them: JSON has words for all of it.
    serde_json::to_string_pretty(sums).unwrap_or_default()
}

/// Everything, to be read.
pub(super) fn text(sums: &Sums, args: &SimulateArgs) -> String {
    let Sums { campaign, runs, seed, rounds, .. } = sums;
    let head = format!(
        "{campaign}: {runs} runs of {rounds} rounds (seed {seed}), for {} people ± {:.0} % who join {} rounds each, want an \
         offer in {} cases of 100 and use {} coupons of 100.",
        grouped(f64::from(args.people)),
        args.spread * 100.0,
        args.rounds_each,
        args.interest,
        args.redeemed
    );
    let mut parts = vec![head, figures(sums).to_string(), lines("prize", &sums.prizes), lines("coupon", &sums.offers)];
    parts.push(winners(sums));
    parts.push(verdict(sums));
    parts.join("\n\n")
}

fn table<const N: usize>(head: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_preset(ASCII_MARKDOWN).set_header(head);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn figures(sums: &Sums) -> Table {
    let mut table = table(["", "least", "5 %", "median", "95 %", "most", "average"]);
    let mut row = |name: &str, spread: Spread, said: fn(f64) -> String| {
        let Spread { min, p5, median, p95, max, mean } = spread;
        let figures = [min, p5, median, p95, max, mean].map(|figure| Cell::new(said(figure)));
        table.add_row([Cell::new(name)].into_iter().chain(figures));
    };
    row("cost, yuan", sums.cost_fen, yuan);
    row("  prizes", sums.prizes_fen, yuan);
    row("  coupons used", sums.coupons_fen, yuan);
    row("rounds drawn", sums.drawn, grouped);
    row("rounds rolled over", sums.rolled_over, grouped);
    row("prizes nobody won", sums.prizes_left, grouped);
    row("people", sums.people, grouped);
    row("entries", sums.entries, grouped);
    row("winners", sums.winners, grouped);
    row("the luckiest, yuan", sums.most_fen, yuan);
    table
}

fn lines(kind: &str, lines: &[Line]) -> String {
    let mut table = table([kind, "each, yuan", "at most", "median", "95 %", "average", "average, yuan"]);
    for line in lines {
        table.add_row([
            Cell::new(&line.id),
            Cell::new(line.each_fen),
            Cell::new(grouped(line.at_most as f64)),
            Cell::new(grouped(line.count.median)),
            Cell::new(grouped(line.count.p95)),
            Cell::new(grouped(line.count.mean)),
            Cell::new(yuan(line.cost_fen.mean)),
        ]);
    }
    table.to_string()
}

fn winners(sums: &Sums) -> String {
    let mut table = table(["who wins", "people", "of 100"]);
    let people = sums.people.mean.max(1.0);
    let mut row = |name: &str, count: f64| {
        table.add_row([
            Cell::new(name),
            Cell::new(grouped(count)),
            Cell::new(format!("{:.2}", 100.0 * count / people)),
        ]);
    };
    row("nothing", people - sums.winners.mean);
    for (class, count) in sums.winners_by_worth.iter().enumerate() {
        row(&class_name(sums, class), *count);
    }
    let share = format!("The luckiest hundredth of the winners has {:.0} % of what was won.", sums.top_share * 100.0);
    format!("{table}\n{share}")
}

/// What a class of winners won, in words.
pub(super) fn class_name(sums: &Sums, class: usize) -> String {
    let yuan = |place: usize| sums.worth_fen.get(place).map(|fen| Fen(*fen).to_string());
    match (class.checked_sub(1).and_then(yuan), yuan(class)) {
        (None, Some(to)) => format!("under ¥{to}"),
        (Some(from), Some(to)) => format!("¥{from} to {to}"),
        (Some(from), None) => format!("¥{from} and more"),
        (None, None) => "anything".to_owned(),
    }
}

fn verdict(sums: &Sums) -> String {
    let ceiling = format!(
        "It can't cost more than ¥{}: every prize won, every coupon claimed and used.",
        yuan(sums.ceiling_fen.0 as f64)
    );
    match (sums.budget_fen, sums.over_budget_percent) {
        (Some(budget), Some(percent)) => {
            format!("{ceiling}\nThe budget of ¥{budget} was not enough in {percent:.1} runs of 100.")
        }
        _ => ceiling,
    }
}

fn yuan(fen: f64) -> String {
    grouped(fen / 100.0)
}

/// A whole number with its thousands apart.
pub fn grouped(number: f64) -> String {
    // As `{:.0}` rounds.
    let text = carnival_domain::number::grouped(number.abs().round_ties_even() as u64);
    if number < 0.0 { format!("-{text}") } else { text }
}
