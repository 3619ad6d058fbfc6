//! The live stream, and stopping.

use std::time::{Duration, Instant};

use carnival_contract::api::CampaignApi as _;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::live::LiveFrame;
use carnival_contract::paths;
use carnival_server::live::FRAME_INTERVAL;
use reqwest::Response;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

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
async fn a_burst_of_votes_is_a_frame_an_interval_and_no_more() {
    let app = paced().await;
    let mut frames = Frames::of(app.url(paths::LIVE)).await;
    frames.next().await.expect("a frame at once");
    let began = Instant::now();
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
    // One at either end, and however slow the machine is, no more than the clock allows between.
    let most = began.elapsed().as_millis() / FRAME_INTERVAL.as_millis() + 2;
    assert!(count <= most, "{count} frames for thirty votes in {:?}", began.elapsed());
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

/// What comes on a connection after these requests, until it has the second frame.
async fn two_frames_of(app: &TestApp, requests: &str) -> String {
    let mut stream = TcpStream::connect(app.running.address).await.expect("a connection");
    stream.write_all(requests.as_bytes()).await.expect("a request");
    let (mut text, mut buffer) = (String::new(), [0; 4096]);
    let mut has_voted = false;
    while text.matches("event: frame").count() < 2 || !text.ends_with('\n') {
        let count = stream.read(&mut buffer).await.expect("an answer");
        assert!(count > 0, "the stream goes on: {text}");
        text.push_str(std::str::from_utf8(&buffer[..count]).expect("text"));
        if text.contains("event: frame") && !has_voted {
            has_voted = true;
            let key = IdempotencyKey::from_random([1; 16]);
            app.shopper().await.cast_vote(&"ann".parse().expect("a slug"), &key).await.expect("a vote");
        }
    }
    text
}

#[tokio::test]
async fn a_listener_may_come_on_a_connection_that_asked_for_other_things_before() {
    let app = paced().await;
    let live = format!("GET {} HTTP/1.1\r\nHost: a\r\n\r\n", paths::LIVE);
    let text = two_frames_of(&app, &format!("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n{live}")).await;
    let (_, text) = text.rsplit_once("HTTP/1.1 200 OK\r\n").expect("the second answer");
    let (head, mut chunks) = text.split_once("\r\n\r\n").expect("a head");
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    let mut events = Vec::new();
    while let Some((length, rest)) = chunks.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).expect("a length");
        events.push(&rest[..length]);
        chunks = rest[length..].strip_prefix("\r\n").expect("an end");
    }
    assert_eq!(events[0], "retry: 2000\n\n");
    assert!(events[1..].iter().all(|event| event.starts_with("event: frame\nid: ") && event.ends_with("\n\n")));
}

#[tokio::test]
async fn a_listener_from_before_chunks_hears_the_same() {
    let app = paced().await;
    let text = two_frames_of(&app, &format!("GET {} HTTP/1.0\r\n\r\n", paths::LIVE)).await;
    let (_, events) = text.split_once("\r\n\r\n").expect("a head");
    assert!(events.starts_with("retry: 2000\n\nevent: frame\nid: "), "{events}");
}
