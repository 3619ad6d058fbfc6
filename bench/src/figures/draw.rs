//! A draw of a million entries, with its proof: from the bell until anybody can fetch the proof.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use carnival_domain::time::Timestamp;
use rusqlite::{Connection, params};

use super::directory;
use super::load::participant;
use crate::report::Report;
use crate::stage::Stage;
use crate::time::now_ms;
use crate::{http, places};

const ENTRIES: u64 = 1_000_000;
/// What putting them into the database takes at the most, and a server's start.
const LEAD_MS: i64 = 25_000;
const PATIENCE_MS: i64 = 60_000;

pub(crate) fn measure(report: &mut Report) -> Result<()> {
    let data_dir = directory("draw")?;
    // Rounds of a minute, so that nobody waits for six.
    let campaign = fs::read_to_string(places::campaign())?;
    let campaign = campaign.replace("length = \"378s\"", "length = \"60s\"").replace("per_day = 228", "per_day = 1440");
    let file = data_dir.join("campaign.toml");
    fs::write(&file, campaign)?;
    let client = http::client()?;
    let start = || Stage::start(&data_dir, &file, &places::site());
    let round = loop {
        let stage = start()?;
        let round = Round::current(&client, stage.port)?;
        stage.stop()?;
        if round.closes_at - now_ms() > LEAD_MS {
            break round;
        }
        sleep(Duration::from_millis((round.closes_at - now_ms()).max(0) as u64 + 200));
    };
    enter(&data_dir.join("carnival.db"), &round)?;
    let stage = start()?;
    if now_ms() > round.closes_at {
        bail!("the bell rang before the entries were in");
    }
    sleep(Duration::from_millis((round.closes_at - now_ms()).max(0) as u64));
    let path = format!("/api/v1/draws/{}/proof", round.draw_id);
    while !http::get(&client, stage.port, &path)?.status().is_success() {
        if now_ms() - round.closes_at > PATIENCE_MS {
            bail!("no proof a minute after the bell");
        }
        sleep(Duration::from_millis(10));
    }
    let seconds = (now_ms() - round.closes_at) as f64 / 1000.0;
    let value = format!("{seconds:.2} s");
    report.at_most("draw with proof, 1,000,000 entries, after the reveal", seconds, value, 2.0, " s");
    let memory = stage.memory()? as f64 / 1e6;
    report.note("the server's memory after that draw", memory, format!("{memory:.0} MB"));
    stage.stop()
}

struct Round {
    round_id: i64,
    draw_id: String,
    closes_at: i64,
}

impl Round {
    fn current(client: &reqwest::blocking::Client, port: u16) -> Result<Self> {
        let snapshot = http::json(client, port, "/api/v1/campaign")?;
        let round = &snapshot["live"]["round"];
        let closes_at: Timestamp =
            round["closes_at"].as_str().context("no round is open")?.parse().ok().context("an instant")?;
        Ok(Self {
            round_id: round["round_id"].as_i64().context("a round has a number")?,
            draw_id: round["draw_id"].as_str().context("a round has a draw")?.to_owned(),
            closes_at: closes_at.as_ms(),
        })
    }
}

fn enter(database: &Path, round: &Round) -> Result<()> {
    let db = Connection::open(database)?;
    db.execute_batch("PRAGMA synchronous = OFF; BEGIN")?;
    {
        let mut entry =
            db.prepare("INSERT INTO entry (round_id, participant_id, entry_id, accepted_at) VALUES (?1, ?2, ?3, ?4)")?;
        for number in 0..ENTRIES {
            let who = participant(number, ENTRIES).0;
            let mut id = [0_u8; 16];
            fastrand::fill(&mut id);
            entry.execute(params![round.round_id, who, id, round.closes_at - 1000])?;
        }
    }
    db.execute("UPDATE round SET participant_count = ?1 WHERE round_id = ?2", params![ENTRIES as i64, round.round_id])?;
    db.execute("UPDATE draw SET entry_count = ?1 WHERE draw_id = ?2", params![ENTRIES as i64, round.draw_id])?;
    db.execute_batch("COMMIT")?;
    Ok(db.close().map_err(|(_, error)| error)?)
}
