//! What the scripts of the document (`first.js`, `boot.js`) and the server leave for the page.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = __carnival, js_name = ready)]
    fn carnival_ready();
    #[wasm_bindgen(js_namespace = __carnival, js_name = needsCard)]
    fn carnival_needs_card() -> bool;
    #[wasm_bindgen(js_namespace = __carnival, js_name = boot, thread_local_v2)]
    static BOOT: JsValue;
    #[wasm_bindgen(js_namespace = __carnival, js_name = landing, thread_local_v2)]
    static LANDING: JsValue;
    #[wasm_bindgen(js_namespace = __carnival, js_name = votes, thread_local_v2)]
    static VOTES: JsValue;
}

/// The key of a vote for this star that was sent before the page was there, once.
pub(crate) fn early_vote(star: &str) -> Option<String> {
    VOTES.with(|votes| {
        let star = star.into();
        let key = js_sys::Reflect::get(votes, &star).ok()?.as_string()?;
        js_sys::Reflect::delete_property(votes.unchecked_ref::<js_sys::Object>(), &star).ok()?;
        Some(key)
    })
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

/// Whether the loader shows the frame of the first page: it knows where a share link leads.
pub(crate) fn begins_with_first_page() -> bool {
    opened_page().is_none_or(|page| page == "rush")
}

/// Whether it shows the frame of a page that is in the last file.
pub(crate) fn begins_with_later_page() -> bool {
    opened_page().is_some_and(|page| !matches!(page.as_str(), "rush" | "stars"))
}

/// Whether the app around the page shows a card of it before anybody touches anything.
pub(crate) fn needs_card() -> bool {
    carnival_needs_card()
}

fn opened_page() -> Option<String> {
    super::dom::document().document_element()?.get_attribute("data-page")
}

/// Tells the loader that the page is there: it replays the taps that came too early.
pub(crate) fn ready() {
    carnival_ready();
}
