//! `cargo xtask bench page`: our page beside one that is written by hand, on the same server.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::{kit, table};
use crate::browsers::{self, Which};
use crate::page::{self, Variant};
use crate::process::{self, command, say};
use crate::tools::npm;
use crate::{build, net, places, test};

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Two runs of each instead of seven
    #[arg(long)]
    quick: bool,
    /// A kit of pages written with other frameworks, which takes ours in with `node bench.mjs --site ours=URL`
    #[arg(long, value_name = "PATH")]
    with: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    page::build(Variant::Production)?;
    page::build(Variant::Mock)?;
    page::build(Variant::Counting)?;
    build::server()?;
    test::install_browser_tests()?;
    let browsers = browsers::file(Which::Tested)?;
    let ours = Server::start("ours", None)?;
    let vanilla = Server::start("vanilla", Some(&places::root().join("bench/vanilla")))?;
    let counting = Server::start("counting", Some(&places::counting_site()))?;
    let out = places::bench().join("page.json");
    let mut measure = command("node");
    measure.arg(places::root().join("e2e/bench/page.mjs")).arg(if args.quick { "2" } else { "7" }).arg(&out);
    measure.arg(ours.url()).arg(vanilla.url()).arg(counting.url()).arg(places::mock_site());
    measure.env("CARNIVAL_BROWSERS", browsers);
    process::run(&mut measure, "the measurement")?;
    println!("{}", table::page()?);
    if let Some(kit) = &args.with {
        beside(kit, &ours, args.quick)?;
    }
    Ok(())
}

/// Runs a kit's own measurement with our page in it, on a copy: the kit is somebody else's.
fn beside(kit: &Path, ours: &Server, quick: bool) -> Result<()> {
    let copy = places::bench().join("kit");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    say("Building the kit's pages (a minute), then measuring them beside ours (sixteen minutes, quick: three)");
    process::run(command("cp").args(["-r", "--no-preserve=mode"]).arg(kit).arg(&copy), "copying the kit")?;
    adapt(&copy)?;
    for arguments in [&["ci"][..], &["run", "build"]] {
        process::run(npm::npm()?.args(arguments).current_dir(&copy), "npm")?;
    }
    let mut measure = command("node");
    measure.current_dir(&copy).arg("bench.mjs").args(["--runs", if quick { "1" } else { "5" }]);
    measure.arg("--site").arg(format!("ours={}", ours.url()));
    measure.arg("--out").arg(kit::report());
    process::run(&mut measure, "the kit's measurement")
}

/// What the kit's copy needs for a site that has a server of its own: it has none of the kit's blank pages, which wake the fonts that
/// every page is written with, and any path of ours would be our page, so that its first load would be none. And who
/// comes for the second time has not voted yet.
fn adapt(kit: &Path) -> Result<()> {
    let server = fs::read_to_string(kit.join("lib/server.mjs"))?;
    let blank = server
        .split_once("const BLANK = entry(TYPES['.html'], Buffer.from(")
        .and_then(|(_, rest)| rest.split_once("), 'no-store');"));
    let Some((blank, _)) = blank else { bail!("the kit has another blank page than this command knows") };
    let file = kit.join("lib/measure.mjs");
    let mut text = fs::read_to_string(&file)?;
    let goto = format!(
        "await page.send('Fetch.enable', {{ patterns: [{{ urlPattern: '*/__blank' }}] }});\n  \
         page.on('Fetch.requestPaused', ({{ requestId }}) => page.send('Fetch.fulfillRequest', {{ requestId, responseCode: 200, \
         responseHeaders: [{{ name: 'content-type', value: 'text/html' }}], body: Buffer.from({blank}).toString('base64') }}));\n  \
         await page.goto(`${{origin}}/__blank`);\n  await page.send('Fetch.disable');"
    );
    for (old, new) in [
        ("await page.goto(`${origin}/__blank`).catch(() => {});", goto.as_str()),
        ("const warm = await", "await page.send('Network.clearBrowserCookies');\n  const warm = await"),
    ] {
        if text.matches(old).count() != 1 {
            bail!("{} is not the kit that this command knows: {old} is not there once", file.display());
        }
        text = text.replace(old, new);
    }
    fs::write(&file, text).context("the kit's copy")
}

/// A server of the demo on data of its own.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(name: &str, site: Option<&Path>) -> Result<Self> {
        let data = places::bench().join("run").join(name);
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        fs::create_dir_all(&data)?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut server = command(places::server_binary());
        server.arg("serve").arg("--port").arg(port.to_string()).arg("--data-dir").arg(&data);
        if let Some(site) = site {
            server.arg("--site").arg(site);
        }
        let child = server.env("CARNIVAL_LOG", "error").stdin(Stdio::null()).spawn().context("the server")?;
        let server = Self { child, port };
        let begun = Instant::now();
        while !net::is_ready(Ipv4Addr::LOCALHOST.into(), port) {
            if begun.elapsed() > PATIENCE {
                bail!("the server did not become ready");
            }
        }
        Ok(server)
    }

    /// `localhost`, for which Chromium takes brotli without TLS.
    fn url(&self) -> String {
        format!("http://localhost:{}/stars", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // What was measured is thrown away; nothing needs to be drained.
        let _gone = self.child.kill().and_then(|()| self.child.wait());
    }
}
