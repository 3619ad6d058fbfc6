//! The live stream, and stopping.

use std::time::{Duration, Instant};

use carnival_contract::api::CampaignApi as _;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::live::LiveFrame;
use carnival_contract::paths;
use carnival_server::live::FRAME_INTERVAL;
use reqwest::Response;

use crate::client::http;
use crate::stage::{TestApp, Wish};

/// Reads a stream event by event.
pub(crate) struct Frames {
    response: Response,
    text: String,
}

impl Frames {
    pub(crate) async fn of(url: String) -> Self {
        let response = http().get(url).send().await.expect("a stream");
        Self { response, text: String::new() }
    }

    /// The next frame; none when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<LiveFrame> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.split_once("\ndata: ").map(|(head, data)| (head.to_owned(), data.to_owned()));
                self.text = rest.to_owned();
                if let Some((head, data)) = data {
                    let frame: LiveFrame = serde_json::from_str(&data).expect("a frame");
                    assert_eq!(head, format!("event: frame\nid: {}", frame.id));
                    return Some(frame);
                }
                continue;
            }
            let chunk = self.response.chunk().await.ok()??;
            self.text.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }
}

async fn paced() -> TestApp {
    TestApp::with(Wish { frame_interval: FRAME_INTERVAL, ..Wish::default() }).await
}

fn votes_for_ann(frame: &LiveFrame) -> u64 {
    let tally = frame.tallies.iter().find(|tally| tally.star_id.as_str() == "ann");
    tally.expect("ann is on the board").vote_count
}

#[tokio::test]
async fn others_see_a_vote_within_a_second() {
    let app = paced().await;
    let mut frames = Frames::of(app.url(paths::LIVE)).await;
    let first = frames.next().await.expect("a frame at once");
    assert_eq!(votes_for_ann(&first), 0);
    for n in 1..=3 {
        let voted = Instant::now();
        let key = IdempotencyKey::from_random([1; 16]);
        app.shopper().await.cast_vote(&"ann".parse().expect("a slug"), &key).await.expect("a vote");
        let frame = frames.next().await.expect("a frame");
        assert_eq!(votes_for_ann(&frame), n);
        assert!(voted.elapsed() < Duration::from_secs(1), "{:?}", voted.elapsed());
    }
}

#[tokio::test]
async fn a_burst_of_votes_is_one_frame_or_two() {
    let app = paced().await;
    let mut frames = Frames::of(app.url(paths::LIVE)).await;
    frames.next().await.expect("a frame at once");
    for n in 0..30 {
        let key = IdempotencyKey::from_random([n; 16]);
        app.shopper().await.cast_vote(&"ann".parse().expect("a slug"), &key).await.expect("a vote");
    }
    let mut count = 0;
    while let Some(frame) = frames.next().await {
        count += 1;
        if votes_for_ann(&frame) == 30 {
            break;
        }
    }
    assert!(count <= 3, "{count} frames");
}

#[tokio::test]
async fn a_stop_ends_streams_and_is_done_in_no_time() {
    let app = paced().await;
    let mut frames = Frames::of(app.url(paths::LIVE)).await;
    frames.next().await.expect("a frame at once");
    let asked = Instant::now();
    app.running.stop().await;
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    assert!(frames.next().await.is_none());
}

#[tokio::test]
async fn a_stream_tells_proxies_to_pass_it_on() {
    let app = paced().await;
    let response =
        http().get(app.url(paths::LIVE)).header("accept-encoding", "gzip, br").send().await.expect("a stream");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["x-accel-buffering"], "no");
    assert!(!response.headers().contains_key("content-encoding"));
}
