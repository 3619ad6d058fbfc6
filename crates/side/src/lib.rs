//! What side modules of the page ask of JavaScript.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlScriptElement, Response, Window};

/// The window the page runs in.
pub fn window() -> Window {
    #[expect(clippy::expect_used, reason = "this module is loaded by a page")]
    web_sys::window().expect("a page has a window")
}

/// Its document.
pub fn document() -> Document {
    #[expect(clippy::expect_used, reason = "this module is loaded by a page")]
    window().document().expect("a window has a document")
}

/// A member, or `undefined`.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A text, or an empty one.
pub fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// Whether something is so.
pub fn truth(object: &JsValue, name: &str) -> bool {
    get(object, name).is_truthy()
}

/// An object with these members.
pub fn object(members: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        let _plain_object = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// A list of texts.
pub fn list(texts: &[&str]) -> JsValue {
    texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into()
}

/// Calls a method of somebody else's object. What it throws is told, and passed on to nobody.
pub fn call(object: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, String> {
    let method: Function = get(object, name).dyn_into().map_err(|_| "function not exist".to_owned())?;
    method.call1(object, argument).map_err(|thrown| message(&thrown))
}

/// A function that JavaScript may keep for as long as the page lives.
pub fn function(run: impl FnMut(JsValue) + 'static) -> JsValue {
    Closure::<dyn FnMut(JsValue)>::new(run).into_js_value()
}

/// What an error says.
pub fn message(error: &JsValue) -> String {
    let said = text(error, "message");
    if said.is_empty() { error.as_string().unwrap_or_else(|| "failed".to_owned()) } else { said }
}

/// Milliseconds since navigation.
pub fn now_ms() -> u32 {
    window().performance().map_or(0, |performance| performance.now() as u32)
}

/// The whole address.
pub fn href() -> String {
    window().location().href().unwrap_or_default()
}

/// Waits.
pub async fn sleep_ms(ms: i32) {
    let promise = Promise::new(&mut |done, _| {
        let _timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms);
    });
    let _slept = JsFuture::from(promise).await;
}

/// What comes first: the promise, or the end of patience.
pub async fn within_ms(ms: i32, promise: Promise) -> Result<JsValue, String> {
    let late = Promise::new(&mut |_, refuse| {
        let refuse = refuse.bind1(&JsValue::NULL, &"no answer".into());
        let _timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(refuse.unchecked_ref(), ms);
    });
    let first = Promise::race(&Array::of2(&promise, &late));
    JsFuture::from(first).await.map_err(|error| message(&error))
}

/// Fetches JSON. A refusal is its problem's code.
pub async fn fetch_json(path: &str, patience_ms: i32) -> Result<JsValue, String> {
    let answer = within_ms(patience_ms, window().fetch_with_str(path)).await?;
    let response: Response = answer.dyn_into().map_err(|_| "failed".to_owned())?;
    let json = response.json().map_err(|error| message(&error))?;
    let json = within_ms(patience_ms, json).await?;
    if response.ok() { Ok(json) } else { Err(text(&json, "code")) }
}

/// Loads a script of somebody else's.
pub async fn load_script(url: &str, patience_ms: i32) -> Result<(), String> {
    let script: HtmlScriptElement =
        document().create_element("script").map_err(|error| message(&error))?.unchecked_into();
    script.set_src(url);
    script.set_async(true);
    let loaded = Promise::new(&mut |done, refuse| {
        script.set_onload(Some(&done));
        let refuse = refuse.bind1(&JsValue::NULL, &"could not be loaded".into());
        script.set_onerror(Some(refuse.unchecked_ref()));
    });
    let head = document().head().ok_or("no head")?;
    head.append_child(&script).map_err(|error| message(&error))?;
    within_ms(patience_ms, loaded).await.map(|_event| ())
}

/// A part of a query, escaped once.
pub fn escaped(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
