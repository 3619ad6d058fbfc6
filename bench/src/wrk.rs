//! The load generator: `wrk`, from Debian. It is kept, it costs far less for each request than what it measures, which
//! matters where both share two cores, and a Lua script gives every request a cookie and a key of its own. Of the others,
//! `oha` and `hey` send the same headers every time, and k6 takes more of the machine than the server does.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::places;

/// How many connections: twice what the writer takes into one transaction, so that the next votes come while it syncs, as those
/// of a crowd do.
pub(crate) const CROWD: u32 = 1024;
/// Where connections are scarce.
pub(crate) const FEW: u32 = 256;

/// One run of the load generator.
pub(crate) struct Load<'a> {
    pub(crate) port: u16,
    pub(crate) mode: Mode<'a>,
    pub(crate) seconds: u32,
    pub(crate) connections: u32,
    /// The participants' cookies, one a line.
    pub(crate) cookies: &'a Path,
    /// The number of the first request.
    pub(crate) first: u64,
}

/// What is sent.
#[derive(Clone, Copy)]
pub(crate) enum Mode<'a> {
    /// Everything around a handler, and no handler.
    Noop,
    /// Votes that are taken.
    Accept,
    /// The same, at about so many a second.
    AcceptAt(f64),
    /// Votes that were taken before.
    Repeat,
    /// Votes of participants who have none left.
    Refuse,
    /// What a participant has, by participants in turn.
    Me,
    /// A path, and a header line.
    Get(&'a str, &'a str),
}

/// What came of it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) requests: u64,
    us: u64,
    /// Answers with a status of 400 or more.
    pub(crate) refused: u64,
    broken: u64,
    timed_out: u64,
    p50_us: f64,
    p99_us: f64,
    /// The number of the next request.
    pub(crate) next: u64,
}

impl Outcome {
    pub(crate) fn per_second(&self) -> f64 {
        self.requests as f64 * 1e6 / self.us as f64
    }
    pub(crate) fn p50_ms(&self) -> f64 {
        self.p50_us / 1000.0
    }
    pub(crate) fn p99_ms(&self) -> f64 {
        self.p99_us / 1000.0
    }
}

impl Load<'_> {
    pub(crate) fn run(&self) -> Result<Outcome> {
        let (word, mean, path, header) = match self.mode {
            Mode::Noop => ("noop", None, "/", ""),
            Mode::Accept => ("accept", None, "/", ""),
            Mode::AcceptAt(rate) => ("accept", Some(f64::from(self.connections) * 1000.0 / rate), "/", ""),
            Mode::Repeat => ("repeat", None, "/", ""),
            Mode::Refuse => ("refuse", None, "/", ""),
            Mode::Me => ("me", None, "/", ""),
            Mode::Get(path, header) => ("get", None, path, header),
        };
        let script = if mean.is_some() { places::script().with_file_name("paced.lua") } else { places::script() };
        let mut wrk = Command::new("wrk");
        wrk.arg("-t1").arg(format!("-c{}", self.connections)).arg(format!("-d{}s", self.seconds)).args([
            "--latency",
            "--timeout",
            "10s",
        ]);
        wrk.arg("-s").arg(script).arg(format!("http://127.0.0.1:{}/", self.port)).arg("--");
        wrk.arg(word).arg(self.cookies).arg(self.first.to_string()).arg(mean.unwrap_or(0.0).to_string());
        wrk.arg(path).arg(header);
        let output = wrk.stdin(Stdio::null()).output().context("wrk can't be started (Debian: apt-get install wrk)")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let Some(result) = text.lines().find_map(|line| line.strip_prefix("RESULT ")) else {
            bail!("wrk said nothing: {text}{}", String::from_utf8_lossy(&output.stderr));
        };
        let outcome: Outcome = serde_json::from_str(result)?;
        let fails = outcome.broken + outcome.timed_out;
        // What the end of a run cuts off is no failure; more is.
        if outcome.requests == 0 || fails * 100 > outcome.requests {
            bail!("{word}: {fails} of {} requests were not answered", outcome.requests);
        }
        self.check(word, &outcome)?;
        Ok(outcome)
    }

    /// A rate is worth nothing if the answers were not what was asked for.
    fn check(&self, word: &str, outcome: &Outcome) -> Result<()> {
        let Outcome { requests, refused, .. } = *outcome;
        let right = match self.mode {
            Mode::Refuse | Mode::Noop => requests - refused,
            _ => refused,
        };
        if right * 1000 > requests {
            bail!("{word}: {refused} of {requests} requests were refused, which is not what was meant to be measured");
        }
        Ok(())
    }
}
