//! The ticket at the foot: an entry's stub if there is one, and under it the code with what it opens.

use super::{HEIGHT, WIDTH, written};
use crate::code::Code;
use crate::fit::{Fitted, ems, fit};
use crate::poster::Poster;
use crate::step::{Area, Step};

const PAPER: &str = "#fffdf8";
const INK: &str = "#2f1510";
const MUTED: &str = "#6f5045";
const RED: &str = "#a80f19";
const LINE: &str = "#e3c48f";

/// Between the ticket and the poster's edge.
const MARGIN: f64 = 14.0;
/// The white field of the code, with its quiet zone.
const FIELD: f64 = 185.0;
/// Around the field.
const INSET: f64 = 10.0;
/// The part that is torn off.
const STUB: f64 = 62.0;
/// The corners; where two parts of the ticket meet they make its notches.
const CORNER: f64 = 14.0;

/// Where the ticket stands.
pub(super) fn area(poster: &Poster) -> Area {
    let stub = if poster.entry.is_some() { STUB } else { 0.0 };
    let height = FIELD + 2.0 * INSET + stub;
    Area { x: MARGIN, y: HEIGHT - MARGIN - height, width: WIDTH - 2.0 * MARGIN, height }
}

pub(super) fn drawn(steps: &mut Vec<Step>, poster: &Poster, ticket: Area, code: &Code) {
    let mut body = ticket;
    if let Some(entry) = &poster.entry {
        body = Area { y: ticket.y + STUB, height: ticket.height - STUB, ..ticket };
        let stub = Area { height: STUB, ..ticket };
        steps.push(Step::block(stub, CORNER, PAPER));
        let words = poster.words();
        let (before, after) = words.entered;
        let column = |y, height| Area { x: stub.x + 18.0, y: stub.y + y, width: stub.width - 36.0, height };
        let said = fit(&[before, &entry.round.to_string(), after].concat(), 12..=18, stub.width - 36.0, 1);
        written(steps, &said, column(9.0, 24.0), 700, RED);
        let code = fit(&[words.receipt, " ", &entry.code].concat(), 9..=13, stub.width - 36.0, 1);
        written(steps, &code, column(35.0, 18.0), 400, MUTED);
    }
    steps.push(Step::block(body, CORNER, PAPER));
    if poster.entry.is_some() {
        perforation(steps, body);
    }
    let field = Area { x: body.right() - INSET - FIELD, y: body.y + INSET, width: FIELD, height: FIELD };
    column(steps, poster, Area { x: body.x + 18.0, width: field.x - body.x - 26.0, ..field });
    steps.push(Step::block(field.grown(1.0), 9.0, LINE));
    steps.extend(code.steps(field, 8.0));
}

/// The words beside the code: what to do at the top, who and when at the foot.
fn column(steps: &mut Vec<Step>, poster: &Poster, column: Area) {
    let words = poster.words();
    let below = |y: f64| Area { y, ..column };
    let scan = fit(words.scan, 15..=17, column.width, 2);
    let mut y = column.y + 6.0;
    written(steps, &scan, below(y), 700, INK);
    y += scan.height() + 2.0;
    let opens = fit(words.opens, 12..=13, column.width, 2);
    written(steps, &opens, below(y), 400, MUTED);
    y += opens.height() + 12.0;
    steps.push(Step::block(Area { y, width: 28.0, height: 3.0, ..column }, 1.5, "#e79f1c"));
    y += 13.0;
    let label = fit(words.days, 12..=12, column.width, 1);
    written(steps, &label, below(y), 400, MUTED);
    y += label.height();
    for day in days(poster, column.width) {
        written(steps, &day, below(y), 700, RED);
        y += day.height();
    }
    let organiser = fit(&[words.organiser, &poster.organiser].concat(), 10..=11, column.width, 2);
    written(steps, &organiser, below(column.bottom() - organiser.height() - 2.0), 400, MUTED);
}

/// First and last day: on one line, or on one line each. A date is never broken.
fn days(poster: &Poster, width: f64) -> Vec<Fitted> {
    let (first, last) = poster.days();
    let Some(last) = last else { return vec![fit(&first, 12..=15, width, 1)] };
    let both = [&first, " – ", &last].concat();
    if ems(&both) * 14.0 <= width {
        return vec![fit(&both, 14..=15, width, 1)];
    }
    [first + " –", last].map(|day| fit(&day, 12..=15, width, 1)).into()
}

/// The line along which the stub is torn off.
fn perforation(steps: &mut Vec<Step>, body: Area) {
    let (from, to) = (body.x + CORNER + 4.0, body.right() - CORNER - 4.0);
    let dashes = ((to - from) / 8.0) as usize;
    for dash in 0..dashes {
        let x = from + (to - from) * dash as f64 / dashes as f64;
        steps.push(Step::block(Area { x, y: body.y - 0.75, width: 4.0, height: 1.5 }, 0.0, LINE));
    }
}
