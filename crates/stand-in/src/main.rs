//! The stand-in as a program: prints its address and runs until it is stopped.

use std::net::{IpAddr, Ipv4Addr};

use carnival_stand_in::StandIn;
use clap::Parser;

/// A local stand-in for the WeChat and QQ platforms.
#[derive(Debug, Parser)]
struct Arguments {
    /// Address to listen on
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let stand_in = StandIn::start(arguments.host, arguments.port).await?;
    #[expect(clippy::print_stdout, reason = "whoever started it needs the address")]
    {
        println!("{}", stand_in.url());
    }
    tokio::signal::ctrl_c().await
}
