//! The real binary rehearses a campaign: its test clock, its own database, its crowd.

use std::time::Duration;

use carnival_contract::paths;
use carnival_contract::replies::ServerTime;
use carnival_contract::snapshot::CampaignSnapshot;
use tempfile::tempdir;

use crate::process::Process;

async fn get(server: &Process, path: &str) -> reqwest::Response {
    reqwest::get(format!("{}{path}", server.url)).await.expect("an answer")
}

async fn time(server: &Process) -> ServerTime {
    get(server, paths::TIME).await.json().await.expect("a time")
}

async fn snapshot(server: &Process) -> CampaignSnapshot {
    get(server, paths::CAMPAIGN).await.json().await.expect("a snapshot")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_begins_before_the_campaign_runs_fast_and_leaves_no_trace_among_real_facts() {
    let data = tempdir().expect("a directory");
    let server = Process::start(data.path(), &["--rehearse", "120x", "--demo-crowd", "300"]);
    let planned = snapshot(&server).await;
    let (first, started) = (time(&server).await, std::time::Instant::now());
    assert_eq!(first.pace, Some(120));
    let early_ms = planned.campaign.starts_at.ms_since(first.server_time);
    assert!(early_ms <= 10 * 120 * 1000, "{early_ms} ms before the start");

    let html = get(&server, "/").await.text().await.expect("a page");
    assert!(html.contains("\"pace\":120"), "the page is told before it draws anything");

    // The first round of the demo opens with the campaign and takes 3.2 s at this pace.
    let deadline = started + Duration::from_secs(60);
    let ended = loop {
        let now = snapshot(&server).await;
        let drawn = now.last_rounds.iter().any(|round| round.draw_id.is_some());
        if drawn || std::time::Instant::now() > deadline {
            break now;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    assert!(ended.last_rounds.iter().any(|round| round.draw_id.is_some()), "a round of the crowd's drew");
    let (last, real) = (time(&server).await, started.elapsed());
    let pace = last.server_time.ms_since(first.server_time) as f64 / real.as_millis() as f64;
    assert!((110.0..130.0).contains(&pace), "{pace} test seconds in a real one");

    drop(server);
    assert!(!data.path().join("carnival.db").exists(), "the campaign's own database was not touched");
    assert!(data.path().join("rehearsal/carnival.db").exists());
    let server = Process::start(data.path(), &["--rehearse", "2x", "--demo-crowd", "0"]);
    assert!(snapshot(&server).await.last_rounds.is_empty(), "each rehearsal begins anew");
}
