//! The plots.

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use crate::places;
use crate::report::Report;

/// Draws the cost of growth into target/bench/growth.svg.
pub(crate) fn draw(report: &Report) -> Result<()> {
    growth(report).map_err(|error| anyhow!("the plot can't be drawn: {error}"))
}

fn growth(report: &Report) -> Result<(), Box<dyn std::error::Error>> {
    let points = &report.growth;
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Ok(());
    };
    let top = points.iter().map(|point| point.us.max(point.cpu_us)).fold(0.0, f64::max) * 1.25;
    let path = places::results().join(if report.quick { "growth-quick.svg" } else { "growth.svg" });
    let area = SVGBackend::new(&path, (720, 400)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Time for a vote, as votes pile up", ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(56)
        .build_cartesian_2d((first.votes as f64..last.votes as f64).log_scale(), 0.0..top)?;
    chart.configure_mesh().x_desc("votes in the database").y_desc("µs").draw()?;
    for (name, color, of) in [
        ("wall, at full load", &RED, (|point| point.us) as fn(&crate::report::Growth) -> f64),
        ("processor", &BLUE, |point| point.cpu_us),
    ] {
        chart
            .draw_series(
                LineSeries::new(points.iter().map(|point| (point.votes as f64, of(point))), color).point_size(3),
            )?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color));
    }
    chart.configure_series_labels().background_style(WHITE).border_style(BLACK).draw()?;
    area.present()?;
    Ok(())
}
