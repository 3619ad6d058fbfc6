//! From steps to a JPEG.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use super::brush::Brush;
use crate::{Area, BYTES_MAX, HEIGHT, SCALE, Shape, Step, WIDTH};

const JPEG: &str = "image/jpeg";
/// The first is as good as the eye can tell; the next ones are for pictures that will not fit into their bytes.
const QUALITIES: [f64; 3] = [0.9, 0.8, 0.65];

/// Paints a poster. None if the engine can't, or does not let what was painted be read.
pub(super) fn data_url(steps: &[Step], picture: Option<&HtmlImageElement>) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(WIDTH as u32 * SCALE);
    canvas.set_height(HEIGHT as u32 * SCALE);
    let settings = Object::new();
    // It is read once and at once: painting where it can be read from spares a way to the graphics card and back.
    let _plain_object = Reflect::set(&settings, &"willReadFrequently".into(), &JsValue::TRUE);
    let context: CanvasRenderingContext2d =
        canvas.get_context_with_context_options("2d", &settings).ok()??.dyn_into().ok()?;
    context.scale(f64::from(SCALE), f64::from(SCALE)).ok()?;
    let brush = Brush { context: &context, picture };
    for step in steps {
        brush.step(step).ok()?;
    }
    if !is_what_was_painted(&context, steps) {
        return None;
    }
    QUALITIES.into_iter().find_map(|quality| {
        let url = canvas.to_data_url_with_type_and_encoder_options(JPEG, &quality.into()).ok()?;
        // Four characters for three bytes. An engine without JPEG would answer with PNG.
        let is_held = url.len() / 4 * 3 <= BYTES_MAX && url.starts_with("data:image/jpeg");
        is_held.then_some(url)
    })
}

/// Some browsers answer a page that reads a canvas with noise, against fingerprints. Two pixels tell: one of the code's
/// dark modules, and one of the white beside it.
fn is_what_was_painted(context: &CanvasRenderingContext2d, steps: &[Step]) -> bool {
    let first = steps.iter().find_map(|step| match step {
        Step::Fill(Shape::Cells(cells), _) => cells.first().copied(),
        _ => None,
    });
    let Some(Area { x, y, height, .. }) = first else { return false };
    let light_at = |x: f64, y: f64| {
        let (x, y) = ((x * f64::from(SCALE)) as i32, (y * f64::from(SCALE)) as i32);
        let pixel = context.get_image_data(x.into(), y.into(), 1.0, 1.0).ok()?.data();
        pixel.first().copied()
    };
    let (dark, light) = (light_at(x + height / 2.0, y + height / 2.0), light_at(x - height, y));
    dark.is_some_and(|dark| dark < 80) && light.is_some_and(|light| light > 200)
}
