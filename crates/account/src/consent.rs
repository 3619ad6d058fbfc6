//! The privacy notice before anybody is asked who this is.

use std::rc::Rc;

use carnival_contract::paths;
use carnival_domain::platforms::Provider;
use carnival_side as js;
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::sheet::{Sheet, add, close, on};
use crate::words::Words;
use crate::{changed, post, words};

/// Who keeps what, what for and how long, and who else sees it; the boxes; and the way on.
pub(crate) fn open(settings: &JsValue) {
    let words = words(settings);
    let text = |name: &str| js::text(settings, name);
    let Some(provider) = Provider::parse(&text("provider")) else { return };
    let Some(sheet) = Sheet::open("sign-in", words.title, words.close) else { return };
    tell(&sheet, words, settings);

    let agree = sheet.tick("agree", words.agree, "");
    let nickname = js::truth(settings, "nickname").then(|| sheet.tick("nickname", words.nickname, words.nickname_is));
    sheet.add_why();
    let [before, after] = words.sign_in;
    let (settings, ticked, tapped) = (settings.clone(), agree.clone(), sheet.clone());
    let go = sheet.button("", &[before, &text("platform"), after].concat(), move |button| {
        if !ticked.checked() {
            return tapped.say(words.tick_first);
        }
        if !tapped.begins_to_send(button) {
            return;
        }
        let with_profile = nickname.as_ref().is_some_and(HtmlInputElement::checked);
        spawn_local(agree_and_leave(settings.clone(), provider, with_profile, tapped.clone(), button.clone()));
    });
    let _named = go.set_attribute("data-testid", "sign-in-go");
    let _waits = go.set_attribute("aria-disabled", "true");
    sheet.button("button--quiet", words.not_now, |_| close());

    let ticked = agree.clone();
    on(&agree, "change", move |_| {
        sheet.say("");
        let _shown = go.set_attribute("aria-disabled", if ticked.checked() { "false" } else { "true" });
    });
}

async fn agree_and_leave(
    settings: JsValue,
    provider: Provider,
    with_profile: bool,
    sheet: Rc<Sheet>,
    button: HtmlElement,
) {
    let body = JSON::stringify(&js::object(&[("version", &js::get(&settings, "version"))]));
    match post(&settings, paths::CONSENTS, &body.map_or(JsValue::UNDEFINED, JsValue::from)).await {
        // Whoever closed the sheet meanwhile wants to stay. Else it is shown at work until the page is left.
        Ok(()) if sheet.is_open() => {
            let out = paths::sign_in(provider, with_profile, &js::text(&settings, "to"));
            let _left = js::window().location().assign(&out);
        }
        Ok(()) => changed(&settings, false),
        Err(why) => sheet.ends_sending(&button, &why),
    }
}

fn tell(sheet: &Sheet, words: &Words, settings: &JsValue) {
    let text = |name: &str| js::text(settings, name);
    let around = |[before, after]: [&str; 2], name: &str| [before, &text(name), after].concat();
    let others = text("third_parties");
    let facts = [
        (words.who, [&text("organiser"), " · ", &text("contact")].concat()),
        (words.what, around(words.what_is, "platform")),
        (words.why, words.why_is.to_owned()),
        (words.how_long, around(words.how_long_is, "keep_days")),
        (words.who_else, if others.is_empty() { words.nobody_else.to_owned() } else { others }),
    ];
    let list = sheet.add("dl", "notice", "");
    for (term, fact) in facts {
        let line = add(&list, "div", "notice__line", "");
        add(&line, "dt", "", term);
        add(&line, "dd", "", &fact);
    }
    let links = sheet.add("p", "", "");
    for (href, name) in [("/rules".to_owned(), words.rules), (text("url"), words.whole_notice)] {
        if !href.is_empty() {
            let link = add(&links, "a", "notice__link", name);
            let _leads = link.set_attribute("href", &href);
            let _apart = link.set_attribute("rel", "noopener");
            // The page may draw what it leads to by itself.
            on(&link, "click", |_| close());
        }
    }
}
