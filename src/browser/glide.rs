//! Rows that glide to their new place, by transforms alone. Where they stand follows from their order, so nothing is
//! measured but the list, once and before anything has changed: the engine lays out no more than it would anyway.

use carnival_domain::number::plain;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::dom;
use super::roll::begun;
use super::view::El;

/// The height of a row, as `--row` in `style/tokens.css` has it.
const ROW_PX: i32 = 72;
/// As long as `--slow`, and in the same way as `--ease`.
const TIMING: &str = "{\"duration\":500,\"easing\":\"cubic-bezier(.2,.8,.3,1)\"}";
/// A little more, and a row's marks can go.
const GLIDE_MS: i32 = 560;
/// What is further out of sight than this changes its place unseen.
const MARGIN_PX: f64 = 120.0;

/// Which places of a list are in sight: from the first to before the second. None where nothing shall move. Call before
/// anything changes.
pub(crate) fn seen(list: &El) -> Option<(usize, usize)> {
    if dom::reduced_motion() {
        return None;
    }
    let bottom = dom::window().inner_height().ok()?.as_f64()?;
    let top = list.element().get_bounding_client_rect().top();
    let place_at = |y: f64| ((y - top) / f64::from(ROW_PX)).max(0.0) as usize;
    Some((place_at(-MARGIN_PX), place_at(bottom + MARGIN_PX) + 1))
}

/// How many rows the window has room for.
pub(crate) fn rows_in_sight() -> usize {
    let height = dom::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    (height / f64::from(ROW_PX)).ceil() as usize
}

/// Lets rows that have their new places glide there, each from so many places below, or above. Where the engine can't,
/// they stand there at once: Safari before 13.1.
pub(crate) fn glide(rows: Vec<(El, i32)>) {
    let mut gliding = Vec::new();
    for (row, places) in rows {
        let sign = if places < 0 { "-" } else { "" };
        let from = plain((places * ROW_PX).unsigned_abs());
        let frames =
            ["[{\"transform\":\"translateY(", sign, &from, "px)\"},{\"transform\":\"translateY(0)\"}]"].concat();
        if begun(row.element(), &frames, TIMING).is_ok() {
            gliding.push(row.attr("data-gliding", if places > 0 { "up" } else { "down" }));
        }
    }
    if gliding.is_empty() {
        return;
    }
    let end = Closure::once_into_js(move || {
        for row in gliding {
            let _ = row.element().remove_attribute("data-gliding");
        }
    });
    let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(end.unchecked_ref(), GLIDE_MS);
}
