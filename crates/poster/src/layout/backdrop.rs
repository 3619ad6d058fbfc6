//! Behind everything: cloth with rays of light, confetti, and the beam.

use super::{BEAM, CREAM, GOLD, GOLD_EDGE, GOLD_LIGHT, HEIGHT, MARGIN, NIGHT, RED_DARK, WIDTH, around};
use crate::fit::fit;
use crate::poster::Subject;
use crate::step::{Anchor, Area, Line, Paint, Shape, Step};

/// Longer than from any middle to the farthest corner.
const RAY: f64 = 760.0;
/// Between the bulbs of the beam.
const BULBS: f64 = 15.0;

/// Where confetti lies, how it is turned and what it is. It stays clear of the picture and of the words.
const CONFETTI: [(f64, f64, usize, &str); 18] = [
    (22.0, 84.0, 3, GOLD),
    (48.0, 66.0, 7, "#7fd8d8"),
    (16.0, 128.0, 1, "#ff8fa3"),
    (34.0, 172.0, 9, GOLD_LIGHT),
    (14.0, 214.0, 5, "#ffb347"),
    (26.0, 262.0, 2, "#7fd8d8"),
    (12.0, 306.0, 8, GOLD),
    (72.0, 60.0, 10, "#ffb347"),
    (30.0, 330.0, 4, "#ff8fa3"),
    (352.0, 76.0, 6, "#7fd8d8"),
    (326.0, 62.0, 2, GOLD_LIGHT),
    (361.0, 118.0, 9, GOLD),
    (344.0, 160.0, 4, "#ff8fa3"),
    (362.0, 206.0, 1, GOLD_LIGHT),
    (350.0, 252.0, 7, "#ffb347"),
    (363.0, 296.0, 3, "#7fd8d8"),
    (300.0, 58.0, 8, "#ff8fa3"),
    (346.0, 326.0, 10, GOLD),
];

/// The cloth: red, or a star's own colour.
pub(super) fn cloth(steps: &mut Vec<Step>, subject: &Subject, light: (f64, f64)) {
    let everything = Area { x: 0.0, y: 0.0, width: WIDTH, height: HEIGHT };
    let (inner, outer) = match subject {
        Subject::Star { color } => (color.clone().into(), NIGHT.into()),
        Subject::Campaign | Subject::Item => ("#d4221f".into(), "#8d0c16".into()),
    };
    let radius = if matches!(subject, Subject::Star { .. }) { 620.0 } else { 430.0 };
    steps.push(Step::Fill(Shape::Box(everything, 0.0), Paint::Around { at: light, radius, inner, outer }));
    for ray in 0..16 {
        let end = |step| {
            let (x, y) = around(step);
            (light.0 + RAY * x, light.1 + RAY * y)
        };
        let sides = vec![light, end(3 * ray), end(3 * ray + 1)];
        steps.push(Step::Fill(Shape::Polygon(sides), Paint::Plain("rgba(255, 214, 130, .13)".into())));
    }
    for (x, y, turn, ink) in CONFETTI {
        if turn.is_multiple_of(3) {
            steps.push(Step::dot((x, y), 2.2, ink));
        } else {
            let (side, edge) = (around(turn * 2), around(turn * 2 + 12));
            let corner = |a: f64, b: f64| (x + a * side.0 + b * edge.0, y + a * side.1 + b * edge.1);
            let corners = vec![corner(-3.6, -2.0), corner(3.6, -2.0), corner(3.6, 2.0), corner(-3.6, 2.0)];
            steps.push(Step::Fill(Shape::Polygon(corners), Paint::Plain(ink.into())));
        }
    }
}

/// The beam with the campaign's name, and a row of bulbs along its edge.
pub(super) fn beam(steps: &mut Vec<Step>, brand: &str) {
    let bar = |y, height| Area { x: 0.0, y, width: WIDTH, height };
    steps.push(Step::block(bar(0.0, BEAM), 0.0, RED_DARK));
    steps.push(Step::block(bar(BEAM, 3.0), 0.0, GOLD_EDGE));
    for bulb in 0..(WIDTH / BULBS) as usize {
        let ink = if bulb.is_multiple_of(2) { GOLD_LIGHT } else { GOLD };
        steps.push(Step::dot(((bulb as f64 + 0.5) * BULBS, BEAM + 1.5), 3.0, ink));
    }
    let name = fit(brand, 11..=17, WIDTH - 2.0 * MARGIN, 1);
    for text in name.lines {
        let (x, y, width) = (WIDTH / 2.0, 21.0 + f64::from(name.size) * 0.37, WIDTH - 2.0 * MARGIN);
        let (size, weight, anchor) = (name.size, 700, Anchor::Middle);
        steps.push(Step::Write(Line { text, x, y, size, weight, anchor, ink: CREAM.into(), width }));
    }
}
