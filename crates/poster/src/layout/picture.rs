//! The picture in its frame of bulbs: wide for the campaign's cover, round for a star, square for an item.

use super::{GOLD, GOLD_EDGE, GOLD_LIGHT, NIGHT, RED_DARK, WIDTH, around};
use crate::poster::{Poster, Subject};
use crate::step::{Anchor, Area, Line, Step};

/// How thick a frame is.
const FRAME: f64 = 13.0;
/// The widest picture: between two strips of cloth.
const WIDEST: f64 = WIDTH - 2.0 * (FRAME + 16.0);
/// Covers are drawn for cards of this form.
const COVER: f64 = 5.0 / 4.0;
/// A portrait larger than this looks at one too closely.
const PORTRAIT_MAX: f64 = 118.0;
/// Between two bulbs of a straight frame.
const BULBS: f64 = 15.0;

/// Puts the picture in the middle of the stage, as large as it may be.
pub(super) fn framed(steps: &mut Vec<Step>, poster: &Poster, stage: Area) {
    let room = (stage.height - 2.0 * FRAME).max(0.0);
    let (x, y) = stage.middle();
    if let Subject::Star { .. } = poster.subject {
        let radius = (room / 2.0).min(PORTRAIT_MAX);
        ring(steps, (x, y), radius);
        shown(steps, poster, Area::around((x, y), radius), radius);
        return;
    }
    let form = if poster.subject == Subject::Item { 1.0 } else { COVER };
    let width = (room * form).min(WIDEST);
    let (width, height) = (width, width / form);
    let area = Area { x: x - width / 2.0, y: y - height / 2.0, width, height };
    board(steps, area);
    shown(steps, poster, area, 8.0);
}

/// The picture over its stand-in: the first character of what it would show.
fn shown(steps: &mut Vec<Step>, poster: &Poster, area: Area, radius: f64) {
    steps.push(Step::block(area, radius, RED_DARK));
    let (x, y) = area.middle();
    let size = (area.height * 0.5) as u32;
    let text: String = poster.headline().chars().take(1).collect();
    let y = y + f64::from(size) * 0.37;
    let (weight, anchor, width) = (900, Anchor::Middle, area.width);
    steps.push(Step::Write(Line { text, x, y, size, weight, anchor, ink: GOLD.into(), width }));
    steps.push(Step::Picture { address: poster.picture.clone(), area, radius });
}

fn ring(steps: &mut Vec<Step>, middle: (f64, f64), radius: f64) {
    steps.push(Step::dot((middle.0, middle.1 + 4.0), radius + FRAME, "rgba(42, 4, 8, .4)"));
    steps.push(Step::dot(middle, radius + FRAME, GOLD_EDGE));
    steps.push(Step::dot(middle, radius + FRAME - 1.5, NIGHT));
    let middle_of_frame = radius + FRAME / 2.0 - 0.5;
    for step in 0..48 {
        let (x, y) = around(step);
        let at = (middle.0 + middle_of_frame * x, middle.1 + middle_of_frame * y);
        steps.push(bulb(at, step));
    }
    steps.push(Step::dot(middle, radius + 1.5, GOLD_EDGE));
}

fn board(steps: &mut Vec<Step>, area: Area) {
    let outer = area.grown(FRAME);
    steps.push(Step::block(Area { y: outer.y + 4.0, ..outer }, 20.0, "rgba(42, 4, 8, .4)"));
    steps.push(Step::block(outer, 20.0, GOLD_EDGE));
    steps.push(Step::block(area.grown(FRAME - 1.5), 18.5, NIGHT));
    let line = area.grown(FRAME / 2.0 - 0.5);
    // Whole distances, so that both ends of each side look the same; corners belong to the upper and lower sides.
    let columns = (line.width / BULBS).round().max(1.0);
    let rows = (line.height / BULBS).round().max(1.0);
    for column in 0..=columns as usize {
        let x = line.x + line.width * column as f64 / columns;
        steps.push(bulb((x, line.y), column));
        steps.push(bulb((x, line.bottom()), column + 1));
    }
    for row in 1..rows as usize {
        let y = line.y + line.height * row as f64 / rows;
        steps.push(bulb((line.x, y), row));
        steps.push(bulb((line.right(), y), row + 1));
    }
    steps.push(Step::block(area.grown(1.5), 9.5, GOLD_EDGE));
}

fn bulb(at: (f64, f64), place: usize) -> Step {
    Step::dot(at, 2.7, if place.is_multiple_of(2) { GOLD_LIGHT } else { GOLD })
}
