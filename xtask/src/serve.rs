//! `cargo xtask serve`: from a fresh clone to a page on a phone.

mod flags;

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

pub(crate) use flags::own_flags_first;

use crate::net::{self, Addresses};
use crate::page::{self, Variant};
use crate::process::{self, command, say};
use crate::static_site::StaticSite;
use crate::{build, places, qr};

/// How long a server may take to open its database and answer; a big one is checked for seconds.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a child is looked at: below what a person notices.
const GLANCE: Duration = Duration::from_millis(100);

/// How many simulated shoppers make the demo's rounds reach their target more often than not.
const DEMO_CROWD: u32 = 200;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Port to listen on
    #[arg(long, default_value_t = 8618)]
    port: u16,
    /// Address to listen on; 127.0.0.1 keeps phones out
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::UNSPECIFIED))]
    host: IpAddr,
    /// Where the database lives [default: data/ in the checkout]
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// The campaign to run [default: campaign.toml in the checkout, the demo]
    #[arg(long)]
    campaign: Option<PathBuf>,
    /// How many simulated shoppers join in over HTTP [default: 200 for the demo, none for a campaign of yours]
    #[arg(long)]
    demo_crowd: Option<u32>,
    /// Serve the static page with the mock API instead of a server
    #[arg(long)]
    mock: bool,
    /// Any other flag of `carnival serve`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    server_flags: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    net::ensure_free(args.host, args.port)?;
    if args.mock {
        if let Some(flag) = args.server_flags.first() {
            bail!("{flag} is for the server, and --mock starts none");
        }
        page::build(Variant::Mock)?;
        let site = StaticSite::start(places::mock_site(), args.host, args.port)?;
        announce(args, "the static page with its mock API")?;
        site.wait();
        return Ok(());
    }
    page::build(Variant::Production)?;
    build::server()?;
    let stopped = stop_requests()?;
    let mut server = start(args)?;
    if wait_until_ready(args, &mut server, &stopped)? {
        announce(args, "Carnival")?;
    }
    wait_until_stopped(&mut server, &stopped)
}

fn start(args: &Args) -> Result<Child> {
    let mut server = command(places::server_binary());
    // Paths were typed where the caller stands.
    server.current_dir(std::env::current_dir()?);
    server.arg("serve").arg("--host").arg(args.host.to_string()).arg("--port").arg(args.port.to_string());
    server.arg("--data-dir").arg(args.data_dir.clone().unwrap_or_else(|| places::root().join("data")));
    server.arg("--campaign").arg(args.campaign.clone().unwrap_or_else(|| places::root().join("campaign.toml")));
    // The demo should be alive; nobody wants made-up shoppers in a campaign of their own.
    if let Some(crowd) = args.demo_crowd.or_else(|| args.campaign.is_none().then_some(DEMO_CROWD)) {
        server.arg("--demo-crowd").arg(crowd.to_string());
    }
    server.args(&args.server_flags).spawn().context("the server could not start")
}

/// A message for each Ctrl-C or termination; the server gets Ctrl-C from the terminal as well and stops by itself.
fn stop_requests() -> Result<Receiver<()>> {
    let (sender, receiver) = channel();
    ctrlc::set_handler(move || {
        sender.send(()).ok();
    })?;
    Ok(receiver)
}

/// Whether the server came up; it did not if it was told to stop before that.
fn wait_until_ready(args: &Args, server: &mut Child, stopped: &Receiver<()>) -> Result<bool> {
    let started = Instant::now();
    while !net::is_ready(args.host, args.port) {
        if let Some(status) = server.try_wait()? {
            bail!("the server stopped before it was ready ({status}); its own message stands above");
        }
        if started.elapsed() > PATIENCE {
            server.kill()?;
            bail!("the server did not become ready within {} s", PATIENCE.as_secs());
        }
        if stopped.recv_timeout(GLANCE).is_ok() {
            terminate(server);
            return Ok(false);
        }
    }
    Ok(true)
}

fn wait_until_stopped(server: &mut Child, stopped: &Receiver<()>) -> Result<()> {
    let mut asked = false;
    loop {
        if let Some(status) = server.try_wait()? {
            if asked || status.success() {
                return Ok(());
            }
            bail!("the server stopped ({status}); its own message stands above");
        }
        match stopped.recv_timeout(GLANCE) {
            Ok(()) => {
                asked = true;
                terminate(server);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => bail!("the signal handler is gone"),
        }
    }
}

/// Asks the server to drain and stop. The standard library can only kill, and a kill drains nothing.
fn terminate(server: &mut Child) {
    let asked = cfg!(unix) && process::run(command("kill").arg(server.id().to_string()), "kill").is_ok();
    if !asked {
        server.kill().ok();
    }
}

fn announce(args: &Args, what: &str) -> Result<()> {
    let addresses = Addresses::of(args.host, args.port, net::outward_address());
    say(&format!("Ready: {what}; Ctrl-C stops it"));
    println!("\n  On this machine   {}", addresses.here);
    match addresses.network {
        Some(url) => println!("  On a phone        {url}   (same network)\n\n{}", qr::code(&url)?),
        None => {
            println!("  On a phone        not reachable: this machine has no network, or --host keeps phones out\n")
        }
    }
    Ok(())
}
