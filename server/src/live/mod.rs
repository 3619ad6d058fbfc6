//! What everybody sees: the snapshot and the live frame, made once for all of them.

mod published;

use std::sync::Arc;
use std::time::Duration;

use carnival_contract::live::LiveFrame;
use carnival_contract::problem::Problem;
use carnival_contract::snapshot::CampaignSnapshot;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};
use tokio::sync::{Mutex, watch};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::store::{Query, Store};
pub use published::{Board, Event, Published};

/// The least time between two frames: others' votes are seen within a second, and a crowd that votes a
/// thousand times a second costs no more than one that votes once.
pub const FRAME_INTERVAL: Duration = Duration::from_millis(800);

/// Makes frames, and has the last one at hand.
pub struct Live {
    store: Store,
    changes: watch::Receiver<u64>,
    published: watch::Sender<Arc<Published>>,
    making: Mutex<Sequence>,
    interval: Duration,
}

/// Where the stream of frames stands. The epoch differs from one start of the server to the next.
struct Sequence {
    epoch: String,
    number: u64,
}

impl Sequence {
    fn next(&mut self) -> String {
        self.number += 1;
        format!("{}-{}", self.epoch, self.number)
    }
}

impl Live {
    /// Makes the first frame.
    ///
    /// # Errors
    /// Why it could not be made.
    pub async fn start(store: Store, interval: Duration) -> Result<Arc<Self>, Problem> {
        let changes = store.changes();
        let mut sequence = Sequence { epoch: format!("{:x}", store.now().as_ms()), number: 0 };
        let version = *changes.borrow();
        let snapshot = store.read(Everything { id: sequence.next() }).await?;
        let first = Published::new(snapshot, version)?;
        Ok(Arc::new(Self {
            store,
            changes,
            published: watch::Sender::new(Arc::new(first)),
            making: Mutex::new(sequence),
            interval,
        }))
    }

    /// Makes a frame after every change, as often as the interval allows; until it is told to stop.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let mut changes = self.changes.clone();
        loop {
            let due = async {
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
                sleep_until(self.last().made + self.interval).await;
            };
            tokio::select! {
                () = due => drop(self.current().await),
                () = stop.cancelled() => return,
            }
        }
    }

    /// The last frame, made anew if it is neither true any more nor too young.
    pub async fn current(&self) -> Arc<Published> {
        if self.is_good(&self.last()) {
            return self.last();
        }
        let mut sequence = self.making.lock().await;
        let last = self.last();
        if self.is_good(&last) {
            return last;
        }
        // Read before the facts: a change in between is then seen as one.
        let version = *self.changes.borrow();
        let snapshot = self.store.read(Everything { id: sequence.next() }).await;
        match snapshot.and_then(|snapshot| Published::new(snapshot, version)) {
            Ok(published) => {
                let published = Arc::new(published);
                self.published.send_replace(published.clone());
                published
            }
            Err(problem) => {
                tracing::error!(code = problem.code.as_str(), "no frame could be made; the last one stands");
                last
            }
        }
    }

    /// Every frame from now on.
    pub fn subscribe(&self) -> watch::Receiver<Arc<Published>> {
        self.published.subscribe()
    }

    fn last(&self) -> Arc<Published> {
        self.published.borrow().clone()
    }

    fn is_good(&self, published: &Published) -> bool {
        published.version == *self.changes.borrow() || Instant::now().duration_since(published.made) < self.interval
    }
}

/// The snapshot, with a frame of this id.
struct Everything {
    id: String,
}

impl Query for Everything {
    type Reply = CampaignSnapshot;

    fn run<L: Ledger>(
        self,
        engine: &Engine,
        ledger: &L,
        now: Timestamp,
    ) -> Result<CampaignSnapshot, Failure<L::Error>> {
        // For an instant after a bell the next round is not open yet. The frame shows the moment before then,
        // not a campaign without a round.
        let bell = engine.next_bell(ledger)?.filter(|bell| *bell <= now);
        let now = bell.map_or(now, |bell| bell.plus_ms(-1));
        let live: LiveFrame = engine.live_frame(ledger, self.id, now)?;
        Ok(engine.snapshot(ledger, live)?)
    }
}
