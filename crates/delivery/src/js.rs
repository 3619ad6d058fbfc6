//! The few things that this module asks of JavaScript.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, Window};

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

/// Whether something is so.
pub(crate) fn truth(object: &JsValue, name: &str) -> bool {
    get(object, name).is_truthy()
}

pub(crate) fn object(members: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        let _plain_object = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    object.into()
}

/// Calls a function of the page's that gives a promise.
pub(crate) fn ask(function: &JsValue, argument: &JsValue) -> Option<Promise> {
    let function: &Function = function.dyn_ref()?;
    Some(Promise::resolve(&function.call1(&JsValue::UNDEFINED, argument).ok()?))
}

/// A function that JavaScript may keep for as long as the page lives: a form is opened a few times in it.
pub(crate) fn function(run: impl FnMut(JsValue) + 'static) -> JsValue {
    Closure::<dyn FnMut(JsValue)>::new(run).into_js_value()
}

pub(crate) fn listen(element: &HtmlElement, event: &str, run: impl FnMut(JsValue) + 'static) {
    let _listening = element.add_event_listener_with_callback(event, function(run).unchecked_ref());
}

/// A new element at the end of another, with the page's own class.
pub(crate) fn add(into: &HtmlElement, name: &str, class: &str, text: &str) -> HtmlElement {
    #[expect(clippy::expect_used, reason = "the names are ours")]
    let element: HtmlElement = document().create_element(name).expect("a known name").unchecked_into();
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    let _added = into.append_child(&element);
    element
}

pub(crate) fn set(element: &HtmlElement, attributes: &[(&str, &str)]) {
    for (name, value) in attributes {
        let _set = element.set_attribute(name, value);
    }
}

pub(crate) fn after_ms(ms: i32, mut run: impl FnMut() + 'static) {
    let run = function(move |_: JsValue| run());
    let _timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), ms);
}
