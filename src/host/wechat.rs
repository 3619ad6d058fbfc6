//! WeChat, and WeCom, which says that it is WeChat too.
//!
//! A page cannot open the share menu here; only the `···` of the app can, so sharing means pointing at it. The card
//! that a chat then shows is set through the JS-SDK after a signature from `GET wechat/signature`: its place is this
//! file. Without it a chat shows the document's title, which the page keeps up to date.

/// Whether the page is in this app.
pub(super) fn is_host(user_agent: &str) -> bool {
    user_agent.contains("MicroMessenger")
}
