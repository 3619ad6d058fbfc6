//! What the loader (`boot.js`) and the server leave for the page.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = __carnival, js_name = ready)]
    fn carnival_ready();
    #[wasm_bindgen(js_namespace = __carnival, js_name = boot, thread_local_v2)]
    static BOOT: JsValue;
    #[wasm_bindgen(js_namespace = __carnival, js_name = landing, thread_local_v2)]
    static LANDING: JsValue;
}

/// The address as it was opened, before the page changed anything about it.
pub(crate) fn landing() -> String {
    LANDING.with(JsValue::as_string).unwrap_or_default()
}

/// One part of what the server wrote into the page; `undefined` or `null` where it wrote none.
pub(crate) fn part(name: &str) -> JsValue {
    let boot = BOOT.with(JsValue::clone);
    js_sys::Reflect::get(&boot, &name.into()).unwrap_or(JsValue::NULL)
}

/// Tells the loader that the page is there: it replays the taps that came too early.
pub(crate) fn ready() {
    carnival_ready();
}
