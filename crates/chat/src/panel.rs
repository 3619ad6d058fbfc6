//! The diagnosis: what an operator sees who opened the page with `?debug=share` on a phone.
//!
//! Its styles are set through the style object, which a content security policy leaves alone.

use std::rc::Rc;

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::{Chat, cause, js, preview};

const ID: &str = "carnival-debug-share";
const SHELL: &str = "position:fixed;left:0;right:0;top:0;bottom:0;z-index:99;overflow-y:auto;\
    -webkit-overflow-scrolling:touch;padding:16px;background:#fff6ee;color:#3a1d12;font:14px/1.5 -apple-system,\
    Roboto,'PingFang SC',sans-serif;text-align:left;word-break:break-all";
const HEADING: &str = "margin:16px 0 4px;font-size:16px;font-weight:700";
const BUTTON: &str = "min-height:44px;margin:8px 8px 8px 0;padding:0 18px;border:0;border-radius:22px;\
    background:#c8102e;color:#fff;font-size:16px";

/// Opens the panel, anew if it is open.
pub(crate) fn open(chat: &Rc<Chat>) {
    close();
    let Some(body) = js::document().body() else { return };
    let shell = block(&body, SHELL);
    shell.set_id(ID);
    let _set = shell.set_attribute("data-testid", "debug-share");
    let _set = shell.set_attribute("role", "dialog");
    let in_english = chat.settings.in_english;
    let say = |zh: &'static str, en: &'static str| if in_english { en } else { zh };

    add(&shell, "h2", "margin:0;font-size:20px", say("分享诊断", "Share diagnosis"));
    button(&shell, say("刷新", "Refresh"), {
        let chat = chat.clone();
        move || open(&chat)
    });
    button(&shell, say("复制全部", "Copy all"), {
        let chat = chat.clone();
        move || copy(&report(&chat))
    });
    button(&shell, say("关闭", "Close"), close);

    add(&shell, "h3", HEADING, say("环境", "Where"));
    for (name, value) in place(chat) {
        add(&shell, "div", "margin:0 0 2px", &[name, ": ", &value].concat());
    }
    add(&shell, "h3", HEADING, say("经过", "What happened"));
    for step in chat.diary.steps() {
        let line = format!("{} ms  {}  {}", step.at_ms, step.what, step.said);
        add(&shell, "div", "margin:0 0 2px;font-family:monospace;font-size:12px", &line);
        if let Some(cause) = cause::of(&step.said, in_english) {
            add(&shell, "div", "margin:0 0 6px 12px;color:#b00020", &["→ ", cause].concat());
        }
    }
    if let Some(card) = chat.card.borrow().as_ref() {
        add(&shell, "h3", HEADING, say("卡片", "Card"));
        preview::draw(&shell, card, in_english);
        for link in [&card.friend, &card.moments, &card.qq, &card.qzone] {
            add(&shell, "div", "margin:4px 0 0;font-family:monospace;font-size:12px", link);
        }
    }
}

fn close() {
    if let Some(panel) = js::document().get_element_by_id(ID) {
        panel.remove();
    }
}

/// Where the page is, as far as it can tell.
fn place(chat: &Chat) -> Vec<(&'static str, String)> {
    let user_agent = js::window().navigator().user_agent().unwrap_or_default();
    let version = |mark: &str| {
        let rest = user_agent.split_once(mark)?.1;
        Some([mark, rest.split([' ', ')', '(']).next().unwrap_or_default()].concat())
    };
    let marks = ["Chrome/", "AppleWebKit/", "XWEB/", "TBS/", "MicroMessenger/", " QQ/", "wxwork/"];
    let engine: Vec<_> = marks.into_iter().filter_map(version).collect();
    let wasm = js::get(&js::get(&js::window(), "WebAssembly"), "instantiate").is_function();
    vec![
        ("host", chat.settings.host.clone()),
        ("engine", engine.join(" ")),
        ("WebAssembly", if wasm { "yes" } else { "no" }.to_owned()),
        ("opened as", chat.settings.landing.clone()),
        ("now at", js::href()),
        ("share_card", chat.settings.share_card.to_string()),
        ("user agent", user_agent),
    ]
}

fn report(chat: &Chat) -> String {
    let place = place(chat).into_iter().map(|(name, value)| format!("{name}: {value}\n"));
    let steps = chat.diary.steps();
    let steps = steps.iter().map(|step| format!("{} ms  {}  {}\n", step.at_ms, step.what, step.said));
    place.chain(steps).collect()
}

/// The way of copying that works in every chat app, as long as it follows a tap.
fn copy(text: &str) {
    let Ok(field) = js::document().create_element("textarea") else { return };
    let field: HtmlTextAreaElement = field.unchecked_into();
    field.set_value(text);
    if let Some(panel) = js::document().get_element_by_id(ID) {
        let _added = panel.append_child(&field);
    }
    field.select();
    let _copied = js::call(&js::document(), "execCommand", &"copy".into());
    field.remove();
}

fn button(into: &HtmlElement, words: &str, tapped: impl FnMut() + 'static) {
    let button = add(into, "button", BUTTON, words);
    let _set = button.set_attribute("type", "button");
    let mut tapped = tapped;
    let listener = js::function(move |_: JsValue| tapped());
    button.set_onclick(Some(listener.unchecked_ref()));
}

/// An element with a style and a text.
pub(crate) fn add(into: &HtmlElement, name: &str, style: &str, text: &str) -> HtmlElement {
    #[expect(clippy::expect_used, reason = "the names are ours")]
    let element: HtmlElement = js::document().create_element(name).expect("a known name").unchecked_into();
    element.style().set_css_text(style);
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    let _added = into.append_child(&element);
    element
}

/// A box.
pub(crate) fn block(into: &HtmlElement, style: &str) -> HtmlElement {
    add(into, "div", style, "")
}
