//! Rows that glide to their new place: FLIP, by transforms alone.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement};

use super::dom;

/// The transition in `star-row.css` is 420 ms long; a little more, and its marks can go.
const GLIDE_MS: i32 = 480;
/// What is further out of sight than this changes its place unseen.
const MARGIN_PX: f64 = 120.0;

/// Where the rows in sight stand, before they move.
pub(crate) struct Before(Vec<(HtmlElement, f64)>);

/// Looks at the rows of the list with this id. Call before the order changes.
pub(crate) fn look(list_id: &str) -> Option<Before> {
    if dom::reduced_motion() {
        return None;
    }
    let list = dom::by_id(list_id)?;
    let bottom = dom::window().inner_height().ok()?.as_f64()? + MARGIN_PX;
    let rows = list.children();
    // All rows are of one height, so the first in sight is found without asking each for its place.
    let first = rows.item(0)?.get_bounding_client_rect();
    let skipped = if first.height() > 0.0 { ((-MARGIN_PX - first.top()) / first.height()).max(0.0) } else { 0.0 };
    let mut seen = Vec::new();
    for index in skipped as u32..rows.length() {
        let Some(row) = rows.item(index).and_then(|row| row.dyn_into::<HtmlElement>().ok()) else { continue };
        let top = row.get_bounding_client_rect().top();
        if top > bottom {
            break;
        }
        seen.push((row, top));
    }
    Some(Before(seen))
}

impl Before {
    /// Lets the rows glide from where they were. Call after the order has changed and before the next paint.
    pub(crate) fn glide(self) {
        let moved: Vec<_> = self.0.into_iter().filter_map(|(row, top)| moved_by(row, top)).collect();
        for (row, by) in &moved {
            let _ = row.remove_attribute("data-gliding");
            set_transform(row, &["translateY(", &(by.round() as i32).to_string(), "px)"].concat());
        }
        let Some((first, _)) = moved.first() else { return };
        // Reading a size makes the engine take note of where the rows start from.
        let _ = first.offset_height();
        for (row, by) in &moved {
            let _ = row.set_attribute("data-gliding", if *by > 0.0 { "up" } else { "down" });
            set_transform(row, "");
        }
        let end = Closure::once_into_js(move || {
            for (row, _) in moved {
                let _ = row.remove_attribute("data-gliding");
            }
        });
        let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(end.unchecked_ref(), GLIDE_MS);
    }
}

fn moved_by(row: HtmlElement, top: f64) -> Option<(HtmlElement, f64)> {
    let by = top - AsRef::<Element>::as_ref(&row).get_bounding_client_rect().top();
    (by.abs() >= 1.0).then_some((row, by))
}

fn set_transform(row: &HtmlElement, transform: &str) {
    let _ = row.style().set_property("transform", transform);
}
