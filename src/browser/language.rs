//! The language of page and browser.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{dom, timer};

/// The words are small: whoever waits longer than this for them is better off with a page in Chinese.
const PATIENCE_MS: i32 = 10_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = __carnival, js_name = words)]
    fn carnival_words() -> Promise;
}

/// Whether the document is marked as English: the loader decides, by choice or by browser.
pub(crate) fn is_english() -> bool {
    let root = dom::document().document_element();
    root.and_then(|root| root.get_attribute("lang")).is_some_and(|lang| lang.starts_with("en"))
}

/// Marks the document's language, for screen readers, hyphenation and fonts.
pub(crate) fn mark(lang: &str) {
    dom::set_root_attribute("lang", lang);
}

/// The words of English, in the order of their table; none if they can't be had now. The loader has tried more than once
/// then.
pub(crate) async fn words() -> Vec<&'static str> {
    let first = Promise::race(&Array::of2(&carnival_words(), &timer::promise_after(PATIENCE_MS)));
    let words = JsFuture::from(first).await.ok().and_then(|words| words.dyn_into::<Array>().ok());
    // They stay for as long as the page does.
    let kept = |word: JsValue| word.as_string().map(|word| &*word.leak());
    words.map(|words| words.iter().filter_map(kept).collect()).unwrap_or_default()
}
