//! `cargo xtask dev`: Trunk rebuilds and reloads the page; a server beside it answers the API.

use std::net::{IpAddr, Ipv4Addr};
use std::process::Child;

use anyhow::{Context, Result};

use crate::process::{self, cargo, command, say};
use crate::tools::Tools;
use crate::{net, page, places};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Trunk.toml proxies the API to this port.
const API_PORT: u16 = 8619;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Port to open in the browser
    #[arg(long, default_value_t = 8618)]
    port: u16,
    /// Address to listen on
    #[arg(long, default_value_t = HERE)]
    host: IpAddr,
    /// Use the mock API in the page instead of a server
    #[arg(long)]
    mock: bool,
}

/// Stops the server when Trunk ends, however it ends.
struct Beside(Child);

impl Drop for Beside {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

pub(crate) fn run(args: &Args) -> Result<()> {
    net::ensure_free(args.host, args.port)?;
    let tools = Tools::ensure()?;
    let server = if args.mock { None } else { Some(api_server()?) };
    say(&format!("Building the page; then open http://localhost:{}/ (it reloads as you edit)", args.port));
    let mut trunk = page::trunk(&tools, "serve")?;
    trunk.arg("--port").arg(args.port.to_string()).arg("--address").arg(args.host.to_string());
    // A place of its own: the finished pages are not to be replaced by a debug one.
    trunk.arg("--dist").arg(places::root().join("target/dev"));
    if args.mock {
        trunk.args(["--features", "mock-api"]);
    }
    // Ctrl-C reaches Trunk and the server from the terminal; this program only has to outlive them.
    ctrlc::set_handler(|| {})?;
    let ended = process::run(&mut trunk, "Trunk");
    drop(server);
    ended
}

fn api_server() -> Result<Beside> {
    net::ensure_free(HERE, API_PORT)?;
    say("Building the API server (the first time some minutes)");
    // The server embeds the production page; here Trunk serves another, but the directory has to exist.
    std::fs::create_dir_all(places::site())?;
    process::run(cargo().args(["build", "-p", "carnival-server"]), "building the server")?;
    let binary = places::host_target().join("debug").join(format!("carnival{}", std::env::consts::EXE_SUFFIX));
    let mut server = command(binary);
    server.args(["serve", "--host"]).arg(HERE.to_string()).arg("--port").arg(API_PORT.to_string());
    server.args(["--data-dir", "data", "--campaign", "campaign.toml"]);
    Ok(Beside(server.spawn().context("the API server could not start")?))
}
