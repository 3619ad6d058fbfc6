//! Taking back what was agreed to.

use std::rc::Rc;

use carnival_contract::paths;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::sheet::{Sheet, close};
use crate::{changed, post, words};

/// What is forgotten and what stays, before either happens.
pub(crate) fn open(settings: &JsValue) {
    let words = words(settings);
    let Some(sheet) = Sheet::open("withdraw", words.withdraw, words.close) else { return };
    sheet.add("p", "", words.forgets);
    sheet.add("p", "", words.keeps);
    sheet.add_why();
    let (settings, tapped) = (settings.clone(), sheet.clone());
    let go = sheet.button("", words.withdraw, move |button| {
        if tapped.begins_to_send(button) {
            spawn_local(withdraw(settings.clone(), tapped.clone(), button.clone()));
        }
    });
    let _named = go.set_attribute("data-testid", "withdraw-go");
    sheet.button("button--quiet", words.not_now, |_| close());
}

async fn withdraw(settings: JsValue, sheet: Rc<Sheet>, button: HtmlElement) {
    let answer = post(&settings, paths::CONSENT_WITHDRAWAL, &JsValue::UNDEFINED).await;
    if answer.is_ok() {
        changed(&settings, true);
    }
    sheet.ends_sending(&button, &answer.err().unwrap_or_default());
}
