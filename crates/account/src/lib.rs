//! The page's side module for signing in: the privacy notice, which is agreed to before anybody is asked who this is, and
//! the way to take that back. The page loads it where it offers either, and not before.
//!
//! It speaks to the page in plain JavaScript values:
//!
//! - `consent({ language, platform, provider, nickname, version, organiser, contact, keep_days, third_parties, url, to,
//!   post, changed })` lays the notice over the page. Once it is agreed to, the page is left for the platform, which leads
//!   back to `to`.
//! - `withdrawal({ language, post, changed })` asks whether to take that back.
//! - `kept({ language, has_downloads, export, copy })` shows everything that is kept: to be copied, and where the app keeps files, to
//!   be kept as one. `export(done)` calls `done` with the text, or with nothing; `copy(text)` copies, and says so.
//! - `erasure({ language, unsent, coupons, post, erased })` says what goes, what stays and why, and asks; once it is done, `erased()`
//!   is called, and whatever closes the sheet opens the page anew.
//! - `post({ path, body, done })` is the page's own way of writing, with all its tries under one key. It calls `done(null)`, or
//!   with the sentence why that came to nothing; an empty one means that the page says more than that, and the sheet goes.
//! - `changed(withdrawn)` says that the participant has another standing now.

mod consent;
mod erasure;
mod export;
mod sheet;
mod withdrawal;
mod words;

use carnival_side as js;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use words::{CHINESE, ENGLISH, Words};

/// Lays the privacy notice over the page.
#[wasm_bindgen]
pub fn consent(settings: &JsValue) {
    consent::open(settings);
}

/// Asks whether to take back what was agreed to.
#[wasm_bindgen]
pub fn withdrawal(settings: &JsValue) {
    withdrawal::open(settings);
}

/// Shows everything that is kept, to take along.
#[wasm_bindgen]
pub fn kept(settings: &JsValue) {
    export::open(settings);
}

/// Asks whether to erase all of it.
#[wasm_bindgen]
pub fn erasure(settings: &JsValue) {
    erasure::open(settings);
}

fn words(settings: &JsValue) -> &'static Words {
    if js::text(settings, "language") == "en" { &ENGLISH } else { &CHINESE }
}

/// Writes by the page's own way. The error is what the sheet says.
async fn post(settings: &JsValue, path: &str, body: &JsValue) -> Result<(), String> {
    let answer = Promise::new(&mut |done, _| {
        let write = js::object(&[("path", &path.into()), ("body", body), ("done", &done)]);
        let _begun = js::call(settings, "post", &write);
    });
    // It is kept in any case: with nothing, or with a sentence.
    match JsFuture::from(answer).await.ok().and_then(|why| why.as_string()) {
        Some(why) => Err(why),
        None => Ok(()),
    }
}

/// Tells the page that the participant's standing is another.
fn changed(settings: &JsValue, withdrawn: bool) {
    let _told = js::call(settings, "changed", &withdrawn.into());
}
