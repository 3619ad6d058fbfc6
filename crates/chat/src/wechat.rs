//! WeChat: the JS-SDK, verified by a signature of our server.
//!
//! The user's own text size is left as they set it in WeChat: the page is laid out to survive it, and whoever needs
//! large letters needs them here too. So there is no `setFontSizeCallback`.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::card::Card;
use crate::{Chat, address, cause, js};

const SIGNATURE: &str = "/api/v1/wechat/signature?url=";
/// A phone in a tunnel: the page works meanwhile.
const FETCH_MS: i32 = 10_000;
const SCRIPT_MS: i32 = 10_000;
/// Clients answer within a second or never.
const CONFIG_MS: i32 = 8_000;
/// A second configuration tells nothing but its failure; that long it may take.
const AGAIN_MS: i32 = 2_000;
/// Right after `config` some clients are not ready for the first call.
const SET_AGAIN_MS: i32 = 1_000;
/// New names and old: some clients grant the new ones only together with the old.
const CALLS: [&str; 7] = [
    "updateAppMessageShareData",
    "updateTimelineShareData",
    "onMenuShareAppMessage",
    "onMenuShareTimeline",
    "onMenuShareQQ",
    "onMenuShareQZone",
    "checkJsApi",
];
const NEW_FRIEND: &str = CALLS[0];
const NEW_MOMENTS: &str = CALLS[1];
const OPEN_TAGS: [&str; 2] = ["wx-open-launch-weapp", "wx-open-launch-app"];

pub(crate) fn show(chat: &Rc<Chat>, is_first: bool) {
    let chat = chat.clone();
    if is_first {
        spawn_local(async move {
            match connect(&chat).await {
                Ok(()) => set_card(&chat),
                Err(said) => fail(&chat, "wechat", said),
            }
        });
    } else if chat.is_open.get() {
        // What open tags may do ends when the address changes, and begins with a signature for the new one.
        if chat.settings.open_tags {
            spawn_local(async move {
                let verified = verify(&chat, &js::href()).await;
                chat.diary.note("config again", verified.err().unwrap_or_else(|| "ok".to_owned()));
                set_card(&chat);
            });
        } else {
            set_card(&chat);
        }
    }
}

async fn connect(chat: &Rc<Chat>) -> Result<(), String> {
    let addresses = address::to_sign(chat.settings.is_ios, &chat.settings.landing, &js::href());
    let mut verified = Err("no address".to_owned());
    for address in addresses {
        verified = verify(chat, &address).await;
        match &verified {
            Err(said) if cause::is_wrong_address(said) => chat.diary.note("config", said.clone()),
            _ => break,
        }
    }
    if verified.is_ok() {
        chat.is_open.set(true);
    }
    verified
}

/// Signs an address and has the client check that.
async fn verify(chat: &Rc<Chat>, address: &str) -> Result<(), String> {
    chat.diary.note("sign", address);
    let path = [SIGNATURE, &js::escaped(address)].concat();
    let signature = js::fetch_json(&path, FETCH_MS).await.map_err(|said| ["signature: ", &said].concat())?;
    chat.diary.note("signed", ["app ", &js::text(&signature, "app_id"), ", ", &js::text(&signature, "url")].concat());
    let wx = sdk(chat, &signature).await?;
    configure(chat, &wx, &signature).await
}

/// The SDK's object, from the first of its hosts that has it.
async fn sdk(chat: &Chat, signature: &JsValue) -> Result<JsValue, String> {
    let has_sdk = || js::get(&wx(), "config").is_function();
    if has_sdk() {
        return Ok(wx());
    }
    for url in js_sys::Array::from(&js::get(signature, "sdk_urls")).iter().filter_map(|url| url.as_string()) {
        let loaded = js::load_script(&url, SCRIPT_MS).await;
        let said = loaded.as_ref().err().map_or("ok", String::as_str);
        chat.diary.note("sdk", [&url, ": ", said].concat());
        if has_sdk() {
            return Ok(wx());
        }
    }
    Err("sdk: could not be loaded".to_owned())
}

async fn configure(chat: &Rc<Chat>, wx: &JsValue, signature: &JsValue) -> Result<(), String> {
    let is_again = chat.is_configured.replace(true);
    let open_tags = if chat.settings.open_tags { &OPEN_TAGS[..] } else { &[] };
    let timestamp = js::get(signature, "timestamp");
    // The SDK changes the lists it is given: these are its own copies.
    let config = js::object(&[
        ("debug", &false.into()),
        ("appId", &js::get(signature, "app_id")),
        ("timestamp", &timestamp),
        ("nonceStr", &js::get(signature, "nonce_str")),
        ("signature", &js::get(signature, "signature")),
        ("jsApiList", &js::list(&CALLS)),
        ("openTagList", &js::list(open_tags)),
    ]);
    // `error` first: the SDK runs `ready` after a failure as well, and a failure nobody waits for is lost.
    let mut thrown = None;
    let verdict = Promise::new(&mut |done, _| {
        let on_error = {
            let done = done.clone();
            js::function(move |error| {
                let _settled = done.call1(&JsValue::NULL, &js::get(&error, "errMsg"));
            })
        };
        let on_ready = js::function(move |_| {
            let _settled = done.call1(&JsValue::NULL, &"config:ok".into());
        });
        thrown = js::call(wx, "error", &on_error).and_then(|_| js::call(wx, "config", &config)).err();
        if !is_again && thrown.is_none() {
            thrown = js::call(wx, "ready", &on_ready).err();
        }
    });
    if let Some(thrown) = thrown {
        return Err(thrown);
    }
    let answer = js::within_ms(if is_again { AGAIN_MS } else { CONFIG_MS }, verdict.clone()).await;
    let said = match answer {
        Ok(said) => said.as_string().unwrap_or_default(),
        Err(_) if is_again => "config:ok".to_owned(),
        Err(late) => {
            // The bridge may come after all; until then the card is the plain one.
            fail(chat, "config", late);
            let said = JsFuture::from(verdict).await;
            said.ok().and_then(|said| said.as_string()).unwrap_or_default()
        }
    };
    if said.ends_with(":ok") {
        chat.diary.note("config", said);
        Ok(())
    } else {
        Err(said)
    }
}

fn set_card(chat: &Rc<Chat>) {
    let Some(card) = chat.card.borrow().clone() else { return };
    set(chat, NEW_FRIEND, &card, &card.friend, 1);
    set(chat, NEW_MOMENTS, &card, &card.moments, 1);
    // The old names set what the menu asks for when it is opened; they answer only then.
    for (name, link) in [
        ("onMenuShareAppMessage", &card.friend),
        ("onMenuShareTimeline", &card.moments),
        ("onMenuShareQQ", &card.qq),
        ("onMenuShareQZone", &card.qzone),
    ] {
        if let Err(said) = js::call(&wx(), name, &data(&card, link, &[])) {
            chat.diary.note(name, said);
        }
    }
}

/// Sets the card for one way, with so many more tries.
fn set(chat: &Rc<Chat>, name: &'static str, card: &Card, link: &str, tries_left: u8) {
    let (succeeded, failed) = (chat.clone(), chat.clone());
    let success = js::function(move |_| {
        succeeded.diary.note(name, "ok");
        succeeded.settings.tell(true);
    });
    let refused = {
        let (card, link) = (card.clone(), link.to_owned());
        js::function(move |error| {
            let said = js::text(&error, "errMsg");
            if tries_left == 0 {
                return fail(&failed, name, said);
            }
            failed.diary.note(name, said);
            let (chat, card, link) = (failed.clone(), card.clone(), link.clone());
            spawn_local(async move {
                js::sleep_ms(SET_AGAIN_MS).await;
                // Something else may be shared by now, and set already.
                if chat.card.borrow().as_ref() == Some(&card) {
                    set(&chat, name, &card, &link, tries_left - 1);
                }
            });
        })
    };
    let data = data(card, link, &[("success", &success), ("fail", &refused)]);
    if let Err(said) = js::call(&wx(), name, &data) {
        fail(chat, name, said);
    }
}

fn data(card: &Card, link: &str, callbacks: &[(&str, &JsValue)]) -> JsValue {
    let text = |text: &str| JsValue::from_str(text);
    let (title, desc, link, image) = (text(&card.title), text(&card.text), text(link), text(&card.image));
    let mut members = vec![("title", &title), ("desc", &desc), ("link", &link), ("imgUrl", &image)];
    members.extend_from_slice(callbacks);
    js::object(&members)
}

fn wx() -> JsValue {
    js::get(&js::window(), "wx")
}

/// What could not be had. The shopper is told nothing; the page falls back to the plain card.
fn fail(chat: &Chat, what: &'static str, said: String) {
    chat.diary.note(what, said);
    chat.settings.tell(false);
}
