//! What is left of the real program when it is killed, stopped or out of disk.

use std::time::{Duration, Instant};

use carnival_contract::api::CampaignApi as _;
use carnival_contract::audits::RefusedVotes;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::paths;
use carnival_domain::award::AwardState;
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::ids::StarId;

use crate::client::Shopper;
use crate::live::Frames;
use crate::process::{Process, run};

fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

fn star() -> StarId {
    "kemi".parse().expect("a slug")
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_kill() {
    let data = tempfile::tempdir().expect("a directory");
    let server = Process::start(data.path(), &[]);
    let ann = Shopper::new(server.url.clone()).await;
    let before = ann.campaign().await.expect("a snapshot").live.round.expect("a round");
    let entry = ann.enter_round(before.round_id, &key(1)).await.expect("an entry");
    let vote = ann.cast_vote(&star(), &key(2)).await.expect("a vote");
    let coupon = ann.claim_coupon(&"all-50".parse().expect("a slug"), &key(3)).await.expect("a coupon");
    let cookie = ann.cookie.clone();
    server.kill();

    let server = Process::start(data.path(), &[]);
    let mut ann = Shopper::new(server.url.clone()).await;
    ann.cookie = cookie;
    let me = ann.me().await.expect("their things");
    assert_eq!(me.entries.first(), Some(&entry.receipt));
    assert_eq!(me.coupons.first(), Some(&coupon.coupon));
    assert_eq!(me.votes, vote.votes);
    assert_eq!(ann.cast_vote(&star(), &key(2)).await, Ok(vote), "a retry gets the same answer");
    let after = ann.campaign().await.expect("a snapshot").live.round.expect("a round");
    assert_eq!((after.round_id, after.commitment, after.participant_count), (before.round_id, before.commitment, 1));
}

#[tokio::test]
async fn a_prize_and_where_it_goes_are_there_after_a_kill() {
    let data = tempfile::tempdir().expect("a directory");
    // Rounds of twelve seconds, two participants, one thing to win.
    let fast = concat!(env!("CARGO_MANIFEST_DIR"), "/../e2e/fixtures/fast.toml");
    let server = Process::start(data.path(), &["--campaign", fast]);
    let pair = [Shopper::new(server.url.clone()).await, Shopper::new(server.url.clone()).await];
    let until = Instant::now() + Duration::from_secs(60);
    let (winner, win) = 'won: loop {
        assert!(Instant::now() < until, "nobody won");
        let round = pair[0].campaign().await.expect("a snapshot").live.round.expect("a round").round_id;
        for shopper in &pair {
            // The bell may ring between the two: then both are in the next.
            let _entered = shopper.enter_round(round, &IdempotencyKey::from_random([round.0 as u8; 16])).await;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        for shopper in &pair {
            if let Some(win) = shopper.me().await.expect("things").wins.pop() {
                break 'won (shopper, win);
            }
        }
    };
    let form = DeliveryForm {
        name: "张小明".to_owned(),
        phone: "13800138000".to_owned(),
        address: "北京市朝阳区星光路 6 号".to_owned(),
    };
    let claimed = winner.claim_prize(&win.draw_id, win.entry_id, &form, &key(1)).await.expect("in time");
    let cookie = winner.cookie.clone();
    server.kill();

    let server = Process::start(data.path(), &["--campaign", fast]);
    let mut winner = Shopper::new(server.url.clone()).await;
    winner.cookie = cookie;
    let again = winner.me().await.expect("their things").wins.pop().expect("the prize");
    assert_eq!((again.entry_id, again.state), (win.entry_id, AwardState::Claimed));
    assert_eq!(again.delivery, Some(form.summary()));
    let retry = winner.claim_prize(&win.draw_id, win.entry_id, &form, &key(1)).await;
    assert_eq!(retry, Ok(claimed), "a retry gets the same answer");
}

#[tokio::test]
async fn a_terminated_server_drains_and_ends_well() {
    let data = tempfile::tempdir().expect("a directory");
    let mut server = Process::start(data.path(), &[]);
    let mut frames = Frames::of(format!("{}{}", server.url, paths::LIVE)).await;
    frames.next().await.expect("a frame");
    let asked = Instant::now();
    server.signal("TERM");
    let status = server.child.wait().expect("its end");
    assert!(status.success(), "{status}");
    assert!(asked.elapsed() < Duration::from_secs(4), "{:?}", asked.elapsed());
    assert!(!data.path().join("carnival.db-wal").exists(), "the log is in the database");
}

#[tokio::test]
async fn refused_votes_are_in_the_audit_after_a_clean_end() {
    let data = tempfile::tempdir().expect("a directory");
    let mut server = Process::start(data.path(), &[]);
    let ann = Shopper::new(server.url.clone()).await;
    ann.cast_vote(&star(), &key(1)).await.expect("a vote");
    for n in [2, 3] {
        let refused = ann.cast_vote(&"nobody".parse().expect("a slug"), &key(n)).await;
        assert_eq!(refused.expect_err("nobody's").code, ErrorCode::UnknownStar);
    }
    server.signal("TERM");
    assert!(server.child.wait().expect("its end").success());

    let server = Process::start(data.path(), &[]);
    let days = Shopper::new(server.url.clone()).await.audits().await.expect("the days").days;
    assert_eq!(days.iter().map(|day| day.accepted).sum::<u64>(), 1);
    let refused: Vec<_> = days.into_iter().flat_map(|day| day.refused).collect();
    assert_eq!(refused, [RefusedVotes { code: ErrorCode::UnknownStar, count: 2 }]);
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_passes() {
    let data = tempfile::tempdir().expect("a directory");
    let server = Process::start(data.path(), &[]);
    let (ann, ben) = (Shopper::new(server.url.clone()).await, Shopper::new(server.url.clone()).await);
    let kept = ann.cast_vote(&star(), &key(1)).await.expect("a vote");
    // No file of the server's may grow beyond what the log has now: as on a disk that is full.
    let size = std::fs::metadata(data.path().join("carnival.db-wal")).expect("a log").len();
    let pid = server.child.id().to_string();
    let limit = |size: &str| run("prlimit", &["--pid", &pid, &format!("--fsize={size}:")]);
    limit(&size.to_string());
    let refused = ben.cast_vote(&star(), &key(1)).await.expect_err("nothing can be written");
    assert_eq!(refused.code, ErrorCode::StoreFailed);
    assert_eq!(ann.me().await.expect("reads go on").votes, kept.votes);
    assert!(ben.me().await.expect("reads go on").votes.by_star.is_empty());
    limit("unlimited");
    let vote = ben.cast_vote(&star(), &key(1)).await.expect("it has recovered");
    assert_eq!(vote.tally.vote_count, 2);
}

#[tokio::test]
async fn a_crowd_joins_votes_and_leaves_with_the_server() {
    let data = tempfile::tempdir().expect("a directory");
    let mut server = Process::start(data.path(), &["--demo-crowd", "300"]);
    let mut frames = Frames::of(format!("{}{}", server.url, paths::LIVE)).await;
    let until = Instant::now() + Duration::from_secs(30);
    let mut is_alive = false;
    while !is_alive && Instant::now() < until {
        let frame = frames.next().await.expect("a frame");
        let votes: u64 = frame.tallies.iter().map(|tally| tally.vote_count).sum();
        is_alive = votes >= 3 && frame.round.is_some_and(|round| round.participant_count >= 3);
    }
    assert!(is_alive, "nobody joined or voted");
    server.signal("INT");
    assert!(server.child.wait().expect("its end").success());
}

#[tokio::test]
async fn a_demo_whose_season_is_over_begins_anew() {
    let data = tempfile::tempdir().expect("a directory");
    Process::start(data.path(), &[]).kill();
    let database = data.path().join("carnival.db");
    let db = rusqlite::Connection::open(&database).expect("a database");
    db.execute("UPDATE meta SET value = '2020-01-01T00:00:00.000Z' WHERE key = 'first_start'", []).expect("a row");
    drop(db);
    let server = Process::start(data.path(), &[]);
    let snapshot = Shopper::new(server.url.clone()).await.campaign().await.expect("a snapshot");
    assert!(snapshot.live.round.is_some());
    let names = std::fs::read_dir(data.path()).expect("a directory");
    let names: Vec<_> = names.map(|entry| entry.expect("an entry").file_name().into_string().expect("text")).collect();
    assert!(names.iter().any(|name| name.starts_with("carnival-ended-")), "{names:?}");
}
