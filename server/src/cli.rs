//! The command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

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
    /// Show the card that WeChat and QQ would make of a page, and what is missing.
    Card(CardArgs),
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
    /// How many simulated shoppers join in over HTTP
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=5000))]
    pub demo_crowd: u32,
    /// Where visitors find the campaign, as in `https://618.example.com`; share cards need it
    #[arg(long)]
    pub public_url: Option<String>,
    /// Believe X-Forwarded-For, -Proto and -Host: a proxy of yours stands before this server and sets them
    #[arg(long)]
    pub trust_proxy: bool,
    /// Serve the page from this directory instead of the embedded one
    #[arg(long)]
    pub site: Option<PathBuf>,
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

/// Which card to show.
#[derive(Debug, clap::Args)]
pub struct CardArgs {
    /// The page's address, best a share link
    pub url: String,
    /// Tell it to a machine: one JSON object
    #[arg(long)]
    pub json: bool,
}
