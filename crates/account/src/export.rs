//! Everything that is kept of a participant, to take along. Chat apps keep no files, so it can always be copied.

use std::rc::Rc;

use carnival_contract::paths;
use carnival_side as js;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlElement;

use crate::sheet::{Sheet, close};
use crate::words;

/// What comes, and then all of it.
pub(crate) fn open(settings: &JsValue) {
    let words = words(settings);
    let Some(sheet) = Sheet::open("export", words.export, words.close) else { return };
    sheet.add("p", "", words.export_is);
    let kept = sheet.add("textarea", "kept", words.loading);
    for (name, value) in [("readonly", ""), ("aria-label", words.export), ("data-testid", "kept")] {
        let _set = kept.set_attribute(name, value);
    }
    sheet.add_why();
    if js::truth(settings, "has_downloads") {
        let file = sheet.add("a", "button button--wide", words.export_file);
        for (name, value) in [("href", paths::ME_EXPORT), ("download", ""), ("data-testid", "export-file")] {
            let _set = file.set_attribute(name, value);
        }
    }
    spawn_local(fill(settings.clone(), sheet, kept));
}

async fn fill(settings: JsValue, sheet: Rc<Sheet>, kept: HtmlElement) {
    let words = words(&settings);
    let text = Promise::new(&mut |done, _| drop(js::call(&settings, "export", &done)));
    let Some(text) = JsFuture::from(text).await.ok().and_then(|text| text.as_string()) else {
        kept.remove();
        return sheet.say(words.no_export);
    };
    kept.set_text_content(Some(&text));
    let class = if js::truth(&settings, "has_downloads") { "button--quiet" } else { "" };
    let copy = sheet.button(class, words.copy, move |_| drop(js::call(&settings, "copy", &text.as_str().into())));
    let _named = copy.set_attribute("data-testid", "export-copy");
    sheet.button("button--quiet", words.done, |_| close());
}
