//! The same as a picture: how the cost is spread, and who wins how much.

use plotters::coord::Shift;
use plotters::prelude::*;

use super::sums::Sums;
use super::table::{class_name, grouped};

const SIZE: (u32, u32) = (960, 720);
const BARS: usize = 40;
/// The carnival's red, and what stands beside it.
const RED: RGBColor = RGBColor(200, 16, 46);
const GOLD: RGBColor = RGBColor(217, 144, 19);
const INK: RGBColor = RGBColor(58, 29, 18);
const FONT: &str = "sans-serif";

type Panel<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), String>;

/// The picture, SVG.
pub(super) fn svg(sums: &Sums) -> Result<String, String> {
    let mut text = String::new();
    {
        let picture = SVGBackend::with_string(&mut text, SIZE).into_drawing_area();
        picture.fill(&WHITE).map_err(said)?;
        let panels = picture.split_evenly((2, 1));
        costs(sums, &panels[0])?;
        winners(sums, &panels[1])?;
        picture.present().map_err(said)?;
    }
    Ok(text)
}

fn costs(sums: &Sums, panel: &Panel<'_>) -> Drawn {
    let yuan: Vec<f64> = sums.costs.iter().map(|cost| cost.0 as f64 / 100.0).collect();
    let budget = sums.budget_fen.map(|budget| budget.0 as f64 / 100.0);
    let ends = yuan.iter().chain(&budget);
    let (least, most) = ends.fold((f64::MAX, 0.0_f64), |(least, most), cost| (least.min(*cost), most.max(*cost)));
    // Runs that all cost the same still need a bar with a width.
    let margin = ((most - least) * 0.05).max(1.0);
    let (from, to) = ((least - margin).max(0.0), most + margin);
    let width = (to - from) / BARS as f64;
    let mut counts = [0u32; BARS];
    for cost in &yuan {
        counts[(((cost - from) / width) as usize).min(BARS - 1)] += 1;
    }
    let highest = counts.iter().max().copied().unwrap_or(1);
    let caption = format!("{}: cost of {} runs, yuan", sums.campaign, sums.runs);
    let mut chart = ChartBuilder::on(panel)
        .caption(caption, (FONT, 22).into_font().color(&INK))
        .margin(16)
        .x_label_area_size(36)
        .y_label_area_size(56)
        .build_cartesian_2d(from..to, 0..highest + highest / 8 + 1)
        .map_err(said)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .x_label_formatter(&|yuan| grouped(*yuan))
        .y_desc("runs")
        .label_style((FONT, 14).into_font().color(&INK))
        .draw()
        .map_err(said)?;
    let bars = counts.iter().enumerate().map(|(place, count)| {
        let left = from + place as f64 * width;
        Rectangle::new([(left, 0), (left + width * 0.92, *count)], RED.filled())
    });
    chart.draw_series(bars).map_err(said)?;
    if let Some(budget) = budget {
        let line = [(budget, 0), (budget, highest + highest / 8)];
        chart.draw_series([PathElement::new(line, GOLD.stroke_width(3))]).map_err(said)?;
        let words = Text::new("budget".to_owned(), (budget + width / 2.0, highest), (FONT, 15).into_font().color(&INK));
        chart.draw_series([words]).map_err(said)?;
    }
    Ok(())
}

fn winners(sums: &Sums, panel: &Panel<'_>) -> Drawn {
    let names: Vec<_> = (0..sums.winners_by_worth.len()).map(|class| class_name(sums, class)).collect();
    let highest = sums.winners_by_worth.iter().copied().fold(1.0, f64::max);
    let mut chart = ChartBuilder::on(panel)
        .caption("people by what they won, average of all runs", (FONT, 22).into_font().color(&INK))
        .margin(16)
        .x_label_area_size(36)
        .y_label_area_size(56)
        .build_cartesian_2d(0.0..names.len() as f64, 0.0..highest * 1.15)
        .map_err(said)?;
    let name = |place: &f64| {
        let is_middle = (place.fract() - 0.5).abs() < 1e-6;
        names.get(*place as usize).filter(|_| is_middle).cloned().unwrap_or_default()
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .x_labels(2 * names.len() + 1)
        .x_label_formatter(&name)
        .y_label_formatter(&|people| grouped(*people))
        .y_desc("people")
        .label_style((FONT, 14).into_font().color(&INK))
        .draw()
        .map_err(said)?;
    for (class, count) in sums.winners_by_worth.iter().enumerate() {
        let left = class as f64;
        let bar = Rectangle::new([(left + 0.15, 0.0), (left + 0.85, *count)], GOLD.filled());
        chart.draw_series([bar]).map_err(said)?;
        let words =
            Text::new(grouped(*count), (left + 0.2, count + highest * 0.08), (FONT, 15).into_font().color(&INK));
        chart.draw_series([words]).map_err(said)?;
    }
    Ok(())
}

fn said(error: impl std::fmt::Display) -> String {
    format!("The plot can't be drawn: {error}.")
}
