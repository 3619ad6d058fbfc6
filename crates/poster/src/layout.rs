//! What stands where: the tent's red cloth with its beam, the picture in a frame of bulbs, the words, and a ticket with
//! the code. Put together from below: the ticket's size is given, the words take what they need, the picture the rest.

mod backdrop;
mod picture;
#[cfg(test)]
pub(crate) mod tests;
mod ticket;

use crate::code::{Code, TooLong};
use crate::fit::{Fitted, fit};
use crate::poster::{Poster, Subject};
use crate::step::{Anchor, Area, Ink, Line, Step};

/// How wide a poster is, in its own units: a phone's CSS pixels, so that sizes can be thought of as on a page.
pub const WIDTH: f64 = 375.0;
/// How high.
pub const HEIGHT: f64 = 667.0;
/// Pixels a unit: sharp on a phone, whose pixels are half as large or less.
pub const SCALE: u32 = 2;

const CREAM: &str = "#fff4de";
const GOLD: &str = "#ffcf5c";
const GOLD_LIGHT: &str = "#ffe9ad";
const GOLD_EDGE: &str = "#a9660a";
const RED_DARK: &str = "#7d0912";
const NIGHT: &str = "#2a0408";

/// The beam at the top, with the campaign's name.
const BEAM: f64 = 46.0;
/// Between the poster's edge and the words.
const MARGIN: f64 = 20.0;
/// Between the words and what is over and under them.
const GAP: f64 = 16.0;

/// All steps of a poster.
///
/// # Errors
/// The link is too long for a code that can be read.
pub fn steps(poster: &Poster) -> Result<Vec<Step>, TooLong> {
    let code = Code::of(&poster.link)?;
    let ticket = ticket::area(poster);
    let title = fit(poster.headline(), 24..=40, WIDTH - 2.0 * MARGIN, 2);
    let line = fit(&poster.line, 13..=16, WIDTH - 2.0 * MARGIN, 2);
    let words = title.height() + line.height() + 4.0;
    let words_top = ticket.y - GAP - words;
    let stage = Area { x: 0.0, y: BEAM + GAP, width: WIDTH, height: words_top - BEAM - 2.0 * GAP };

    let mut steps = Vec::new();
    backdrop::cloth(&mut steps, &poster.subject, stage.middle());
    // Never the same words twice.
    let over = if poster.headline() == poster.brand { &poster.organiser } else { &poster.brand };
    backdrop::beam(&mut steps, over);
    picture::framed(&mut steps, poster, stage);
    let title_ink = if matches!(poster.subject, Subject::Star { .. }) { CREAM } else { GOLD_LIGHT };
    heading(&mut steps, &title, words_top, title_ink);
    centred(&mut steps, &line, words_top + title.height() + 4.0, 400, CREAM, 0.0);
    ticket::drawn(&mut steps, poster, ticket, &code);
    Ok(steps)
}

/// The large words with their shadow.
fn heading(steps: &mut Vec<Step>, title: &Fitted, top: f64, ink: &'static str) {
    centred(steps, title, top, 900, "rgba(42, 4, 8, .55)", 2.0);
    centred(steps, title, top, 900, ink, 0.0);
}

fn centred(steps: &mut Vec<Step>, text: &Fitted, top: f64, weight: u32, ink: &'static str, lower: f64) {
    for (baseline, words) in baselines(text, top) {
        let line = Line {
            text: words,
            x: WIDTH / 2.0,
            y: baseline + lower,
            size: text.size,
            weight,
            anchor: Anchor::Middle,
            ink: ink.into(),
            width: WIDTH - 2.0 * MARGIN,
        };
        steps.push(Step::Write(line));
    }
}

/// Lines from the left, in a column.
fn written(steps: &mut Vec<Step>, text: &Fitted, column: Area, weight: u32, ink: impl Into<Ink>) {
    let ink = ink.into();
    for (baseline, words) in baselines(text, column.y) {
        let ink = ink.clone();
        let (x, width, anchor) = (column.x, column.width, Anchor::Start);
        steps.push(Step::Write(Line { text: words, x, y: baseline, size: text.size, weight, anchor, ink, width }));
    }
}

/// Each line with its baseline, below a top edge: where fonts for Chinese have it, so that characters stand in the middle
/// of their line.
fn baselines(text: &Fitted, top: f64) -> impl Iterator<Item = (f64, String)> {
    let first = top + text.line_height() / 2.0 + f64::from(text.size) * 0.37;
    text.lines.iter().enumerate().map(move |(row, line)| (first + row as f64 * text.line_height(), line.clone()))
}

/// Points of a circle of radius 1, every 7.5°, clockwise from the right. Sines would weigh more than this table.
fn around(step: usize) -> (f64, f64) {
    const SINES: [f64; 13] = [
        0.0,
        0.13053,
        0.25882,
        0.38268,
        0.5,
        0.60876,
        std::f64::consts::FRAC_1_SQRT_2,
        0.79335,
        0.86603,
        0.92388,
        0.96593,
        0.99144,
        1.0,
    ];
    let sine = |step: usize| match step % 48 {
        step @ 0..=12 => SINES[step],
        step @ 13..=24 => SINES[24 - step],
        step @ 25..=36 => -SINES[step - 24],
        step => -SINES[48 - step],
    };
    (sine(step + 12), sine(step))
}
