//! Bodies that the page sends: the contract's own requests, as the contract's own serializers write them.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;

/// A request's body; none for what is no JSON, which no request of the contract is.
pub(super) fn body(request: &impl Serialize) -> Option<String> {
    let object = request.serialize(&Serializer::json_compatible()).ok()?;
    js_sys::JSON::stringify(&object).ok()?.as_string()
}
