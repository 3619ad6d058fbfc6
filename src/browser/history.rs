//! The address bar. Back is never touched: each tab is one entry, and nothing else is.

use wasm_bindgen::JsValue;

use super::dom;

/// The path that is shown, without query and fragment.
pub(crate) fn path() -> String {
    dom::window().location().pathname().unwrap_or_default()
}

/// Scheme, host and port.
pub(crate) fn origin() -> String {
    dom::window().location().origin().unwrap_or_default()
}

/// The query, with its `?`.
#[cfg(feature = "mock-api")]
pub(crate) fn query() -> String {
    dom::window().location().search().unwrap_or_default()
}

/// Adds an entry.
pub(crate) fn push(path: &str) {
    if let Ok(history) = dom::window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Changes the entry that is shown.
pub(crate) fn replace(path: &str) {
    if let Ok(history) = dom::window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Scroll positions are the page's own to keep: the browser would restore them before the page is drawn.
pub(crate) fn keep_scroll_ourselves() {
    if let Ok(history) = dom::window().history() {
        let _ = js_sys::Reflect::set(&history, &"scrollRestoration".into(), &"manual".into());
    }
}
