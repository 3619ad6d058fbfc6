//! Signatures for the WeChat JS-SDK, against a platform that behaves as documented.

use std::net::{IpAddr, Ipv4Addr};

use carnival_contract::error_code::ErrorCode;
use carnival_contract::paths;
use carnival_contract::replies::WeChatSignature;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::campaign;
use carnival_domain::platforms::WeChatAccount;
use carnival_server::platform::settings::PlatformSettings;
use carnival_stand_in::{Health, Settings, StandIn, WECHAT_APP_ID, WECHAT_SECRET};

use crate::client::{http, problem, read};
use crate::stage::{TestApp, Wish};

const TICKET: &str = "/cgi-bin/ticket/getticket";
const TOKEN: &str = "/cgi-bin/stable_token";
const HOUR_MS: i64 = 3_600_000;

pub(crate) async fn stand_in() -> StandIn {
    StandIn::start(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).await.expect("a free port")
}

pub(crate) async fn server(stand_in: &StandIn) -> TestApp {
    let mut campaign = campaign();
    campaign.platforms.wechat =
        Some(WeChatAccount { app_id: WECHAT_APP_ID.to_owned(), share_card: true, sign_in: false, profile: false });
    let platforms = PlatformSettings {
        wechat_secret: Some(WECHAT_SECRET.to_owned()),
        wechat_api: stand_in.url(),
        ..PlatformSettings::default()
    };
    TestApp::with(Wish { campaign, platforms, ..Wish::default() }).await
}

async fn ask(app: &TestApp, url: &str) -> reqwest::Response {
    let request = http().get(app.url(paths::WECHAT_SIGNATURE)).query(&[("url", url)]);
    request.send().await.expect("an answer")
}

#[tokio::test]
async fn a_hundred_pages_at_once_cost_one_ticket() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let url = app.url("/s/abc?from=singlemessage&isappinstalled=0#rest");
    let asked = futures_util::future::join_all((0..100).map(|_| ask(&app, &url))).await;
    for response in asked {
        let signed: WeChatSignature = read(response).await.expect("a signature");
        assert_eq!(signed.app_id, WECHAT_APP_ID);
        assert_eq!(signed.url, app.url("/s/abc?from=singlemessage&isappinstalled=0"));
        assert_eq!(signed.signature.len(), 40);
    }
    assert_eq!((stand_in.calls(TOKEN), stand_in.calls(TICKET)), (1, 1));
}

#[tokio::test]
async fn a_ticket_is_renewed_before_it_ends_and_nobody_waits_for_that() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    read::<WeChatSignature>(ask(&app, &app.url("/")).await).await.expect("a signature");
    app.advance_ms(2 * HOUR_MS - 100_000).await;
    stand_in.set(Settings { advance_s: Some(7100), health: Some(Health::Hanging), ..Settings::default() });
    let asked = std::time::Instant::now();
    read::<WeChatSignature>(ask(&app, &app.url("/")).await).await.expect("the old one still signs");
    assert!(asked.elapsed().as_millis() < 1000, "{:?}", asked.elapsed());
    for _ in 0..100 {
        if stand_in.calls(TOKEN) == 2 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody asked for the next ticket");
}

#[tokio::test]
async fn a_platform_that_is_down_is_said_once_and_left_alone_for_a_while() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    stand_in.set(Settings { health: Some(Health::Failing), ..Settings::default() });
    for _ in 0..5 {
        let refused = problem(ask(&app, &app.url("/")).await).await;
        assert_eq!((refused.code, refused.retry_after_s), (ErrorCode::PlatformUnavailable, Some(30)));
    }
    assert_eq!(stand_in.calls(TOKEN), 1);
    let page = http().get(app.url("/")).send().await.expect("an answer");
    assert_eq!(page.status(), 200, "the page works on");
    stand_in.set(Settings { health: Some(Health::Well), ..Settings::default() });
    app.advance_ms(31_000).await;
    read::<WeChatSignature>(ask(&app, &app.url("/")).await).await.expect("a signature");
}

#[tokio::test]
async fn no_other_site_gets_a_signature_and_nobody_the_secret() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    for url in ["https://evil.example/", "", "javascript:alert(1)", &format!("{}@evil.example/", app.url(""))] {
        assert_eq!(problem(ask(&app, url).await).await.code, ErrorCode::ForeignUrl, "{url}");
    }
    let without = http().get(app.url(paths::WECHAT_SIGNATURE)).send().await.expect("an answer");
    assert_eq!(problem(without).await.code, ErrorCode::MalformedRequest);
    assert_eq!(stand_in.calls(TOKEN), 0, "nothing was asked for them");
    let text = ask(&app, &app.url("/")).await.text().await.expect("a body");
    assert!(!text.contains(WECHAT_SECRET) && !text.contains("ticket"), "{text}");
}

#[tokio::test]
async fn without_an_account_there_is_nothing_to_sign() {
    let app = TestApp::on_sqlite().await;
    assert_eq!(problem(ask(&app, &app.url("/")).await).await.code, ErrorCode::PlatformNotConfigured);
}
