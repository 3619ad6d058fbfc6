//! Side modules: code of the page that is loaded only when it is asked for.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = __carnival, js_name = load)]
    fn carnival_load(name: &str) -> Promise;
}

/// A side module that is there.
pub(crate) struct Side(JsValue);

impl Side {
    /// Loads it, unless it is there; none if it can't be had now. The loader has tried more than once then. Loading
    /// begins with the call, not with the wait for it.
    pub(crate) fn load(name: &str) -> impl Future<Output = Option<Self>> + use<> {
        let loading = JsFuture::from(carnival_load(name));
        async { loading.await.ok().map(Self) }
    }

    /// Calls what it exports.
    pub(crate) fn call(&self, name: &str, argument: &JsValue) -> JsValue {
        let export = Reflect::get(&self.0, &name.into()).ok().and_then(|export| export.dyn_into::<Function>().ok());
        let answer = export.and_then(|export| export.call1(&JsValue::UNDEFINED, argument).ok());
        answer.unwrap_or(JsValue::UNDEFINED)
    }
}

/// An object of texts and truths, as side modules take them.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
