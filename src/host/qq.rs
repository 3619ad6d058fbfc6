//! QQ and TIM.
//!
//! The share card is read from the `itemprop` tags that the server writes; `mqq.data.setShareInfo`, which some
//! versions heed and some ignore, has its place in this file.

/// Whether the page is in this app. QQ Browser calls itself `MQQBrowser` and so does the engine inside QQ and old
/// WeChat: only the token that stands alone counts.
pub(super) fn is_host(user_agent: &str) -> bool {
    user_agent.split(' ').any(|token| {
        let version = token.strip_prefix("QQ/").unwrap_or_default();
        version.starts_with(|first: char| first.is_ascii_digit())
    })
}
