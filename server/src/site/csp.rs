//! The content security policy: what the page needs, and nothing else.

use std::collections::BTreeSet;

use carnival_domain::campaign::Campaign;

use super::hash_source::hash_source;
use crate::platform::settings::PlatformSettings;

/// The policy, but for the one word that depends on the browser.
#[derive(Clone, Debug)]
pub struct Policy {
    scripts: String,
    rest: String,
    images: String,
    wechat: Option<Guest>,
    qq: Option<Guest>,
}

/// What a chat app's own script needs in its app, and nowhere else.
#[derive(Clone, Debug, Default)]
struct Guest {
    scripts: String,
    images: &'static str,
    frames: &'static str,
}

/// Where the JS-SDK reports to, as it does on every start.
const WECHAT_TELEMETRY: &str = " https://open.weixin.qq.com";
/// What WeChat's open tags are made of, as its documentation demands of pages with a policy.
const WECHAT_OPEN_TAGS: &str = "; frame-src https://*.qq.com:*";

impl Policy {
    /// The policy for a page with this HTML, which shows this campaign's pictures.
    pub fn of(html: &str, campaign: &Campaign, platforms: &PlatformSettings) -> Self {
        let scripts = inline(html, "script").map(hash_source);
        let styles = inline(html, "style").map(hash_source);
        let has_open_tags = campaign.items.iter().any(|item| item.mini_program.is_some() || item.native_app.is_some());
        let account = campaign.platforms.wechat.as_ref().filter(|account| account.share_card);
        Self {
            scripts: scripts.collect(),
            images: image_origins(campaign).into_iter().map(|origin| format!(" {origin}")).collect(),
            wechat: account.map(|_| Guest {
                scripts: platforms.wechat_sdk.iter().filter_map(|url| origin(url)).map(|o| format!(" {o}")).collect(),
                images: WECHAT_TELEMETRY,
                frames: if has_open_tags { WECHAT_OPEN_TAGS } else { "" },
            }),
            qq: origin(&platforms.qq_sdk).map(|o| Guest { scripts: format!(" {o}"), ..Guest::default() }),
            rest: format!(
                "; style-src 'self'{}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                styles.collect::<String>()
            ),
        }
    }

    /// The header's value for a browser of this name.
    pub fn header(&self, user_agent: &str) -> String {
        // Never both: an engine that does not know the narrow word complains of it in its console.
        let eval = if needs_unsafe_eval(user_agent) { "'unsafe-eval'" } else { "'wasm-unsafe-eval'" };
        let guest = if user_agent.contains("MicroMessenger/") {
            self.wechat.as_ref()
        } else if user_agent.contains(" QQ/") {
            self.qq.as_ref()
        } else {
            None
        };
        let (scripts, images, frames) =
            guest.map_or(("", "", ""), |guest| (guest.scripts.as_str(), guest.images, guest.frames));
        format!(
            "default-src 'none'; script-src 'self' {eval}{}{scripts}; img-src 'self' data:{}{images}{}{frames}",
            self.scripts, self.images, self.rest
        )
    }
}

/// Whether an engine takes WebAssembly only together with `eval`: all before `'wasm-unsafe-eval'` was known,
/// that is Chromium 97, Safari 16 and Firefox 102. Whoever does not say gets what works.
fn needs_unsafe_eval(user_agent: &str) -> bool {
    let number_after = |mark: &str| {
        let rest = &user_agent[user_agent.find(mark)? + mark.len()..];
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse::<u32>().ok()
    };
    // On iOS every browser is the system's WebKit, whatever else it says of itself.
    if let Some(version) = number_after("iPhone OS ").or_else(|| number_after("CPU OS ")) {
        return version < 16;
    }
    if let Some(version) = number_after("Chrome/").or_else(|| number_after("Chromium/")) {
        return version < 97;
    }
    if let Some(version) = number_after("Firefox/") {
        return version < 102;
    }
    number_after("Version/").is_none_or(|version| version < 16)
}

/// The contents of inline elements that the browser would apply: a `src` or a `type` makes it something else.
fn inline<'h>(html: &'h str, element: &'static str) -> impl Iterator<Item = &'h str> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(&open)? + open.len();
            let (attributes, after) = rest[start..].split_once('>')?;
            let (body, after) = after.split_once(&close)?;
            rest = after;
            if !attributes.contains("src=") && !attributes.contains("type=") {
                return Some(body);
            }
        }
    })
}

/// Where pictures of the campaign come from, if not from here.
fn image_origins(campaign: &Campaign) -> BTreeSet<String> {
    let pictures = (campaign.prizes().map(|prize| &prize.image))
        .chain(campaign.stars.iter().map(|star| &star.portrait))
        .chain(campaign.items.iter().map(|item| &item.image))
        .chain(std::iter::once(&campaign.cover));
    let origins = pictures.filter_map(|picture| if picture.starts_with("https://") { origin(picture) } else { None });
    origins.collect()
}

/// Scheme and host of an address.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_engines_that_need_it_get_unsafe_eval() {
        for (user_agent, needs) in [
            (
                "Mozilla/5.0 (Linux; Android 16; V2366HA; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7680.177 Mobile Safari/537.36 XWEB/1460075 MicroMessenger/8.0.70.3060",
                false,
            ),
            (
                "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 XWEB/4255 Mobile Safari/537.36 MicroMessenger/8.0.22",
                true,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/64.0.3264.0 Safari/537.36",
                true,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.0.0 Safari/537.36",
                true,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/97.0.0.0 Safari/537.36",
                false,
            ),
            (
                "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/8.0.10.41",
                false,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.69(0x1800452f)",
                false,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.30",
                true,
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 12_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0.0.0 Mobile/15E148 Safari/604.1",
                true,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
                false,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Safari/605.1.15",
                true,
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", false),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:91.0) Gecko/20100101 Firefox/91.0", true),
            ("", true),
            ("something else", true),
        ] {
            assert_eq!(needs_unsafe_eval(user_agent), needs, "{user_agent}");
        }
    }

    #[test]
    fn only_the_chat_app_gets_its_own_script_let_in() {
        let mut campaign = carnival_contract::scenarios::campaign::campaign();
        let (wechat, qq) = ("Mobile MicroMessenger/8.0.69", "Mobile V1_IPH_SQ_8 QQ/8.8.0.608");
        let policy = |campaign: &Campaign| Policy::of("", campaign, &PlatformSettings::default());
        assert!(!policy(&campaign).header(wechat).contains("qq.com"), "no card was configured");
        campaign.platforms.wechat = Some(carnival_domain::platforms::WeChatAccount {
            app_id: "wx0123456789abcdef".to_owned(),
            share_card: true,
            sign_in: false,
            profile: false,
        });
        let policy = policy(&campaign);
        assert!(policy.header(wechat).contains(
            " https://res.wx.qq.com https://res2.wx.qq.com; img-src 'self' data: https://open.weixin.qq.com"
        ));
        assert!(policy.header(qq).contains(" https://open.mobile.qq.com; img-src"));
        assert!(!policy.header("Mozilla/5.0 Chrome/146.0.0.0").contains("qq.com"));
    }

    #[test]
    fn inline_scripts_are_allowed_by_hash_and_data_is_no_script() {
        let html = "<script>alert(1)</script><script src=\"/a.js\"></script>\
                    <script type=\"application/json\">{}</script><style>a{}</style>";
        assert_eq!(inline(html, "script").collect::<Vec<_>>(), ["alert(1)"]);
        assert_eq!(inline(html, "style").collect::<Vec<_>>(), ["a{}"]);
    }
}
