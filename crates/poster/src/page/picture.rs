//! The picture, loaded so that a canvas with it may still be read.

use js_sys::{Array, Promise};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

/// A picture that takes longer is left out: a poster without it is better than none.
const PATIENCE_MS: i32 = 4000;

/// Loads a picture; none if it can't be had.
pub(super) async fn load(address: &str) -> Option<HtmlImageElement> {
    if address.is_empty() {
        return None;
    }
    let window = web_sys::window()?;
    let image = HtmlImageElement::new().ok()?;
    if !address.starts_with('/') {
        // Another host's picture may be read only if that host says so.
        image.set_cross_origin(Some("anonymous"));
    }
    let loaded = Promise::new(&mut |done, refuse| {
        image.set_onload(Some(&done));
        image.set_onerror(Some(&refuse));
    });
    let late = Promise::new(&mut |_, refuse| {
        let _timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(&refuse, PATIENCE_MS);
    });
    image.set_src(address);
    JsFuture::from(Promise::race(&Array::of2(&loaded, &late))).await.ok()?;
    Some(image)
}
