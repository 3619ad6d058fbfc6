//! Draws of stars' fans that wait for a public beacon: closed at the freeze, drawn with the round that was announced before
//! the first vote.

use std::time::Duration;

use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::fans::{FansDrawView, FansView};
use carnival_contract::live::AwaitedBeacon;
use carnival_contract::replies::FanEntry;
use carnival_contract::scenarios::Stage as _;
use carnival_contract::scenarios::campaign::{STARTS_AT, campaign, slug};
use carnival_domain::award::Occasion;
use carnival_domain::campaign::{Campaign, DrawSettings};
use carnival_domain::draw::beacon::MARGIN_MS;
use carnival_domain::fans::FansEnding;
use carnival_domain::time::Timestamp;
use carnival_proof::whole::{Given, check};

use crate::beacon::{Mood, QUICKNET, RECORDED, Relay, key};
use crate::client::Shopper;
use crate::stage::{TestApp, Wish};

/// How long before the freeze the servers start: all stars are known, and one round is open.
const BEFORE_MS: i64 = 60_000;

/// The scenarios' campaign, moved in time so that its votes are frozen just when a draw waits for the first recorded round; and
/// the minute before.
fn ending_for(relay: &Relay) -> (Campaign, Timestamp) {
    let mut campaign = campaign();
    let freezes_at = QUICKNET.round_at(RECORDED[0].0).plus_ms(-MARGIN_MS);
    let moved_ms = freezes_at.ms_since(campaign.ends_at);
    let moments = [&mut campaign.starts_at, &mut campaign.ends_at, &mut campaign.rounds.schedule.starts_at];
    for moment in moments.into_iter().chain(campaign.stars.iter_mut().map(|star| &mut star.reveals_at)) {
        *moment = moment.plus_ms(moved_ms);
    }
    assert_eq!(campaign.starts_at.ms_since(STARTS_AT), moved_ms);
    campaign.draw = DrawSettings { beacon: Some(QUICKNET), relays: vec![relay.address.clone()] };
    (campaign, freezes_at.plus_ms(-BEFORE_MS))
}

fn wish(relay: &Relay, in_memory: bool) -> Wish {
    let (campaign, starts_at) = ending_for(relay);
    Wish { campaign, starts_at, in_memory, ..Wish::default() }
}

/// Three fans of ben, two of ann, one of cai, each with their place.
async fn fans(app: &TestApp) -> Vec<(Shopper, FanEntry)> {
    let mut fans = Vec::new();
    for star in ["ben", "ben", "ben", "ann", "ann", "cai"] {
        let fan = app.shopper().await;
        let counted = fan.cast_vote(&slug(star), &key()).await.expect("counted");
        fans.push((fan, counted.fan.expect("a vote is an entry")));
    }
    fans
}

async fn shown(anyone: &Shopper) -> FansView {
    anyone.fans().await.expect("a reply").fans.expect("there are draws")
}

fn of(fans: &FansView, star: &str) -> FansDrawView {
    fans.draws.iter().find(|draw| draw.star_id == slug(star)).expect("a draw").clone()
}

/// Waits until both draws that are held are drawn.
async fn drawn(anyone: &Shopper) -> FansView {
    for _ in 0..100 {
        let fans = shown(anyone).await;
        if fans.draws.iter().filter(|draw| draw.is_drawn).count() == 2 {
            return fans;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("they still wait after ten seconds");
}

/// Holds that a draw was made with the round that was announced, and whole.
async fn is_proven(anyone: &Shopper, draw: &FansDrawView, announced: &AwaitedBeacon) {
    let proof = anyone.proof(&draw.draw_id).await.expect("a proof");
    let beacon = proof.beacon.as_ref().expect("a beacon went into it");
    assert_eq!(
        (beacon.chain, beacon.round, beacon.signature.as_str()),
        (announced.chain, announced.round, RECORDED[0].1)
    );
    assert_eq!(proof.commitment, draw.commitment);
    let document = serde_json::to_vec(&proof).expect("JSON");
    let held = check(&Given { proof: &document, ..Given::default() });
    assert!(held.is_ok(), "{held:?}");
}

#[tokio::test]
async fn a_fans_draw_waits_for_the_round_that_was_announced_and_nobody_has_won_before() {
    for in_memory in [true, false] {
        let relay = Relay::start(Mood::Down).await;
        let app = TestApp::with(wish(&relay, in_memory)).await;
        let anyone = app.shopper().await;
        let before = shown(&anyone).await;
        let announced = of(&before, "ben").beacon.expect("announced before anybody votes");
        assert_eq!((announced.round, announced.chain), (RECORDED[0].0, QUICKNET.chain()));
        assert!(before.draws.iter().all(|draw| draw.beacon == Some(announced)), "of every star: who is first is open");
        let fans = fans(&app).await;

        app.advance_ms(BEFORE_MS + MARGIN_MS).await;
        let waiting = shown(&anyone).await;
        let while_waiting = anyone.campaign().await.expect("a snapshot").live.revision;
        for star in ["ben", "ann"] {
            let draw = of(&waiting, star);
            assert_eq!((draw.ending, draw.is_drawn), (Some(FansEnding::Held), false), "closed, and waiting");
            assert_eq!(draw.beacon, Some(announced));
            let refused = anyone.proof(&draw.draw_id).await.expect_err("not drawn");
            assert_eq!((refused.code, refused.available_at), (ErrorCode::DrawNotDone, Some(announced.comes_at)));
        }
        let other = of(&waiting, "cai");
        assert_eq!(
            (other.ending, other.beacon),
            (Some(FansEnding::Undrawn), None),
            "what is not held waits for nothing"
        );
        for (fan, _) in &fans {
            assert!(fan.me().await.expect("theirs").wins.is_empty());
        }

        relay.turns(Mood::Honest);
        let after = drawn(&anyone).await;
        app.published().await;
        for star in ["ben", "ann"] {
            let draw = of(&after, star);
            assert_eq!((draw.beacon, draw.commitment), (None, of(&before, star).commitment));
            is_proven(&anyone, &of(&after, star), &announced).await;
            let winners = anyone.proof(&draw.draw_id).await.expect("a proof").winners;
            assert_eq!(winners.len(), 2, "two prizes a star, and at least two fans");
            for (fan, entry) in fans.iter().filter(|(_, entry)| entry.draw_id == draw.draw_id) {
                let wins = fan.me().await.expect("theirs").wins;
                assert_eq!(!wins.is_empty(), winners.iter().any(|winner| winner.entry_id == entry.entry_id));
                assert!(wins.iter().all(|win| win.occasion == Occasion::Star(slug(star))));
            }
        }
        let now = anyone.campaign().await.expect("a snapshot").live.revision;
        assert_ne!(now, while_waiting, "pages are told");
        app.running.stop().await;
    }
}

#[tokio::test]
async fn a_fans_draw_that_waited_through_a_restart_is_made_with_the_same_round() {
    let down = Relay::start(Mood::Down).await;
    let app = TestApp::with(wish(&down, false)).await;
    let announced = of(&shown(&app.shopper().await).await, "ben").beacon.expect("announced");
    fans(&app).await;
    app.advance_ms(BEFORE_MS + MARGIN_MS).await;
    let waiting = of(&shown(&app.shopper().await).await, "ben");
    assert_eq!((waiting.ending, waiting.is_drawn), (Some(FansEnding::Held), false));

    let stopped = app.stop().await;
    let honest = Relay::start(Mood::Honest).await;
    let again = stopped.start_again(wish(&honest, false)).await.expect("a server");
    let anyone = again.shopper().await;
    let after = of(&drawn(&anyone).await, "ben");
    assert_eq!((&after.draw_id, after.commitment), (&waiting.draw_id, waiting.commitment));
    is_proven(&anyone, &after, &announced).await;
}
