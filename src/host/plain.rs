//! A browser, with the system's share sheet where it has one.

use carnival_domain::platforms::Provider;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{Clues, Host, Saving, Sharing};
use crate::browser::dom;

pub(super) const HOST: Host = Host {
    name: "plain",
    is_ios: false,
    card_channels: &[],
    sharing: Sharing::System,
    has_open_tags: false,
    provider: Some(Provider::Qq),
    saving: Saving::Download,
};

/// Whatever it is that the page is in.
pub(super) fn is_here(_clues: &Clues) -> bool {
    true
}

/// How a visit to the system's share sheet ended. Whether anything was sent can't be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WebShare {
    /// It was open.
    Shown,
    /// It could not be opened.
    Failed,
}

/// Whether the system's share sheet can be asked for: only over https, and not in every browser.
pub(super) fn has_web_share() -> bool {
    let share = Reflect::get(&dom::window().navigator(), &"share".into());
    share.is_ok_and(|share| share.is_function())
}

/// Opens the system's share sheet. Must be called from a tap.
pub(crate) async fn web_share(title: &str, text: &str, url: &str) -> WebShare {
    let data = web_sys::ShareData::new();
    data.set_title(title);
    data.set_text(text);
    data.set_url(url);
    match JsFuture::from(dom::window().navigator().share_with_data(&data)).await {
        Ok(_) => WebShare::Shown,
        // Closing the sheet is an answer, not a failure.
        Err(error) => match error.dyn_ref::<js_sys::Error>() {
            Some(error) if error.name() == "AbortError" => WebShare::Shown,
            _ => WebShare::Failed,
        },
    }
}
