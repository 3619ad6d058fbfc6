//! One place in the crowd: somebody comes, votes, perhaps claims a coupon, goes; and somebody else comes.

use std::sync::Arc;
use std::time::Duration;

use carnival_contract::live::RoundView;
use carnival_contract::paths;
use carnival_domain::ids::RoundId;
use carnival_domain::round::RoundPhase;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::client::Client;
use super::{Look, mood};

/// Between two votes of one shopper: two hundred of them make more than one a second.
const BETWEEN_VOTES: Duration = Duration::from_secs(150);
/// The first vote is why they came.
const BEFORE_FIRST_VOTE: Duration = Duration::from_secs(15);
/// Votes that a shopper has; then nothing keeps them.
const VOTES: u32 = 3;
/// One in eight claims a coupon.
const CLAIMS: f64 = 0.125;
/// How often a shopper looks up from what they are doing.
const GLANCE: Duration = Duration::from_secs(1);

type Looks = watch::Receiver<Option<Arc<Look>>>;

/// However fast a rehearsal is: hundreds who look up without a pause would keep the machine busy with that.
const GLANCE_LEAST: Duration = Duration::from_millis(100);

pub(super) async fn place_of_one(number: u32, client: &Client, mut looks: Looks, pace: u32) {
    let mut joining = Joining::default();
    loop {
        if looks.wait_for(Option::is_some).await.is_err() {
            return;
        }
        match client.arrive().await {
            Some(cookie) => visit(client, &cookie, &looks, &mut joining, pace).await,
            None => tracing::debug!(number, "a simulated shopper was not let in"),
        }
        sleep(mood::pause(GLANCE * 5 / pace)).await;
    }
}

/// Whether this place is in for the round that is open, and when.
#[derive(Default)]
struct Joining {
    decided: Option<RoundId>,
    join_at: Option<Instant>,
}

impl Joining {
    /// The round to enter now, if it is time.
    fn due(&mut self, look: &Look) -> Option<RoundId> {
        let now = look.now();
        let is_open = |round: &&RoundView| round.phase_at(now) == RoundPhase::Open;
        let round = look.snapshot.live.round.as_ref().filter(is_open)?;
        if self.decided != Some(round.round_id) {
            self.decided = Some(round.round_id);
            let left_ms = round.closes_at.ms_since(now).max(0) as f64 / f64::from(look.pace);
            let left = Duration::from_millis((left_ms * 0.95 * fastrand::f64()) as u64);
            self.join_at = mood::is_in_for(round.round_id).then(|| Instant::now() + left);
        }
        if self.join_at? > Instant::now() {
            return None;
        }
        self.join_at = None;
        Some(round.round_id)
    }
}

async fn visit(client: &Client, cookie: &str, looks: &Looks, joining: &mut Joining, pace: u32) {
    let (glance, between_votes) = ((GLANCE / pace).max(GLANCE_LEAST), BETWEEN_VOTES / pace);
    let mut votes_left = VOTES;
    let mut vote_at = Instant::now() + mood::pause(BEFORE_FIRST_VOTE / pace);
    let claim_at = Instant::now() + mood::pause(between_votes);
    let mut wants_coupon = fastrand::f64() < CLAIMS;
    while votes_left > 0 {
        sleep(glance.mul_f64(0.5 + fastrand::f64())).await;
        let Some(look) = looks.borrow().clone() else {
            continue;
        };
        if let Some(round) = joining.due(&look) {
            client.post(cookie, &paths::entries(round)).await;
        }
        if Instant::now() >= vote_at {
            if let Some(star) = mood::favourite(&look.snapshot) {
                client.post(cookie, &paths::votes(&star)).await;
            }
            votes_left -= 1;
            vote_at = Instant::now() + mood::pause(between_votes);
        }
        if wants_coupon && Instant::now() >= claim_at {
            wants_coupon = false;
            if let Some(offer) = mood::bargain(&look.snapshot, look.now()) {
                client.post(cookie, &paths::claims(&offer)).await;
            }
        }
    }
}
