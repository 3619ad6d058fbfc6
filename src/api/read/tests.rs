//! What a back end says and the page reads are the same.

use super::*;
use std::fmt::Debug;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use carnival_contract::api::{CampaignApi, Reply};
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::problem::Problem;
use carnival_contract::replies::{Account, SignInOutcome};
use carnival_contract::replies::{ClaimReply, Me, StarVotes, StartEntry, VotesCast, VotesEarned};
use carnival_contract::requests::{Board, GiveConsent, MakeLink, PickItem, ShowPicks};
use carnival_contract::snapshot::Glance;
use carnival_domain::friends::VotesByFriends;
use carnival_domain::platforms::Provider;
use carnival_domain::reach::Reach;
use carnival_domain::share_token::{Channel, Landing};
use carnival_domain::time::{Day, Timestamp};
use carnival_mock_api::{MockApi, World};
use serde_json::Value;

use crate::state::first_sight::{FirstSight, Gist};
use crate::state::told::{Besides, CampaignSight, Prizes, StarsSight};

impl Node for Value {
    fn field(&self, name: &str) -> Option<Self> {
        self.get(name).filter(|value| !value.is_null()).cloned()
    }
    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }
    fn number(&self) -> Option<f64> {
        self.as_f64()
    }
    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }
    fn instant(&self) -> Option<f64> {
        let at: Timestamp = self.as_str()?.parse().ok()?;
        Some(at.as_ms() as f64)
    }
    fn items(&self) -> Option<Vec<Self>> {
        self.as_array().cloned()
    }
}

/// The mock never waits, so one look is enough.
fn now<T>(future: impl Future<Output = Reply<T>>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(reply) => reply.expect("not refused"),
        Poll::Pending => panic!("the mock waits for nothing"),
    }
}

fn reads_back<T: Read + PartialEq + Debug + serde::Serialize>(said: &T) {
    let json = serde_json::to_value(said).expect("plain data");
    assert_eq!(T::read(Some(json)).as_ref(), Some(said));
}

fn key(number: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([number; 16])
}

fn demo() -> MockApi {
    MockApi::demo(World {
        now: Box::new(|| Timestamp::from_ms(1_781_784_000_000)),
        random: Box::new(|bytes| bytes.fill(7)),
    })
}

#[test]
fn everything_that_a_back_end_says_is_read_as_it_was_meant() {
    let api = demo();
    let snapshot = now(api.campaign());
    reads_back(&snapshot);
    reads_back(&api.live_frame());
    reads_back(&now(api.time()));
    let round = snapshot.live.round.as_ref().expect("a round").round_id;
    reads_back(&now(api.enter_round(round, &key(1))));
    reads_back(&now(api.cast_vote(&snapshot.stars[0].id, &key(2))));
    reads_back(&now(api.claim(&snapshot.offers[0].id, &key(3))));
    let in_draw = StartEntry {
        offer_id: snapshot.offers[0].id.clone(),
        draw_id: "demo-618-c-all-50".into(),
        entry_id: carnival_domain::ids::EntryId([7; 16]),
        accepted_at: Timestamp::from_ms(0),
        signature: None,
        result_at: Timestamp::from_ms(1000),
        is_drawn: Some(false),
    };
    reads_back(&ClaimReply::InDraw { in_draw });
    reads_back(&now(api.leaderboard(Board::Day)));
    reads_back(&now(api.rounds(None)));
    reads_back(&now(api.fans()));
    reads_back(&now(api.audits()));
    reads_back(&now(api.me()));
    let link = MakeLink { landing: Landing::Coupons, channel: Channel::Friend };
    let link = now(api.make_link(&link, &key(4)));
    reads_back(&link);
    reads_back(&now(api.record_visit(&link.token, &key(5))));
    reads_back(&now(api.pick_item(&snapshot.items[0].id, &PickItem { is_picked: true }, &key(8))));
    reads_back(&now(api.show_picks(&ShowPicks { is_shown: true }, &key(9))));
    reads_back(&now(api.picks()));
    let consent = GiveConsent { version: snapshot.campaign.privacy.version };
    reads_back(&now(api.give_consent(&consent, &key(6))));
    reads_back(&now(api.me()));
    reads_back(&now(api.withdraw_consent(&key(7))));
    reads_back(&now(api.reach()));
    let brought = StarVotes { star_id: snapshot.stars[0].id.clone(), vote_count: 23 };
    reads_back(&Me { canvassed: Some(vec![brought]), ..Me::default() });
    let earned = VotesEarned { friend_count: 2, vote_count: 3 };
    reads_back(&VotesCast { day: Some(Day(20_622)), by_star: Vec::new(), by_friends: Some(earned) });
    reads_back(&VotesByFriends { votes_per_friend: 2, per_day: 3 });
    reads_back(&Reach { generations: vec![2, 1], is_whole: false });
}

#[test]
fn what_a_document_begins_with_is_all_that_its_first_files_read() {
    let snapshot = now(demo().campaign());
    let said = serde_json::to_value(Glance::from(&snapshot)).expect("plain data");
    let first = FirstSight::read(Some(said.clone())).expect("a beginning");
    assert!(first.campaign == Gist::from(&snapshot.campaign));
    assert_eq!(first.round, snapshot.live.round);
    let board = StarsSight::read(Some(said.clone())).expect("a board");
    assert_eq!(board.stars, snapshot.stars);
    assert_eq!(board.reveals_at, snapshot.reveals_at);
    assert_eq!(board.live.tallies, snapshot.live.tallies);
    let Prizes(prizes) = Prizes::read(Some(said.clone())).expect("prizes");
    assert_eq!(prizes, snapshot.campaign.prizes);
    assert!(CampaignSight::read(Some(said.clone())).is_some());
    assert!(Besides::read(Some(said)).is_none(), "the rest of it is fetched with the file that shows it");
}

#[test]
fn whoever_signed_in_and_however_that_ended_is_read_as_it_was_meant() {
    let since = Timestamp::from_ms(0);
    for nickname in [None, Some("小艾".to_owned())] {
        for provider in [Provider::WeChat, Provider::Qq] {
            reads_back(&Account { provider, since, nickname: nickname.clone() });
        }
    }
    [
        SignInOutcome::SignedIn,
        SignInOutcome::Refused,
        SignInOutcome::Snapshot,
        SignInOutcome::ConsentMissing,
        SignInOutcome::Failed,
    ]
    .iter()
    .for_each(reads_back);
}

#[test]
fn every_landing_and_every_refusal_is_read_as_it_was_meant() {
    let star_id = "kemi".parse().expect("a slug");
    let item_id = "hoodie".parse().expect("a slug");
    let landings = [
        Landing::Rush,
        Landing::Stars,
        Landing::Star { star_id },
        Landing::Coupons,
        Landing::Goods,
        Landing::Item { item_id },
    ];
    landings.iter().for_each(reads_back);
    for code in ErrorCode::ALL {
        reads_back(&Problem::new(*code).with_limit(3).retry_after_s(2).available_at(Timestamp::from_ms(0)));
    }
}

#[test]
fn what_is_not_as_expected_is_not_read() {
    assert_eq!(Vec::<u32>::read(Some(serde_json::json!([1, "2"]))), None);
    assert_eq!(Problem::read(Some(serde_json::json!("Bad Gateway"))), None);
}
