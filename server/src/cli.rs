//! The command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use carnival_domain::ids::EntryId;
use carnival_domain::money::Fen;
use clap::{Parser, Subcommand};

/// A shopping carnival inside a chat: rounds with prizes, a star leaderboard, coupons.
#[derive(Debug, Parser)]
#[command(name = "carnival", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Task,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Run a campaign.
    Serve(ServeArgs),
    /// Look for mistakes in a campaign file, and for what touches the platforms' rules or the law.
    Check(CheckArgs),
    /// Play a campaign many times over: what it costs, who wins how much, how many rounds roll over.
    Simulate(SimulateArgs),
    /// Show the card that WeChat and QQ would make of a page, and what is missing.
    Card(CardArgs),
    /// Show what webhooks have told and what not, or tell it again.
    Webhooks(WebhooksArgs),
    /// Check the proof of a draw, and a receipt of yours: no network, no server
    Verify(VerifyArgs),
    /// What is the operator's alone, on a server that runs: pause the rounds, send the prizes.
    #[command(subcommand)]
    Operator(OperatorTask),
}

/// What the operator does.
#[derive(Debug, Subcommand)]
pub enum OperatorTask {
    /// Stop the rounds: their clock stands, and nobody can enter, until they are resumed
    Pause {
        /// What everybody is told, at most 120 characters
        #[arg(long)]
        note: String,
        /// Which server.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// Let the rounds go on; all that is to come comes later by the pause
    Resume {
        /// What the public record says of the pause, instead of its first note
        #[arg(long)]
        note: Option<String>,
        /// Which server.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// List the prizes that were claimed and not sent, with the addresses they go to
    Deliveries {
        /// As CSV, for a spreadsheet or a courier
        #[arg(long)]
        csv: bool,
        /// Which server.
        #[command(flatten)]
        server: ServerArgs,
    },
    /// Write down that prizes are on their way; their addresses are deleted some days later
    Dispatched {
        /// The entries whose prizes were sent, as the list of deliveries names them
        #[arg(required = true)]
        entries: Vec<EntryId>,
        /// Which server.
        #[command(flatten)]
        server: ServerArgs,
    },
}

/// Where the server is, and where its key.
#[derive(Debug, clap::Args)]
pub struct ServerArgs {
    /// The server's address
    #[arg(long, default_value = "http://127.0.0.1:8618")]
    pub url: String,
    /// Its data directory, whose secret the operator's key follows from; CARNIVAL_OPERATOR_KEY stands in for it
    #[arg(long, default_value = "data")]
    pub data_dir: PathBuf,
}

/// How to run a campaign.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// Address to listen on; 0.0.0.0 lets phones on the same network in
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8618)]
    pub port: u16,
    /// Where the database and the secret are kept
    #[arg(long, default_value = "data")]
    pub data_dir: PathBuf,
    /// The campaign to run
    #[arg(long, default_value = "campaign.toml")]
    pub campaign: PathBuf,
    /// How many simulated shoppers join in over HTTP [default: none; 200 in a rehearsal]
    #[arg(long, value_parser = clap::value_parser!(u32).range(0..=5000))]
    pub demo_crowd: Option<u32>,
    /// Play the whole campaign on a test clock at this pace, as in `60x`, with simulated shoppers and on a database of its
    /// own that begins anew each time; the page says so
    #[arg(long, value_name = "PACE", value_parser = parse_pace)]
    pub rehearse: Option<u32>,
    /// Where visitors find the campaign, as in `https://618.example.com`; share cards need it
    #[arg(long)]
    pub public_url: Option<String>,
    /// Believe X-Forwarded-For, -Proto and -Host: a proxy of yours stands before this server and sets them
    #[arg(long)]
    pub trust_proxy: bool,
    /// Serve the page from this directory instead of the embedded one
    #[arg(long)]
    pub site: Option<PathBuf>,
    /// Send webhooks to this very machine as well, and without TLS: for tests
    #[arg(long)]
    pub allow_insecure_webhooks: bool,
    /// The font that posters are written in: a file, or a directory of them; else one of the system's is found
    #[arg(long)]
    pub poster_font: Option<PathBuf>,
    /// Log as JSON, one object a line
    #[arg(long)]
    pub log_json: bool,
}

/// What to check.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The campaign file
    #[arg(default_value = "campaign.toml")]
    pub campaign: PathBuf,
    /// Where visitors will find the campaign, as in `https://618.example.com`: checked as well
    #[arg(long)]
    pub public_url: Option<String>,
    /// The directory of the page's files, where the card's picture is looked up
    #[arg(long)]
    pub site: Option<PathBuf>,
    /// Tell it to a machine: one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What to simulate. What people do is a guess of yours: the flags are where to put it.
#[derive(Clone, Debug, clap::Args)]
pub struct SimulateArgs {
    /// The campaign file
    #[arg(default_value = "campaign.toml")]
    pub campaign: PathBuf,
    /// How many runs
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub runs: u32,
    /// How many people come in the whole campaign, if it goes as expected
    #[arg(long, default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub people: u32,
    /// How uncertain that is: 0.3 means by about a third, up or down
    #[arg(long, default_value_t = 0.3, value_parser = parse_spread)]
    pub spread: f64,
    /// How many rounds one of them joins, on average
    #[arg(long, default_value_t = 10.0, value_parser = parse_mean)]
    pub rounds_each: f64,
    /// How many people of a hundred want a coupon of each offer
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub interest: u32,
    /// How many coupons of a hundred that were claimed are used
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub redeemed: u32,
    /// What may be spent, yuan: the share of runs that go over it is shown
    #[arg(long, value_parser = parse_yuan)]
    pub budget: Option<Fen>,
    /// Write a plot to this file, SVG
    #[arg(long)]
    pub plot: Option<PathBuf>,
    /// The same seed gives the same runs
    #[arg(long, default_value_t = 618)]
    pub seed: u64,
    /// Tell it to a machine: one JSON object
    #[arg(long)]
    pub json: bool,
}

/// At the fastest a day takes a minute. Rounds of 6:18 want 300x or less: they take a second and a quarter then, which
/// people can still see and tap in.
const PACE_MAX: u32 = 1440;

fn parse_pace(text: &str) -> Result<u32, String> {
    let pace = text.strip_suffix('x').and_then(|number| number.parse().ok());
    pace.filter(|pace| (2..=PACE_MAX).contains(pace))
        .ok_or_else(|| format!("how many times as fast, from 2x to {PACE_MAX}x, such as 60x"))
}

fn parse_yuan(text: &str) -> Result<Fen, String> {
    text.parse().map_err(|_| "yuan with at most two decimals, such as 50000 or 49.90".to_owned())
}

fn parse_spread(text: &str) -> Result<f64, String> {
    parse_between(text, 0.0, 2.0)
}

fn parse_mean(text: &str) -> Result<f64, String> {
    parse_between(text, 0.01, 10_000.0)
}

fn parse_between(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| format!("a number from {least} to {most}"))
}

/// What to do about webhooks. The server may run meanwhile.
#[derive(Debug, clap::Args)]
pub struct WebhooksArgs {
    /// Where the database is kept
    #[arg(long, default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// What to do
    #[command(subcommand)]
    pub task: WebhooksTask,
}

/// What to do about webhooks.
#[derive(Debug, Subcommand)]
pub enum WebhooksTask {
    /// Count the messages to each endpoint, and list those that were given up or failed last.
    List,
    /// Tell messages again: those that were given up, or one by its id.
    Replay {
        /// The message's id, `msg_…`; left out, all that were given up
        message: Option<String>,
    },
}

/// Which card to show.
#[derive(Debug, clap::Args)]
pub struct CardArgs {
    /// The page's address, best a share link
    pub url: String,
    /// Tell it to a machine: one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What to verify.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// The proof: what `GET /api/v1/draws/<draw>/proof` answers
    pub proof: PathBuf,
    /// The list of entries, one id a line, where the proof only links to it
    #[arg(long)]
    pub entries: Option<PathBuf>,
    /// A receipt: is it signed, and is its entry in the draw?
    #[arg(long)]
    pub receipt: Option<PathBuf>,
    /// The key that receipts are signed with: a copy of /.well-known/carnival.json, or its 64 digits of hex
    #[arg(long)]
    pub key: Option<String>,
    /// Tell it to a machine: one JSON object
    #[arg(long)]
    pub json: bool,
}
