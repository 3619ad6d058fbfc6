//! The few things that a painter must be able to do.

use std::borrow::Cow;

/// A colour as CSS and SVG both write it.
pub type Ink = Cow<'static, str>;

/// One step. They are done in order, later ones over earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Fills a shape.
    Fill(Shape, Paint),
    /// Puts a picture into an area, cut so that it fills it. One that can't be had is left out: what lies under it then
    /// is the stand-in.
    Picture {
        /// Path or https address.
        address: String,
        /// Where.
        area: Area,
        /// How round its corners are.
        radius: f64,
    },
    /// Writes one line.
    Write(Line),
}

/// A rectangle, in units of the poster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// What can be filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with round corners; a circle if they meet.
    Box(Area, f64),
    /// Straight lines around something.
    Polygon(Vec<(f64, f64)>),
    /// Many rectangles of one colour, on whole pixels.
    Cells(Vec<Area>),
}

/// What it is filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Plain(Ink),
    /// From a point outwards.
    Around {
        /// The point.
        at: (f64, f64),
        /// Where the outer colour is reached.
        radius: f64,
        /// At the point.
        inner: Ink,
        /// From the radius on.
        outer: Ink,
    },
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Where it is held.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// Height of an em.
    pub size: u32,
    /// How bold, 400 to 900.
    pub weight: u32,
    /// Where it is held by `x`.
    pub anchor: Anchor,
    /// Its colour.
    pub ink: Ink,
    /// What it may fill. It was made to fit by an estimate; a painter that can measure squeezes it if that was wrong.
    pub width: f64,
}

/// Where a line is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its beginning.
    Start,
    /// In its middle.
    Middle,
}

impl Area {
    /// A square around a point.
    pub fn around((x, y): (f64, f64), radius: f64) -> Self {
        Self { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius }
    }

    /// The area with a border of this width around it.
    pub fn grown(self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    /// Its middle.
    pub fn middle(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Its right edge.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// Its lower edge.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }
}

impl Step {
    /// A circle of one colour.
    pub(crate) fn dot(at: (f64, f64), radius: f64, ink: impl Into<Ink>) -> Self {
        Self::Fill(Shape::Box(Area::around(at, radius), radius), Paint::Plain(ink.into()))
    }

    /// A rectangle of one colour.
    pub(crate) fn block(area: Area, radius: f64, ink: impl Into<Ink>) -> Self {
        Self::Fill(Shape::Box(area, radius), Paint::Plain(ink.into()))
    }
}
