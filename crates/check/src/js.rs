//! The few things that this module asks of JavaScript.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Window};

pub(crate) fn window() -> Window {
    #[expect(clippy::expect_used, reason = "this module is loaded by a page")]
    web_sys::window().expect("a page has a window")
}

pub(crate) fn document() -> Document {
    #[expect(clippy::expect_used, reason = "this module is loaded by a page")]
    window().document().expect("a window has a document")
}

/// A member, or `undefined`.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A text, or an empty one.
pub(crate) fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// A member that is a function.
pub(crate) fn function(object: &JsValue, name: &str) -> Option<Function> {
    get(object, name).dyn_into().ok()
}

/// A function that JavaScript may keep for as long as the page lives.
pub(crate) fn listener(run: impl FnMut(JsValue) + 'static) -> Function {
    Closure::<dyn FnMut(JsValue)>::new(run).into_js_value().unchecked_into()
}

/// Milliseconds since navigation.
pub(crate) fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
