//! QQ and TIM: `mqq`, of which some versions heed all, some a part and some nothing. So every call is a wish, and the
//! meta tags of the page stand behind it.

use std::rc::Rc;

use carnival_domain::share_card::{QQ_LINK_BYTES, ShareCard};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::card::Card;
use crate::{Chat, js};

const SCRIPT: &str = "https://open.mobile.qq.com/sdk/qqapi.js";
const SCRIPT_MS: i32 = 10_000;

pub(crate) fn show(chat: &Rc<Chat>, is_first: bool) {
    if !is_first {
        if chat.is_open.get() {
            set_card(chat);
        }
        return;
    }
    let chat = chat.clone();
    spawn_local(async move {
        // The app brings a part of it along; the script the rest.
        if !part("data", "setShareInfo").is_function() {
            let loaded = js::load_script(SCRIPT, SCRIPT_MS).await;
            chat.diary.note("sdk", [SCRIPT, ": ", loaded.as_ref().err().map_or("ok", String::as_str)].concat());
        }
        if js::get(&js::window(), "mqq").is_undefined() {
            chat.diary.note("mqq", "no answer");
            chat.settings.tell(false);
            return;
        }
        chat.is_open.set(true);
        listen(&chat);
        set_card(&chat);
    });
}

/// Opens the app's share panel.
pub(crate) fn open_share_panel(chat: &Chat) -> bool {
    let opened = js::call(&js::get(&mqq(), "ui"), "showShareMenu", &JsValue::UNDEFINED);
    if let Err(said) = &opened {
        chat.diary.note("showShareMenu", said.clone());
    }
    opened.is_ok()
}

fn mqq() -> JsValue {
    js::get(&js::window(), "mqq")
}

fn part(area: &str, name: &str) -> JsValue {
    js::get(&js::get(&mqq(), area), name)
}

/// The panel of QQ says which way was chosen and wants the card for it.
fn listen(chat: &Rc<Chat>) {
    let handler = {
        let chat = chat.clone();
        js::function(move |kind| {
            let Some(card) = chat.card.borrow().clone() else { return };
            let kind = kind.as_f64().unwrap_or_default() as u32;
            // 0 a friend in QQ, 1 QZone, 2 a friend in WeChat, 3 Moments.
            let link = match kind {
                1 => &card.qzone,
                2 => &card.friend,
                3 => &card.moments,
                _ => &card.qq,
            };
            let message = info(&chat, &card, link);
            for (name, value) in [("share_type", JsValue::from(kind)), ("back", JsValue::TRUE)] {
                let _plain_object = js_sys::Reflect::set(&message, &name.into(), &value);
            }
            wish(&chat, "ui", "shareMessage", &message);
        })
    };
    wish(chat, "ui", "setOnShareHandler", &handler);
}

fn set_card(chat: &Rc<Chat>) {
    let Some(card) = chat.card.borrow().clone() else { return };
    let said = wish(chat, "data", "setShareInfo", &info(chat, &card, &card.qq));
    chat.settings.tell(said);
}

/// The card within QQ's limits: what is over them QQ ignores as a whole.
fn info(chat: &Chat, card: &Card, link: &str) -> JsValue {
    let ShareCard { title, text, image } =
        ShareCard { title: card.title.clone(), text: card.text.clone(), image: card.image.clone() }.for_qq();
    let origin = js::window().location().origin().unwrap_or_default();
    let fits = link.len() <= QQ_LINK_BYTES && link.starts_with(&origin);
    if !fits {
        chat.diary.note("link", ["too long, or of another host: ", link].concat());
    }
    let (title, text, image) = (title.into(), text.into(), image.into());
    let mut members = vec![("title", &title), ("desc", &text), ("image_url", &image)];
    let link = link.into();
    if fits {
        members.push(("share_url", &link));
    }
    js::object(&members)
}

fn wish(chat: &Chat, area: &str, name: &'static str, argument: &JsValue) -> bool {
    let said = js::call(&js::get(&mqq(), area), name, argument);
    chat.diary.note(name, said.as_ref().err().map_or("ok", String::as_str));
    said.is_ok()
}
