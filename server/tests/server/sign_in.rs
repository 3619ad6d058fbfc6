//! Who one is after signing in, and what becomes of what was done before.

use carnival_contract::paths;
use carnival_contract::replies::{LeaderboardReply, Me, VoteCounted};
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::{ROUND_MS, campaign};
use carnival_domain::platforms::{Provider, QqApplication, WeChatAccount};
use carnival_server::platform::settings::PlatformSettings;
use carnival_stand_in::{QQ_CLIENT_ID, QQ_SECRET, Settings, StandIn, WECHAT_APP_ID, WECHAT_SECRET};
use serde_json::{Value, json};

use crate::browser::{Arrived, Browser};
use crate::stage::{TestApp, Wish};
use crate::wechat::stand_in;

pub(crate) async fn server(stand_in: &StandIn) -> TestApp {
    TestApp::with(wish(stand_in)).await
}

pub(crate) fn wish(stand_in: &StandIn) -> Wish {
    let mut campaign = campaign();
    campaign.platforms.wechat =
        Some(WeChatAccount { app_id: WECHAT_APP_ID.to_owned(), share_card: false, sign_in: true, profile: true });
    campaign.platforms.qq = Some(QqApplication { client_id: QQ_CLIENT_ID.to_owned(), profile: true });
    let platforms = PlatformSettings {
        wechat_secret: Some(WECHAT_SECRET.to_owned()),
        qq_secret: Some(QQ_SECRET.to_owned()),
        wechat_api: stand_in.url(),
        wechat_open: stand_in.url(),
        qq_api: stand_in.url(),
        ..PlatformSettings::default()
    };
    Wish { campaign, platforms, ..Wish::default() }
}

pub(crate) fn wechat(to: &str) -> String {
    paths::sign_in(Provider::WeChat, false, to)
}

pub(crate) fn at(path: &str, sign_in: &str) -> Arrived {
    Arrived { path: path.to_owned(), sign_in: json!(sign_in) }
}

pub(crate) async fn vote(browser: &Browser, star: &str) -> u16 {
    browser.post_raw(&format!("/api/v1/stars/{star}/votes"), &json!({})).await.status().as_u16()
}

async fn votes_of(browser: &Browser, star: &str) -> u64 {
    let board: LeaderboardReply = browser.get("/api/v1/leaderboards/overall").await.json().await.expect("a board");
    let line = board.standings.iter().find(|line| line.tally.star_id.as_str() == star);
    line.expect("a line").tally.vote_count
}

fn star_ids(me: &Me) -> Vec<String> {
    let mut ids: Vec<_> = me.votes.by_star.iter().map(|votes| votes.star_id.to_string()).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_guest_signs_in_and_keeps_what_they_did() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let ann = Browser::agreed(&app).await;
    vote(&ann, "ben").await;
    assert_eq!(
        ann.go(&wechat("/stars/ben?from=singlemessage")).await,
        at("/stars/ben?from=singlemessage", "signed_in")
    );
    let me = ann.me().await;
    let account = me.account.clone().expect("an account");
    assert_eq!((account.provider, account.nickname), (Provider::WeChat, None));
    assert_eq!(star_ids(&me), ["ben"]);
    assert_eq!(ann.go("/stars/ben").await.sign_in, Value::Null, "it is told once");
}

#[tokio::test]
async fn signing_in_on_a_second_telephone_makes_one_person_without_a_double_vote() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let (phone, tablet) = (Browser::agreed(&app).await, Browser::agreed(&app).await);
    for star in ["ann", "ben"] {
        assert_eq!(vote(&phone, star).await, 200);
    }
    phone.go(&wechat("/")).await;
    for star in ["ben", "cai", "dai"] {
        assert_eq!(vote(&tablet, star).await, 200);
    }
    let round: Value = phone.get(paths::CAMPAIGN).await.json().await.expect("a snapshot");
    let enter = format!("/api/v1/rounds/{}/entries", round["live"]["round"]["round_id"]);
    let first: Value = phone.post(&enter, &json!({})).await;
    let second: Value = tablet.post(&enter, &json!({})).await;
    let coupon: Value = tablet.post("/api/v1/coupons/few/claims", &json!({})).await;
    let old_cookie = tablet.cookies.lock().expect("a jar").clone();

    assert_eq!(tablet.go(&wechat("/mine")).await, at("/mine", "signed_in"));
    let me = tablet.me().await;
    assert_eq!(me, phone.me().await, "one person");
    assert_eq!(star_ids(&me), ["ann", "ben", "cai"], "three a day, one for each star: the later ones went");
    app.published().await;
    let mut counts = Vec::new();
    for star in ["ann", "ben", "cai", "dai"] {
        counts.push(votes_of(&phone, star).await);
    }
    assert_eq!(counts, [1, 1, 1, 0]);
    assert_eq!(vote(&tablet, "dai").await, 409, "today's votes are used");

    let entries: Vec<_> = me.entries.iter().map(|entry| entry.entry_id.to_string()).collect();
    for accepted in [&first, &second] {
        let entry_id = accepted["receipt"]["entry_id"].as_str().expect("an id");
        assert!(entries.contains(&entry_id.to_owned()), "a signed receipt stays true");
    }
    assert_eq!(me.coupons[0].code, coupon["coupon"]["code"]);
    assert_eq!(tablet.post_raw("/api/v1/coupons/few/claims", &json!({})).await.status(), 409);

    let tab = Browser::new(&app);
    *tab.cookies.lock().expect("a jar") = old_cookie;
    assert_eq!(tab.me().await, me, "a tab from before is the same person");
    assert_eq!(vote(&tab, "dai").await, 409);

    let third = Browser::agreed(&app).await;
    third.post::<Value>(&enter, &json!({})).await;
    app.advance_ms(ROUND_MS).await;
    let draw = first["receipt"]["draw_id"].as_str().expect("a draw");
    let proof: Value = third.get(&format!("/api/v1/draws/{draw}/proof")).await.json().await.expect("a proof");
    let won: Vec<_> = proof["winners"].as_array().expect("winners").iter().map(|won| &won["entry_id"]).collect();
    let mine = [&first, &second].map(|accepted| &accepted["receipt"]["entry_id"]);
    assert_eq!(won.len(), 2);
    assert_eq!(mine.iter().filter(|entry| won.contains(entry)).count(), 1, "one person wins once: {proof}");
}

#[tokio::test]
async fn somebody_elses_telephone_does_not_make_two_people_one() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let phone = Browser::agreed(&app).await;
    vote(&phone, "ann").await;
    phone.go(&wechat("/")).await;
    let ada = phone.me().await;
    stand_in.set(Settings { person: Some("bob".to_owned()), ..Settings::default() });
    assert_eq!(phone.go(&wechat("/")).await, at("/", "signed_in"));
    let bob = phone.me().await;
    assert!(bob.votes.by_star.is_empty() && bob.account.is_some());
    assert_eq!(vote(&phone, "ann").await, 200, "they have votes of their own");
    stand_in.set(Settings { person: Some("ada".to_owned()), ..Settings::default() });
    phone.go(&wechat("/")).await;
    assert_eq!(phone.me().await, ada);
}

#[tokio::test]
async fn nor_does_it_if_they_come_by_another_platform() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let qq = paths::sign_in(Provider::Qq, false, "/");
    let (phone, bobs) = (Browser::agreed(&app).await, Browser::agreed(&app).await);
    vote(&phone, "ann").await;
    phone.go(&wechat("/")).await;
    let ada = phone.me().await;
    // Bob has an account already in one case, and none yet in the other.
    stand_in.set(Settings { person: Some("bob".to_owned()), ..Settings::default() });
    bobs.go(&qq).await;
    for person in ["bob", "eve"] {
        stand_in.set(Settings { person: Some(person.to_owned()), ..Settings::default() });
        assert_eq!(phone.go(&qq).await, at("/", "signed_in"));
        let me = phone.me().await;
        assert_eq!(me.account.map(|account| account.provider), Some(Provider::Qq));
        assert!(me.votes.by_star.is_empty(), "{person} did not vote");
        stand_in.set(Settings { person: Some("ada".to_owned()), ..Settings::default() });
        phone.go(&wechat("/")).await;
        assert_eq!(phone.me().await, ada, "ada is who she was");
    }
}

#[tokio::test]
async fn two_campaigns_of_one_server_key_cannot_tell_that_they_have_the_same_person() {
    let stand_in = stand_in().await;
    let mut subjects = Vec::new();
    for id in ["spring", "summer"] {
        let mut wish = wish(&stand_in);
        wish.campaign.id = id.parse().expect("a slug");
        let app = TestApp::with(wish).await;
        Browser::agreed(&app).await.go(&wechat("/")).await;
        let db = rusqlite::Connection::open(app.directory().join("carnival.db")).expect("a database");
        let subject = db.query_row("SELECT subject FROM account", [], |row| row.get::<_, [u8; 32]>(0));
        subjects.push(subject.expect("an account"));
    }
    assert_ne!(subjects[0], subjects[1]);
}

#[tokio::test]
async fn a_nickname_is_taken_only_where_it_was_asked_for() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let nickname = async |browser: &Browser| browser.me().await.account.and_then(|account| account.nickname);
    for provider in [Provider::WeChat, Provider::Qq] {
        stand_in.set(Settings { person: Some(provider.as_str().to_owned()), ..Settings::default() });
        let ann = Browser::agreed(&app).await;
        assert_eq!(ann.go(&paths::sign_in(provider, false, "/")).await, at("/", "signed_in"));
        assert_eq!(nickname(&ann).await, None);
        ann.go(&paths::sign_in(provider, true, "/")).await;
        assert_eq!(nickname(&ann).await.as_deref(), Some("小艾"));
        ann.go(&paths::sign_in(provider, false, "/")).await;
        assert_eq!(nickname(&ann).await.as_deref(), Some("小艾"), "what was given stays");
    }
}

#[tokio::test]
async fn who_takes_back_their_consent_is_a_guest_again_with_all_their_things() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    let ann = Browser::agreed(&app).await;
    let cast: VoteCounted = ann.post("/api/v1/stars/ann/votes", &json!({})).await;
    ann.go(&wechat("/")).await;
    ann.post::<Value>(paths::CONSENT_WITHDRAWAL, &json!({})).await;
    let me = ann.me().await;
    assert_eq!((me.account, me.consent, me.votes), (None, None, cast.votes));
    assert_eq!(ann.go(&wechat("/")).await, at("/", "consent_missing"));
    let elsewhere = Browser::agreed(&app).await;
    elsewhere.go(&wechat("/")).await;
    assert!(elsewhere.me().await.votes.by_star.is_empty(), "what the platform said was forgotten");
}

#[tokio::test]
async fn a_platforms_id_is_in_no_answer_and_not_in_the_database() {
    let stand_in = stand_in().await;
    let app = server(&stand_in).await;
    stand_in.set(Settings { person: Some("unmistakable".to_owned()), ..Settings::default() });
    for provider in [Provider::WeChat, Provider::Qq] {
        let ann = Browser::agreed(&app).await;
        let out = ann.hop(&paths::sign_in(provider, true, "/mine")).await;
        let back = ann.hop(&out).await;
        let done = ann.get(&back).await;
        assert!(!format!("{:?}", done.headers()).contains("unmistakable"));
        for path in [paths::ME, "/mine"] {
            let text = ann.get(path).await.text().await.expect("an answer");
            assert!(!text.contains("unmistakable"), "{text}");
        }
    }
    let directory = app.directory().to_owned();
    app.running.stop().await;
    let database = std::fs::read(directory.join("carnival.db")).expect("a file");
    assert!(!database.windows(12).any(|bytes| bytes == b"unmistakable"));
}
