//! The rules themselves, in the page: no server, no network. Clones are one participant.

use carnival_domain::time::Timestamp;
use carnival_mock_api::{MockApi, World};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::browser::timer;

/// The mock back end.
pub(crate) type Mock = MockApi;

/// The demo campaign, begun now, with shoppers in it.
pub(super) fn demo() -> Mock {
    MockApi::demo(World {
        now: Box::new(|| Timestamp::from_ms(timer::wall_ms() as i64)),
        random: Box::new(timer::fill_random),
    })
}

/// What one second brings.
pub(crate) fn next_second(api: &Mock) -> JsValue {
    api.stir();
    said(&api.live_frame())
}

/// As a server would say it.
pub(crate) fn said(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
