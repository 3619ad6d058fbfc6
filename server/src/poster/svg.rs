//! A poster's steps as SVG.

use std::fmt::Write as _;

use carnival_poster::{Anchor, Area, HEIGHT, Line, Paint, SCALE, Shape, Step, WIDTH};

use crate::site::escape::html;

/// From this weight on a line is bold.
const BOLD: u32 = 600;

/// Draws the steps. Bold that the family does not have is drawn by a stroke.
pub(super) fn drawing(steps: &[Step], family: &str, has_bold: bool) -> String {
    let mut drawing = Drawing { definitions: String::new(), body: String::new(), count: 0, has_bold };
    for step in steps {
        drawing.step(step);
    }
    let (width, height) = (WIDTH * f64::from(SCALE), HEIGHT * f64::from(SCALE));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"'{}'\"><defs>{}</defs>{}</svg>",
        html(family),
        drawing.definitions,
        drawing.body
    )
}

struct Drawing {
    definitions: String,
    body: String,
    count: u32,
    has_bold: bool,
}

impl Drawing {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Fill(shape, paint) => {
                let fill = self.paint(paint);
                let d = outline(shape);
                self.add(format_args!("<path fill=\"{fill}\" d=\"{d}\"/>"));
            }
            Step::Picture { address, area, radius } => {
                let clip = self.define("clipPath", format_args!("<path d=\"{}\"/>", rounded(*area, *radius)));
                let Area { x, y, width, height } = area;
                self.add(format_args!(
                    "<g clip-path=\"url(#{clip})\"><image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                     preserveAspectRatio=\"xMidYMid slice\" href=\"{}\"/></g>",
                    html(address)
                ));
            }
            Step::Write(line) => self.line(line),
        }
    }

    fn line(&mut self, line: &Line) {
        let Line { text, x, y, size, weight, anchor, ink, .. } = line;
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
        };
        let stroke = match weight {
            _ if self.has_bold || *weight < BOLD => String::new(),
            // As much thicker as bold and black faces are.
            weight => {
                let width = f64::from(*size) * if *weight > 800 { 0.055 } else { 0.035 };
                format!(" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"")
            }
        };
        self.add(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" text-anchor=\"{anchor}\" \
             fill=\"{ink}\"{stroke} xml:space=\"preserve\">{}</text>",
            html(&text.replace(char::is_control, " "))
        ));
    }

    fn paint(&mut self, paint: &Paint) -> String {
        let stops = |inner: &str, outer: &str| {
            format!("<stop stop-color=\"{inner}\"/><stop offset=\"1\" stop-color=\"{outer}\"/>")
        };
        let id = match paint {
            Paint::Plain(ink) => return ink.clone().into_owned(),
            Paint::Around { at: (x, y), radius, inner, outer } => {
                let place = format!("gradientUnits=\"userSpaceOnUse\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"");
                self.define_with("radialGradient", &place, format_args!("{}", stops(inner, outer)))
            }
        };
        format!("url(#{id})")
    }

    fn define(&mut self, element: &str, inside: std::fmt::Arguments) -> String {
        self.define_with(element, "", inside)
    }

    fn define_with(&mut self, element: &str, attributes: &str, inside: std::fmt::Arguments) -> String {
        self.count += 1;
        let id = format!("d{}", self.count);
        let _infallible = write!(self.definitions, "<{element} id=\"{id}\" {attributes}>{inside}</{element}>");
        id
    }

    fn add(&mut self, markup: std::fmt::Arguments) {
        let _infallible = self.body.write_fmt(markup);
    }
}

fn outline(shape: &Shape) -> String {
    match shape {
        Shape::Box(area, radius) => rounded(*area, *radius),
        Shape::Polygon(corners) => {
            let corners: Vec<_> = corners.iter().map(|(x, y)| format!("{x} {y}")).collect();
            format!("M{}z", corners.join("L"))
        }
        Shape::Cells(cells) => cells.iter().map(|cell| rounded(*cell, 0.0)).collect(),
    }
}

fn rounded(area: Area, radius: f64) -> String {
    let Area { x, y, width, height } = area;
    let r = radius.min(width / 2.0).min(height / 2.0);
    if r <= 0.0 {
        return format!("M{x} {y}h{width}v{height}h{}z", -width);
    }
    let (across, down) = (width - 2.0 * r, height - 2.0 * r);
    format!(
        "M{} {y}h{across}a{r} {r} 0 0 1 {r} {r}v{down}a{r} {r} 0 0 1 {} {r}h{}a{r} {r} 0 0 1 {} {}v{}a{r} {r} 0 0 1 {r} {}z",
        x + r,
        -r,
        -across,
        -r,
        -r,
        -down,
        -r
    )
}
