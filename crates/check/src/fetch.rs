//! What is fetched: the proof, its list, the participant's receipts and the key they are signed with. All from the page's own origin.

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCredentials, RequestInit, Response};

use crate::js;

/// Why nothing came.
pub(crate) enum Missed {
    /// The network, or a server that is busy: to try again is worth it.
    Network,
    /// The server said no.
    Refused,
}

/// Fetches a file of the back end's.
pub(crate) async fn bytes(path: &str) -> Result<Vec<u8>, Missed> {
    // Engines before 2018 leave the cookie out unless they are told.
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::SameOrigin);
    let asked = js::window().fetch_with_str_and_init(path, &init);
    let answer = JsFuture::from(asked).await.map_err(|_| Missed::Network)?;
    let response: Response = answer.dyn_into().map_err(|_| Missed::Network)?;
    if !response.ok() {
        return Err(if response.status() < 500 { Missed::Refused } else { Missed::Network });
    }
    let buffer = response.array_buffer().map_err(|_| Missed::Network)?;
    let buffer = JsFuture::from(buffer).await.map_err(|_| Missed::Network)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Whether a beacon's network signed a round so; none if the module that knows can't be had.
pub(crate) async fn is_beacon_signed(chain: &str, round: u64, signature: &str) -> Option<bool> {
    let loader = js::get(&js::window(), "__carnival");
    let load: Function = js::function(&loader, "load")?;
    let module: Promise = load.call1(&loader, &"beacon".into()).ok()?.dyn_into().ok()?;
    let module = JsFuture::from(module).await.ok()?;
    let is_signed = js::function(&module, "is_signed")?;
    // Rounds are far below 2^53: the network has been running for years, not for ages.
    let answer = is_signed.call3(&JsValue::NULL, &chain.into(), &(round as f64).into(), &signature.into()).ok()?;
    answer.as_bool()
}
