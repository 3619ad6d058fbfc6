//! What the page says at the start.

use js_sys::Function;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::js;

/// Whose interface there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum App {
    /// WeChat and WeCom.
    WeChat,
    /// QQ and TIM.
    Qq,
    /// A browser.
    Other,
}

pub(crate) struct Settings {
    pub(crate) app: App,
    /// The page's name for the host, such as `wechat-ios`.
    pub(crate) host: String,
    pub(crate) is_ios: bool,
    pub(crate) landing: String,
    pub(crate) share_card: bool,
    pub(crate) open_tags: bool,
    pub(crate) in_english: bool,
    on_card: Option<Function>,
}

impl Settings {
    pub(crate) fn read(value: &JsValue) -> Self {
        let host = js::text(value, "host");
        let app = match host.split('-').next() {
            Some("wechat" | "wecom" | "mini") => App::WeChat,
            Some("qq" | "tim") if host != "qq-browser" => App::Qq,
            _ => App::Other,
        };
        Self {
            app,
            host,
            is_ios: js::truth(value, "is_ios"),
            landing: js::text(value, "landing"),
            share_card: js::truth(value, "share_card"),
            open_tags: js::truth(value, "open_tags"),
            in_english: js::text(value, "language") == "en",
            on_card: js::get(value, "on_card").dyn_into().ok(),
        }
    }

    /// Tells the page whether the app has taken the card.
    pub(crate) fn tell(&self, ok: bool) {
        if let Some(on_card) = &self.on_card {
            let _whatever = on_card.call1(&JsValue::NULL, &ok.into());
        }
    }
}
