//! The document and the window, and the few things done to them directly.

use std::cell::{LazyCell, RefCell};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Window};

/// The window the page runs in.
pub(crate) fn window() -> Window {
    leptos::prelude::window()
}

/// Its document.
pub(crate) fn document() -> Document {
    leptos::prelude::document()
}

/// The element with this id, as something that can be focused and styled.
pub(crate) fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok())
}

/// Puts an attribute on `<html>`.
pub(crate) fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// Moves the focus to where a new page begins, so that a screen reader reads on from there.
pub(crate) fn focus(id: &str) {
    if let Some(element) = by_id(id) {
        let _ = element.focus();
    }
}

thread_local! {
    static HAD_FOCUS: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// What has the focus.
pub(crate) fn focused() -> Option<HtmlElement> {
    document().active_element().and_then(|element| element.dyn_into().ok())
}

/// Notes what has the focus, before something is laid over the page.
pub(crate) fn note_focus() {
    HAD_FOCUS.set(focused());
}

/// Gives the focus back to what had it then, unless that is gone.
pub(crate) fn give_back_focus() {
    if let Some(element) = HAD_FOCUS.take().filter(|element| element.is_connected()) {
        let _ = element.focus();
    }
}

/// How far the page is scrolled.
pub(crate) fn scroll_y() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls the page.
pub(crate) fn scroll_to(y: f64) {
    window().scroll_to_with_x_and_y(0.0, y);
}

thread_local! {
    /// What says whether motion is welcome: it is asked for once, and always says what is so now.
    static WELCOMES_MOTION: LazyCell<Option<JsValue>> = LazyCell::new(media_query);
}

/// Whether the participant asked their device for less motion; where that can't be asked, it is taken as asked:
/// engines that old run on phones that are glad of it.
pub(crate) fn reduced_motion() -> bool {
    let matches = |list: &JsValue| js_sys::Reflect::get(list, &"matches".into()).is_ok_and(|is| is.is_truthy());
    !WELCOMES_MOTION.with(|list| list.as_ref().is_some_and(matches))
}

fn media_query() -> Option<JsValue> {
    let query = js_sys::Reflect::get(&window(), &"matchMedia".into());
    let query = query.ok()?.dyn_into::<js_sys::Function>().ok()?;
    query.call1(&window(), &"(prefers-reduced-motion: no-preference)".into()).ok()
}

/// The nearest link around an element.
pub(crate) fn closest_link(element: &Element) -> Option<Element> {
    element.closest("a[href]").ok().flatten()
}
