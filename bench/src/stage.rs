//! A server under test: a process on a directory of its own.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::{http, places};

/// What the kernel counts processor time in.
const TICK: Duration = Duration::from_millis(10);
/// A server that did nothing for so long is at rest, and how often it is looked at.
const IDLE: Duration = Duration::from_millis(600);
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A server that runs.
pub(crate) struct Stage {
    child: Child,
    pub(crate) port: u16,
    pub(crate) data_dir: PathBuf,
    /// From its start until it was ready.
    pub(crate) started_in: Duration,
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

impl Stage {
    /// Starts the production server with everything at its defaults, and its log at warnings: a line for each request is for
    /// traffic that somebody reads.
    pub(crate) fn start(data_dir: &Path, campaign: &Path, site: &Path) -> Result<Self> {
        fs::create_dir_all(data_dir)?;
        let port = free_port()?;
        let mut command = Command::new(places::server());
        command.arg("serve").arg("--port").arg(port.to_string()).arg("--data-dir").arg(data_dir);
        command.arg("--campaign").arg(campaign).arg("--site").arg(site).env("CARNIVAL_LOG", "error");
        Self::of(command, port, data_dir)
    }

    /// Starts something that is ready when `/readyz` says so.
    pub(crate) fn of(mut command: Command, port: u16, data_dir: &Path) -> Result<Self> {
        let log = File::create(data_dir.join("log"))?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let begun = Instant::now();
        let child = command.spawn().with_context(|| format!("{} can't be started", command.get_program().display()))?;
        let mut stage = Self { child, port, data_dir: data_dir.to_owned(), started_in: Duration::ZERO };
        let client = http::client()?;
        while !http::get(&client, port, "/readyz").is_ok_and(|answer| answer.status().is_success()) {
            if let Some(status) = stage.child.try_wait()? {
                bail!("the server ended ({status}): {}", fs::read_to_string(data_dir.join("log"))?);
            }
            if begun.elapsed() > Duration::from_secs(120) {
                bail!("the server was not ready within two minutes");
            }
            sleep(Duration::from_millis(5));
        }
        stage.started_in = begun.elapsed();
        Ok(stage)
    }

    /// Processor time that it took so far, all threads.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        cpu(self.child.id())
    }

    /// Waits until it does nothing by itself any more: after a start it takes in the keys of the last days. Says how long that was.
    pub(crate) fn rest(&self) -> Result<Duration> {
        let (begun, mut before, mut idle) = (Instant::now(), self.cpu()?, Duration::ZERO);
        while idle < IDLE {
            sleep(LOOK_EVERY);
            let now = self.cpu()?;
            idle = if now - before <= TICK { idle + LOOK_EVERY } else { Duration::ZERO };
            before = now;
        }
        Ok(begun.elapsed() - idle)
    }

    /// Its memory, bytes.
    pub(crate) fn memory(&self) -> Result<u64> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kb =
            text.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        Ok(kb.context("no VmRSS")? * 1024)
    }

    /// How many files one process may have open.
    pub(crate) fn file_limit(&self) -> Result<u64> {
        let text = fs::read_to_string(format!("/proc/{}/limits", self.child.id()))?;
        let line = text.lines().find_map(|line| line.strip_prefix("Max open files"));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).context("no limit of open files")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.data_dir.join("carnival.db")
    }

    /// Asks it to stop, and waits until everything is on disk.
    pub(crate) fn stop(mut self) -> Result<()> {
        terminate(&mut self.child)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _gone = terminate(&mut self.child);
    }
}

fn terminate(child: &mut Child) -> Result<()> {
    if child.try_wait()?.is_some() {
        return Ok(());
    }
    Command::new("kill").arg(child.id().to_string()).status()?;
    child.wait()?;
    Ok(())
}

/// Processor time of a process: user and system, in the kernel's ticks.
fn cpu(process: u32) -> Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let rest = text.rsplit_once(')').context("a stat line")?.1;
    let mut fields = rest.split_whitespace().skip(11).map(|field| field.parse::<u64>());
    let (user, system) = (fields.next().context("utime")??, fields.next().context("stime")??);
    Ok(TICK * (user + system) as u32)
}
