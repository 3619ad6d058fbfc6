//! Fetches the beacon's rounds that draws wait for, and has those draws made. Relays are asked in turn; what they say is
//! believed only once its signature is verified. While none answers, the draw waits, and everything else goes on.

mod relay;

use std::time::Duration;

use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::problem::Problem;
use carnival_domain::draw::proof::ProofBeacon;
use carnival_domain::ids::{DrawId, ParticipantId};
use carnival_domain::time::Timestamp;
use carnival_engine::{AwaitedDraw, Engine, Failure, Ledger, Write};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::random;
use crate::store::{Command, Query, Store};
use relay::Relays;

/// The first pause after all relays failed; it doubles up to the longest. A round never goes away, so nothing is lost by
/// being patient with those who give it for nothing.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A look at the clock at least this often: it may be set forward.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

struct Awaited;

impl Query for Awaited {
    type Reply = Vec<AwaitedDraw>;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<Self::Reply, Failure<L::Error>> {
        engine.awaited_draws(ledger).map_err(Into::into)
    }
}

/// A verified round, for the draw that waits for it.
struct FinishDraw {
    draw_id: DrawId,
    beacon: ProofBeacon,
}

impl Command for FinishDraw {
    type Reply = bool;
    const IS_PUBLIC: bool = true;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<bool, Failure<L::Error>> {
        engine.finish_draw(ledger, &self.draw_id, &self.beacon, write.now)
    }
}

/// What a look at the draws that wait came to.
enum Look {
    /// There is nothing to do for so long, unless something changes.
    Idle(Duration),
    /// A round should be there, and no relay gave it.
    Failed,
}

/// Tends the draws that wait, until the server stops.
pub(crate) async fn tend(store: Store, relays: Vec<String>, stop: CancellationToken) {
    match Relays::new(relays) {
        Ok(relays) => {
            tokio::select! {
                () = tend_for_ever(store, relays) => {}
                () = stop.cancelled() => {}
            }
        }
        Err(error) => tracing::error!(%error, "the beacon's relays can't be asked; draws that need it will wait"),
    }
}

async fn tend_for_ever(store: Store, relays: Relays) {
    let mut changes = store.changes();
    let mut pause = FIRST_PAUSE;
    loop {
        changes.borrow_and_update();
        match look(&store, &relays).await {
            Look::Idle(span) => {
                pause = FIRST_PAUSE;
                until_change(&mut changes, span).await;
            }
            Look::Failed => {
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

async fn until_change(changes: &mut watch::Receiver<u64>, span: Duration) {
    if let Ok(Err(_closed)) = timeout(span, changes.changed()).await {
        // The store is closing; so is the server.
        sleep(span).await;
    }
}

async fn look(store: &Store, relays: &Relays) -> Look {
    let awaited = match store.read(Awaited).await {
        Ok(awaited) => awaited,
        Err(problem) => {
            tracing::error!(code = problem.code.as_str(), "the draws that wait can't be read");
            return Look::Failed;
        }
    };
    for draw in awaited {
        // They are in the order of their closes, and so of what they wait for.
        let early_ms = draw.beacon.comes_at.ms_since(store.now());
        if let Ok(early_ms @ 1..) = u64::try_from(early_ms) {
            return Look::Idle(Duration::from_millis(early_ms).min(LONGEST_SLEEP));
        }
        let Some(beacon) = relays.fetch(&draw.beacon).await else {
            tracing::warn!(draw = %draw.draw_id, round = draw.beacon.round, "no relay gave the beacon's round; the draw waits");
            return Look::Failed;
        };
        if let Err(problem) = finish(store, draw.draw_id.clone(), beacon).await {
            tracing::error!(draw = %draw.draw_id, code = problem.code.as_str(), "the draw could not be made; it waits");
            return Look::Failed;
        }
        tracing::info!(draw = %draw.draw_id, round = draw.beacon.round, "drawn with the beacon's round");
    }
    Look::Idle(LONGEST_SLEEP)
}

async fn finish(store: &Store, draw_id: DrawId, beacon: ProofBeacon) -> Result<bool, Problem> {
    // Nobody asked; a draw that is done is not done again, whatever the key.
    let key = IdempotencyKey::from_random(random::bytes());
    let write = Write { who: ParticipantId([0; 16]), key, now: store.now() };
    store.write(write, FinishDraw { draw_id, beacon }).await
}
