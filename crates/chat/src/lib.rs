//! The page's side module for chat apps: it sets the share card through WeChat's JS-SDK or QQ's `mqq`, and shows an
//! operator what became of that. The page loads it inside those apps only, after it works itself, and for
//! `?debug=share`.
//!
//! It speaks to the page in plain JavaScript values:
//!
//! - `start({ host, is_ios, landing, share_card, open_tags, language, on_card })`, once; `on_card(ok)` is called when the
//!   app has taken the card, or has definitely not;
//! - `show({ title, text, image, links: { friend, moments, qq, qzone }, url })`, at first and whenever what is shared
//!   changes;
//! - `share()` opens the app's own share panel where a page can, and says whether it could;
//! - `panel()` opens the diagnosis.
//!
//! Nothing in here tells the shopper anything: a card that could not be set is no fault of theirs.

pub mod address;
mod card;
pub mod cause;
mod diary;
mod panel;
mod preview;
mod qq;
mod settings;
mod wechat;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use carnival_side as js;
use wasm_bindgen::prelude::*;

use card::Card;
use diary::Diary;
use settings::{App, Settings};

/// What the module is about, from its start on.
struct Chat {
    settings: Settings,
    diary: Diary,
    card: RefCell<Option<Card>>,
    /// Whether the app's own interface was asked to open.
    is_configured: Cell<bool>,
    /// Whether it did, and may be told of cards.
    is_open: Cell<bool>,
}

thread_local! {
    static CHAT: RefCell<Option<Rc<Chat>>> = const { RefCell::new(None) };
}

fn chat() -> Option<Rc<Chat>> {
    CHAT.with_borrow(Clone::clone)
}

/// Begins. A second call is without effect.
#[wasm_bindgen]
pub fn start(settings: &JsValue) {
    if chat().is_some() {
        return;
    }
    let begun = Rc::new(Chat {
        settings: Settings::read(settings),
        diary: Diary::default(),
        card: RefCell::default(),
        is_configured: Cell::default(),
        is_open: Cell::default(),
    });
    CHAT.set(Some(begun));
}

/// Sets the card. The first one opens the app's interface; so pages that share nothing cost nothing.
#[wasm_bindgen]
pub fn show(card: &JsValue) {
    let Some(chat) = chat() else { return };
    let card = Card::read(card);
    let is_first = chat.card.replace(Some(card)).is_none();
    match chat.settings.app {
        App::WeChat if chat.settings.share_card => wechat::show(&chat, is_first),
        App::WeChat => chat.diary.note("wechat", "no share_card in the campaign"),
        App::Qq => qq::show(&chat, is_first),
        App::Other => chat.diary.note("host", "no chat app: the card is that of the page's meta tags"),
    }
}

/// Opens the app's own share panel. False where a page can't.
#[wasm_bindgen]
pub fn share() -> bool {
    chat().is_some_and(|chat| chat.settings.app == App::Qq && qq::open_share_panel(&chat))
}

/// Opens the diagnosis.
#[wasm_bindgen]
pub fn panel() {
    if let Some(chat) = chat() {
        panel::open(&chat);
    }
}
