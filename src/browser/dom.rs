//! The document and the window, and the few things done to them directly.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
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

/// Whether the participant asked their device for less motion; where that can't be asked, it is taken as asked:
/// engines that old run on phones that are glad of it.
pub(crate) fn reduced_motion() -> bool {
    let query = js_sys::Reflect::get(&window(), &"matchMedia".into());
    let list = query
        .ok()
        .and_then(|f| f.dyn_into::<js_sys::Function>().ok())
        .and_then(|f| f.call1(&window(), &"(prefers-reduced-motion: no-preference)".into()).ok());
    let matches = list.and_then(|list| js_sys::Reflect::get(&list, &"matches".into()).ok());
    !matches.is_some_and(|matches| matches.is_truthy())
}

/// The nearest link around an element.
pub(crate) fn closest_link(element: &Element) -> Option<Element> {
    element.closest("a[href]").ok().flatten()
}
