//! What a canvas does for each step.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlImageElement};

use crate::{Anchor, Area, Line, Paint, Shape, Step};

/// The page's own fonts (`style/tokens.css`).
const FAMILY: &str = "px -apple-system, \"PingFang SC\", \"HarmonyOS Sans SC\", \"Noto Sans CJK SC\", \
    \"Microsoft YaHei\", system-ui, sans-serif";

/// A canvas, and the poster's picture if it could be had.
pub(super) struct Brush<'b> {
    pub(super) context: &'b CanvasRenderingContext2d,
    pub(super) picture: Option<&'b HtmlImageElement>,
}

impl Brush<'_> {
    pub(super) fn step(&self, step: &Step) -> Result<(), JsValue> {
        match step {
            Step::Fill(shape, paint) => {
                self.dip(paint)?;
                self.fill(shape)
            }
            Step::Picture { area, radius, .. } => match self.picture {
                Some(picture) => self.picture(picture, *area, *radius),
                None => Ok(()),
            },
            Step::Write(line) => self.write(line),
        }
    }

    fn dip(&self, paint: &Paint) -> Result<(), JsValue> {
        match paint {
            Paint::Plain(ink) => self.context.set_fill_style_str(ink),
            Paint::Around { at: (x, y), radius, inner, outer } => {
                let gradient = self.context.create_radial_gradient(*x, *y, 0.0, *x, *y, *radius)?;
                gradient.add_color_stop(0.0, inner)?;
                gradient.add_color_stop(1.0, outer)?;
                self.context.set_fill_style_canvas_gradient(&gradient);
            }
        }
        Ok(())
    }

    fn fill(&self, shape: &Shape) -> Result<(), JsValue> {
        match shape {
            Shape::Box(area, radius) if *radius <= 0.0 => self.block(*area),
            Shape::Box(area, radius) => {
                self.trace(*area, *radius)?;
                self.context.fill();
            }
            Shape::Polygon(corners) => {
                self.context.begin_path();
                for (x, y) in corners {
                    // The first one of a path only moves there.
                    self.context.line_to(*x, *y);
                }
                self.context.fill();
            }
            Shape::Cells(cells) => cells.iter().for_each(|cell| self.block(*cell)),
        }
        Ok(())
    }

    fn block(&self, Area { x, y, width, height }: Area) {
        self.context.fill_rect(x, y, width, height);
    }

    /// A rectangle with round corners as a path.
    fn trace(&self, area: Area, radius: f64) -> Result<(), JsValue> {
        let Area { x, y, width, height } = area;
        let radius = radius.min(width / 2.0).min(height / 2.0);
        let (right, bottom) = (area.right(), area.bottom());
        self.context.begin_path();
        self.context.move_to(x + radius, y);
        for (corner, next) in
            [((right, y), (right, bottom)), ((right, bottom), (x, bottom)), ((x, bottom), (x, y)), ((x, y), (right, y))]
        {
            self.context.arc_to(corner.0, corner.1, next.0, next.1, radius)?;
        }
        self.context.close_path();
        Ok(())
    }

    /// The picture so large that it fills the area, and cut at its edges.
    fn picture(&self, picture: &HtmlImageElement, area: Area, radius: f64) -> Result<(), JsValue> {
        // A drawing without a size of its own is as wide as it is asked to be.
        let (own_width, own_height) = match (picture.natural_width(), picture.natural_height()) {
            (0, _) | (_, 0) => (area.width, area.height),
            (width, height) => (f64::from(width), f64::from(height)),
        };
        let scale = (area.width / own_width).max(area.height / own_height);
        let (width, height) = (own_width * scale, own_height * scale);
        let (x, y) = area.middle();
        self.context.save();
        self.trace(area, radius)?;
        self.context.clip();
        let drawn = self.context.draw_image_with_html_image_element_and_dw_and_dh(
            picture,
            x - width / 2.0,
            y - height / 2.0,
            width,
            height,
        );
        self.context.restore();
        drawn
    }

    fn write(&self, line: &Line) -> Result<(), JsValue> {
        self.context.set_fill_style_str(&line.ink);
        self.context.set_font(&[&line.weight.to_string(), " ", &line.size.to_string(), FAMILY].concat());
        self.context.set_text_align(match line.anchor {
            Anchor::Start => "left",
            Anchor::Middle => "center",
        });
        self.context.fill_text_with_max_width(&line.text, line.x, line.y, line.width)
    }
}
