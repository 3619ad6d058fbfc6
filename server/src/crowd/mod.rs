//! Simulated shoppers, who make a demo alive. Each is an HTTP client with a cookie of its own, against the
//! server's own address: they can do nothing that a phone couldn't, and obey the same rules.

mod client;
mod mood;
mod shopper;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use carnival_contract::snapshot::CampaignSnapshot;
use carnival_domain::time::Timestamp;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use client::Client;

/// What the crowd calls itself; its requests are logged only where everything is.
pub const USER_AGENT: &str = "carnival-crowd";
/// How often the crowd looks at the campaign, all together.
const LOOK_INTERVAL: Duration = Duration::from_secs(5);
/// However fast a rehearsal is: each look costs a whole snapshot.
const LOOK_LEAST: Duration = Duration::from_millis(400);
/// They don't come through the door all at once.
const ARRIVAL: Duration = Duration::from_secs(20);

/// What the crowd knows: the campaign as it was, and when that was.
struct Look {
    snapshot: CampaignSnapshot,
    at: Instant,
    pace: u32,
}

impl Look {
    /// The server's time, as far as the crowd can tell.
    fn now(&self) -> Timestamp {
        self.snapshot.live.at.plus_ms(self.at.elapsed().as_millis() as i64 * i64::from(self.pace))
    }
}

/// Lets a crowd in, until the server stops. At a rehearsal's pace they live as much faster.
pub fn start(size: u32, server: SocketAddr, pace: u32, stop: CancellationToken) -> JoinHandle<()> {
    tokio::spawn(async move {
        if size > 0 {
            tracing::info!(size, "simulated shoppers join in");
            tokio::select! {
                () = crowd(size, server, pace) => {}
                () = stop.cancelled() => {}
            }
        }
    })
}

async fn crowd(size: u32, server: SocketAddr, pace: u32) {
    let client = match Client::to(reachable(server)) {
        Ok(client) => client,
        Err(error) => {
            tracing::warn!(%error, "the simulated shoppers stay away");
            return;
        }
    };
    let (look, looks) = watch::channel(None);
    let mut shoppers = JoinSet::new();
    for number in 0..size {
        let (client, looks) = (client.clone(), looks.clone());
        shoppers.spawn(async move {
            sleep(ARRIVAL.mul_f64(fastrand::f64())).await;
            shopper::place_of_one(number, &client, looks, pace).await;
        });
    }
    loop {
        if let Ok(snapshot) = client.campaign().await {
            look.send_replace(Some(Arc::new(Look { snapshot, at: Instant::now(), pace })));
        }
        sleep((LOOK_INTERVAL / pace).max(LOOK_LEAST)).await;
    }
}

/// A server that listens everywhere is reached at home.
fn reachable(server: SocketAddr) -> SocketAddr {
    let ip = match server.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, server.port())
}
