//! Crawlers and link previews: they get the page, but are no guests, and their visits are nobody's reach.

use axum::http::{HeaderMap, header};

/// What they call themselves, in lower case. Chats fetch a link before anybody taps it; those fetchers name neither a
/// phone nor a browser of a person.
const NAMES: [&str; 16] = [
    "bot",
    "spider",
    "crawl",
    "slurp",
    "preview",
    "facebookexternalhit",
    "embedly",
    "whatsapp/",
    "qq-urlmanager",
    "mpcrawler",
    "wechatmini-check",
    "curl/",
    "wget/",
    "python-requests",
    "go-http-client",
    "okhttp",
];

/// Whether a program asks, of its own accord, rather than a person.
pub(crate) fn is_crawler(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let user_agent = text(header::USER_AGENT.as_str()).to_ascii_lowercase();
    let purpose = format!("{} {}", text("purpose"), text("sec-purpose")).to_ascii_lowercase();
    NAMES.iter().any(|name| user_agent.contains(name)) || purpose.contains("prefetch") || purpose.contains("preview")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn programs_are_told_from_people() {
        for (user_agent, is) in [
            ("Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)", true),
            ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 7_0 like Mac OS X) (compatible; bingbot/2.0)", true),
            ("Sogou web spider/4.0", true),
            ("Mozilla/5.0 (compatible; Bytespider; spider-feedback@bytedance.com)", true),
            ("facebookexternalhit/1.1", true),
            ("Mozilla/5.0 (compatible; SkypeUriPreview Preview/0.5)", true),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.69(0x1800452f) NetType/4G Language/zh_CN",
                false,
            ),
            (
                "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/121.0.6167.71 MQQBrowser/6.2 TBS/047925 Mobile Safari/537.36 V1_AND_SQ_9.2.66_13188_YYB_D QQ/9.2.66.33870",
                false,
            ),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::USER_AGENT, HeaderValue::from_static(user_agent))]);
            assert_eq!(is_crawler(&headers), is, "{user_agent}");
        }
    }

    #[test]
    fn a_page_fetched_ahead_is_not_looked_at_yet() {
        let headers = HeaderMap::from_iter([(
            axum::http::HeaderName::from_static("sec-purpose"),
            HeaderValue::from_static("prefetch;prerender"),
        )]);
        assert!(is_crawler(&headers));
    }
}
