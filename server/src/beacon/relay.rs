//! Relays of drand: `GET {relay}/{chain}/public/{round}`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use carnival_contract::live::AwaitedBeacon;
use carnival_domain::draw::beacon::{SIGNATURE_LENGTH, randomness};
use carnival_domain::draw::proof::ProofBeacon;
use carnival_domain::hex;
use carnival_proof::beacon::check;
use serde::Deserialize;
use tokio::task::spawn_blocking;

/// How long a relay may take: a round is a few hundred bytes, and the next relay is waiting.
const TIMEOUT: Duration = Duration::from_secs(4);
/// The longest answer that is read, bytes; a round has about 300.
const ANSWER_MAX: usize = 4096;

/// The relays, and which one answered last.
pub(super) struct Relays {
    http: reqwest::Client,
    addresses: Vec<String>,
    first: AtomicUsize,
}

/// What a relay says of a round. Its `randomness` is not asked for: it follows from the signature.
#[derive(Deserialize)]
struct Round {
    round: u64,
    signature: String,
}

impl Relays {
    pub(super) fn new(addresses: Vec<String>) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { http, addresses, first: AtomicUsize::new(0) })
    }

    /// The round, verified, from the first relay that gives it; none if none does.
    pub(super) async fn fetch(&self, awaited: &AwaitedBeacon) -> Option<ProofBeacon> {
        let count = self.addresses.len();
        let first = self.first.load(Ordering::Relaxed);
        for turn in 0..count {
            let index = (first + turn) % count;
            let relay = &self.addresses[index];
            match self.ask(relay, awaited).await {
                Ok(beacon) => {
                    self.first.store(index, Ordering::Relaxed);
                    return Some(beacon);
                }
                Err(why) => {
                    tracing::warn!(relay, round = awaited.round, why, "a relay did not give the beacon's round")
                }
            }
        }
        None
    }

    async fn ask(&self, relay: &str, awaited: &AwaitedBeacon) -> Result<ProofBeacon, String> {
        let address = format!("{}/{}/public/{}", relay.trim_end_matches('/'), awaited.chain, awaited.round);
        let failed = |error: reqwest::Error| error.without_url().to_string();
        let answer = self.http.get(address).send().await.and_then(reqwest::Response::error_for_status);
        let mut answer = answer.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(failed)? {
            body.extend_from_slice(&piece);
            if body.len() > ANSWER_MAX {
                return Err(format!("its answer is longer than {ANSWER_MAX} bytes"));
            }
        }
        let round: Round = serde_json::from_slice(&body).map_err(|error| format!("its answer is no round: {error}"))?;
        if round.round != awaited.round {
            return Err(format!("it gave round {}", round.round));
        }
        let signature = hex::decode::<SIGNATURE_LENGTH>(&round.signature).ok_or("its signature has the wrong form")?;
        let beacon = ProofBeacon {
            chain: awaited.chain,
            round: round.round,
            signature: round.signature,
            randomness: randomness(&signature),
        };
        // A few milliseconds of arithmetic, beside the threads that answer requests.
        let verified = spawn_blocking(move || check(&beacon).map(|()| beacon)).await;
        verified.map_err(|_| "it could not be verified".to_owned())?.map_err(|fault| fault.to_string())
    }
}
