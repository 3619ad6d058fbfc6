//! Erasing oneself: what goes, what stays and why, before anything happens.

use std::rc::Rc;

use carnival_contract::paths;
use carnival_side as js;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::sheet::{Sheet, add, close, on};
use crate::{post, words};

/// Two lists, a warning where something would be given up, a box to tick, and the way on.
pub(crate) fn open(settings: &JsValue) {
    let words = words(settings);
    let Some(sheet) = Sheet::open("erase", words.erase, words.close) else { return };
    let number = |name: &str| js::get(settings, name).as_f64().unwrap_or_default() as u32;
    for ([before, after], count) in
        [(words.gives_up_prizes, number("unsent")), (words.gives_up_coupons, number("coupons"))]
    {
        if count > 0 {
            sheet.add("p", "warning", &[before, &count.to_string(), after].concat());
        }
    }
    for (title, lines) in [(words.goes, words.goes_is), (words.stays, words.stays_is)] {
        sheet.add("h3", "", title);
        let list = sheet.add("ul", "", "");
        for line in lines {
            add(&list, "li", "", line);
        }
    }
    let sure = sheet.tick("erase-sure", words.erase_sure, "");
    sheet.add_why();
    let (settings, ticked, tapped) = (settings.clone(), sure.clone(), sheet.clone());
    let go = sheet.button("", words.erase, move |button| {
        if !ticked.checked() {
            return tapped.say(words.tick_sure);
        }
        if tapped.begins_to_send(button) {
            spawn_local(erase(settings.clone(), tapped.clone(), button.clone()));
        }
    });
    let _named = go.set_attribute("data-testid", "erase-go");
    let _waits = go.set_attribute("aria-disabled", "true");
    sheet.button("button--quiet", words.not_now, |_| close());
    let ticked = sure.clone();
    on(&sure, "change", move |_| {
        sheet.say("");
        let _shown = go.set_attribute("aria-disabled", if ticked.checked() { "false" } else { "true" });
    });
}

async fn erase(settings: JsValue, sheet: Rc<Sheet>, button: HtmlElement) {
    let words = words(&settings);
    match post(&settings, paths::ME_ERASURE, &JsValue::UNDEFINED).await {
        Ok(()) => {
            let _told = js::call(&settings, "erased", &JsValue::UNDEFINED);
            sheet.ends_page(words.erased);
            sheet.add("p", "", words.erased_is);
            let anew = sheet.button("", words.anew, |_| close());
            let _named = anew.set_attribute("data-testid", "erased");
            let _focused = anew.focus();
        }
        Err(why) => sheet.ends_sending(&button, &why),
    }
}
