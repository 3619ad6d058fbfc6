//! What tells hosts apart: what they put into the page, and then what they call themselves.

use js_sys::Reflect;

use crate::browser::dom;

#[derive(Debug, Default)]
pub(super) struct Clues {
    pub(super) user_agent: String,
    /// `__wxjs_environment` says so: some devices drop every other mark in a mini-program.
    pub(super) in_mini_program: bool,
    /// There is WeChat's bridge.
    pub(super) has_wechat_bridge: bool,
    /// There is QQ's.
    pub(super) has_mqq: bool,
    /// How many fingers it takes: an iPad may call itself a Mac, which takes none.
    pub(super) touch_points: f64,
}

impl Clues {
    pub(super) fn gather() -> Self {
        let window = dom::window();
        let navigator = window.navigator();
        let member = |name: &str| Reflect::get(&window, &name.into()).unwrap_or_default();
        Self {
            user_agent: navigator.user_agent().unwrap_or_default(),
            in_mini_program: member("__wxjs_environment").as_string().as_deref() == Some("miniprogram"),
            has_wechat_bridge: member("WeixinJSBridge").is_object(),
            has_mqq: member("mqq").is_object(),
            touch_points: Reflect::get(&navigator, &"maxTouchPoints".into())
                .ok()
                .and_then(|n| n.as_f64())
                .unwrap_or(0.0),
        }
    }

    pub(super) fn says(&self, mark: &str) -> bool {
        self.user_agent.contains(mark)
    }

    /// WeChat of any kind.
    pub(super) fn is_wechat(&self) -> bool {
        self.has_wechat_bridge || self.says("MicroMessenger/")
    }

    /// QQ or TIM. QQ Browser calls itself `MQQBrowser`, and so does the engine inside QQ and old WeChat: only the token
    /// that stands alone counts.
    pub(super) fn is_qq(&self) -> bool {
        self.has_mqq
            || self.user_agent.split(' ').any(|token| {
                let version = token.strip_prefix("QQ/").unwrap_or_default();
                version.starts_with(|first: char| first.is_ascii_digit())
            })
    }

    /// The engine of iOS, also on an iPad that says it is a Mac.
    pub(super) fn is_ios(&self) -> bool {
        self.says("iPhone") || self.says("iPad") || (self.says("Macintosh") && self.touch_points > 1.0)
    }
}
