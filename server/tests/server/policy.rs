//! The content security policy.

use reqwest::header::{CONTENT_SECURITY_POLICY, USER_AGENT};

use crate::client::http;
use crate::html::header;
use crate::stage::TestApp;

#[tokio::test]
async fn the_policy_allows_what_the_page_needs_and_nothing_else() {
    let app = TestApp::in_memory().await;
    let policy = |agent: &'static str| {
        let request = http().get(app.url("/")).header(USER_AGENT, agent);
        async { header(&request.send().await.expect("an answer"), CONTENT_SECURITY_POLICY) }
    };
    let today =
        policy("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36")
            .await;
    assert!(today.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-"), "{today}");
    for part in
        ["; style-src 'self' 'sha256-", "; img-src 'self' data:;", "; connect-src 'self'", "; frame-ancestors 'none'"]
    {
        assert!(today.contains(part), "{today}");
    }
    assert!(!today.contains("unsafe-inline") && !today.contains("'unsafe-eval'"), "{today}");
    let old = policy("Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/66.0.3359.126 MQQBrowser/6.2 TBS/044807").await;
    assert!(old.contains(" 'unsafe-eval'"), "{old}");
}
