//! The way to a platform and back, against platforms that behave as documented.

use carnival_contract::paths;
use carnival_contract::scenarios::Stage as _;
use carnival_domain::platforms::Provider;
use carnival_server::http::rate::{Rate, Rates};
use carnival_stand_in::{Health, Settings};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::sign_in::{at, server, vote, wechat, wish};
use crate::stage::{TestApp, Wish};
use crate::wechat::stand_in;

const EXCHANGE: &str = "/sns/oauth2/access_token";

#[tokio::test]
async fn a_code_is_exchanged_once_however_often_the_page_is_asked_for() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let ann = Browser::agreed(&app).await;
    let out = ann.hop(&wechat("/mine")).await;
    let back = ann.hop(&out).await;
    let both = futures_util::future::join_all((0..5).map(|_| ann.hop(&back))).await;
    assert!(both.iter().all(|to| to == "/mine"), "{both:?}");
    assert_eq!(stand_in.calls(EXCHANGE), 1);
    assert_eq!(ann.go("/mine").await.sign_in, "signed_in");
    assert_eq!(ann.go(&back).await, at("/mine", "signed_in"), "and somewhat later");
    assert_eq!(stand_in.calls(EXCHANGE), 1);
    assert!(ann.me().await.account.is_some());
}

#[tokio::test]
async fn made_up_codes_cost_the_platform_no_more_than_taps_may() {
    let stand_in = stand_in().await;
    let rates = Rates { writes_of_participant: Rate { per_second: 1, burst: 5 }, ..Wish::default().rates };
    let app = TestApp::with(Wish { rates, ..wish(&stand_in) }).await;
    let eve = Browser::agreed(&app).await;
    let out = eve.hop(&wechat("/")).await;
    let back = eve.hop(&out).await;
    let codes = (0..40).map(|n| back.replace("code=", &format!("code={n}")));
    let answers = futures_util::future::join_all(codes.map(async |url| eve.get(&url).await.status().as_u16())).await;
    assert!(answers.contains(&429), "{answers:?}");
    assert!(stand_in.calls(EXCHANGE) <= 5, "{}", stand_in.calls(EXCHANGE));
    let ben = Browser::agreed(&app).await;
    let out = ben.hop(&wechat("/")).await;
    let back = ben.hop(&out).await;
    let long = back.replace("code=", &format!("code={}", "a".repeat(600)));
    let calls = stand_in.calls(EXCHANGE);
    assert_eq!(ben.go(&long).await, at("/", "failed"));
    assert_eq!(stand_in.calls(EXCHANGE), calls, "no platform gives such codes");
}

#[tokio::test]
async fn two_starts_at_once_may_both_come_back() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let ann = Browser::agreed(&app).await;
    let (first, _second) = (ann.hop(&wechat("/")).await, ann.hop(&wechat("/")).await);
    assert_eq!(ann.go(&first).await, at("/", "signed_in"));
}

#[tokio::test]
async fn somebody_elses_code_is_of_no_use() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let (eve, ann) = (Browser::agreed(&app).await, Browser::agreed(&app).await);
    let out = eve.hop(&wechat("/")).await;
    let back = eve.hop(&out).await;
    assert_eq!(ann.go(&back).await, at("/", "failed"), "ann never left");
    ann.hop(&wechat("/")).await;
    assert_eq!(ann.go(&back).await, at("/", "failed"), "her state is another");
    let forged = back.replace("state=", "state=A");
    assert_eq!(eve.go(&forged).await, at("/", "failed"));
    assert_eq!(eve.go(&back.replace("/wechat/", "/qq/")).await, at("/", "failed"));
    assert_eq!(stand_in.calls(EXCHANGE), 0);
    assert_eq!(ann.me().await.account, None);
}

#[tokio::test]
async fn a_trip_that_took_too_long_is_over() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let ann = Browser::agreed(&app).await;
    let out = ann.hop(&wechat("/mine")).await;
    let back = ann.hop(&out).await;
    app.advance_ms(601_000).await;
    assert_eq!(ann.go(&back).await, at("/", "failed"));
}

#[tokio::test]
async fn who_says_no_stays_a_guest() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    stand_in.set(Settings { refuses: Some(true), ..Settings::default() });
    let ann = Browser::agreed(&app).await;
    assert_eq!(ann.go(&wechat("/stars")).await, at("/stars", "refused"));
    assert_eq!(ann.me().await.account, None);
}

#[tokio::test]
async fn a_snapshot_is_nobody() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    stand_in.set(Settings { is_snapshot: Some(true), ..Settings::default() });
    let ann = Browser::agreed(&app).await;
    assert_eq!(ann.go(&wechat("/")).await, at("/", "snapshot"));
    assert_eq!(ann.me().await.account, None);
}

#[tokio::test]
async fn a_platform_that_is_down_costs_nobody_their_page() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    for provider in [Provider::WeChat, Provider::Qq] {
        for health in [Health::Failing, Health::Hanging] {
            let ann = Browser::agreed(&app).await;
            let out = ann.hop(&paths::sign_in(provider, false, "/coupons")).await;
            let back = ann.hop(&out).await;
            stand_in.set(Settings { health: Some(health), ..Settings::default() });
            assert_eq!(ann.go(&back).await, at("/coupons", "failed"));
            assert_eq!(vote(&ann, "ann").await, 200, "the campaign goes on");
            stand_in.set(Settings { health: Some(Health::Well), ..Settings::default() });
            assert_eq!(ann.go(&paths::sign_in(provider, false, "/")).await, at("/", "signed_in"));
            ann.post::<Value>(paths::CONSENT_WITHDRAWAL, &json!({})).await;
        }
    }
}

#[tokio::test]
async fn a_spent_code_is_replaced_once() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    for (provider, exchange) in [(Provider::WeChat, EXCHANGE), (Provider::Qq, "/oauth2.0/token")] {
        let ann = Browser::agreed(&app).await;
        stand_in.set(Settings { codes_spoilt: Some(1), ..Settings::default() });
        assert_eq!(ann.go(&paths::sign_in(provider, false, "/mine")).await, at("/mine", "signed_in"));
        assert_eq!(stand_in.calls(exchange), 2);
        let ben = Browser::agreed(&app).await;
        stand_in.set(Settings { codes_spoilt: Some(9), ..Settings::default() });
        assert_eq!(ben.go(&paths::sign_in(provider, false, "/mine")).await, at("/mine", "failed"));
        assert_eq!(stand_in.calls(exchange), 4);
        stand_in.set(Settings { codes_spoilt: Some(0), ..Settings::default() });
    }
}

#[tokio::test]
async fn nothing_is_asked_of_a_platform_before_consent() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let ann = Browser::new(&app);
    assert_eq!(ann.go(&wechat("/rules")).await, at("/rules", "consent_missing"));
    ann.agree().await;
    let out = ann.hop(&wechat("/rules")).await;
    let back = ann.hop(&out).await;
    ann.post::<Value>(paths::CONSENT_WITHDRAWAL, &json!({})).await;
    assert_eq!(ann.go(&back).await, at("/rules", "consent_missing"), "taken back on the way");
    assert_eq!(stand_in.calls(EXCHANGE), 0);
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let ann = Browser::agreed(&app).await;
    for to in
        ["//evil.example", "https://evil.example", "/%5Cevil.example", "/%09/evil.example", "%2F%2Fevil.example", ""]
    {
        // As somebody else would write such an address.
        let out = format!("/auth/wechat?to={to}");
        assert_eq!(ann.go(&out).await, at("/", "signed_in"), "{to}");
        assert_eq!(Browser::new(&app).go(&out).await, at("/", "consent_missing"), "{to}");
    }
}

#[tokio::test]
async fn everybody_comes_back_to_where_they_were_to_the_letter() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let ann = Browser::agreed(&app).await;
    for to in ["/stars/ann?from=a&profile=1", "/s/a%2Fb+c", "/stars/%E6%98%9F?x=100%25"] {
        for with_profile in [false, true] {
            let out = paths::sign_in(Provider::WeChat, with_profile, to);
            assert_eq!(ann.go(&out).await, at(to, "signed_in"), "{out}");
        }
    }
}

#[tokio::test]
async fn where_there_is_no_account_there_is_no_way_in() {
    let app = TestApp::on_sqlite().await;
    let ann = Browser::agreed(&app).await;
    assert_eq!(ann.go(&wechat("/stars")).await, at("/stars", "failed"));
    let page = ann.get("/auth/myspace?to=/").await;
    assert_eq!(page.status(), 404);
}
