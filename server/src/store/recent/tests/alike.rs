//! With the memories of votes and of keys, and without them, everybody is told the same, and the same is audited.

use std::cell::Cell;

use carnival_contract::audits::AuditsReply;
use carnival_contract::replies::{Erased, PickKept};
use carnival_contract::requests::{GiveConsent, PickItem};
use carnival_contract::scenarios::campaign::friends;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::EntryId;
use carnival_domain::platforms::Provider;
use carnival_domain::time::DAY_MS;
use carnival_engine::{Identity, SignedIn};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

use super::*;
use crate::http::auth_return::Arrive;
use crate::http::erase_me::Erase;
use crate::http::get_audits::Audits;
use crate::http::give_consent::Give;
use crate::http::pick_item::Pick;

const STARS: [&str; 4] = ["ann", "ben", "cai", "hidden"];
const BROWSERS: usize = 3;

#[derive(Clone, Debug)]
enum Act {
    Vote { star: usize, key: u8 },
    Pick { key: u8 },
    SignIn { person: u8 },
    Erase,
}

/// A browser goes on under its first cookie if it is `stale`: another tab.
#[derive(Clone, Debug)]
enum Step {
    Browser { browser: usize, stale: bool, act: Act },
    Wait(i64),
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let act = prop_oneof![
        24 => (0..STARS.len(), 0..8_u8).prop_map(|(star, key)| Act::Vote { star, key }),
        2 => (0..8_u8).prop_map(|key| Act::Pick { key }),
        3 => (0..2_u8).prop_map(|person| Act::SignIn { person }),
        1 => Just(Act::Erase),
    ];
    let browser = (0..BROWSERS, any::<bool>(), act);
    prop_oneof![
        30 => browser.prop_map(|(browser, stale, act)| Step::Browser { browser, stale, act }),
        2 => Just(Step::Wait(DAY_MS / 3)),
        1 => Just(Step::Restart),
    ]
}

/// What is told. Of a place in a draw all but its random pseudonym.
#[derive(Debug, PartialEq)]
enum Told {
    Vote(Box<Result<VoteCounted, Problem>>),
    Pick(Result<PickKept, Problem>),
    SignedIn(Result<SignedIn, Problem>),
    Erased(Result<Erased, Problem>),
}

/// A server, with so much memory.
struct Side {
    engine: Engine,
    clock: Arc<SetClock>,
    capacity: u64,
    directory: TempDir,
    store: Store,
}

impl Side {
    fn open(engine: &Engine, clock: &Arc<SetClock>, capacity: u64) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let store = open(engine, clock, capacity, &directory);
        Self { engine: engine.clone(), clock: clock.clone(), capacity, directory, store }
    }

    async fn restart(&mut self) {
        self.store.close().await;
        self.store = open(&self.engine, &self.clock, self.capacity, &self.directory);
    }

    async fn tell(&self, who: ParticipantId, act: &Act, n: u64) -> Told {
        let write = |key| Write { who, key, now: noon() };
        let fresh = |n: u64| IdempotencyKey::from_random(u128::from(n).to_be_bytes());
        match act {
            Act::Vote { star, key: n } => {
                let mut counted = self.store.write(write(key(*n)), CastVote { star_id: slug(STARS[*star]) }).await;
                if let Ok(VoteCounted { fan: Some(fan), .. }) = &mut counted {
                    fan.entry_id = EntryId([0; 16]);
                }
                Told::Vote(Box::new(counted))
            }
            Act::Pick { key: n } => {
                let pick = Pick { item_id: slug("other"), asked: PickItem { is_picked: true } };
                Told::Pick(self.store.write(write(key(*n)), pick).await)
            }
            Act::SignIn { person } => {
                let consent = GiveConsent { version: self.engine.campaign().privacy.version.clone() };
                let _erased = self.store.write(write(fresh(n)), Give { consent }).await;
                let identity = Identity { provider: Provider::WeChat, subject: Hash32([*person; 32]), nickname: None };
                let newcomer = ParticipantId(u128::from(n + 1_000_000).to_be_bytes());
                Told::SignedIn(self.store.write(write(fresh(n + 500)), Arrive { identity, newcomer }).await)
            }
            Act::Erase => Told::Erased(self.store.write(write(fresh(n)), Erase).await),
        }
    }

    /// Of a server that has closed, so that all is written down.
    async fn audits(mut self) -> AuditsReply {
        self.restart().await;
        let audits = self.store.read(Audits).await.expect("audits");
        self.store.close().await;
        audits
    }
}

fn open(engine: &Engine, clock: &Arc<SetClock>, capacity: u64, directory: &TempDir) -> Store {
    let recent = Recent::of_size(engine.clone(), capacity);
    if capacity == 0 {
        // So every key is always looked up.
        recent.keys().complete(Timestamp::from_ms(i64::MAX), Keys::default());
    }
    let place = Place::File(directory.path().join("test.db"));
    recollected(Store::open_with(engine.clone(), clock.clone(), &place, recent).expect("a store"))
}

/// Draws of fans, friends that earn votes, and neither; with few rounds, that a day may go by quickly.
fn campaign_of(kind: u8) -> Campaign {
    let mut campaign = if kind == 0 { friends() } else { campaign() };
    campaign.rounds.schedule.per_day = 1;
    campaign.ends_at = campaign.starts_at.plus_ms(5 * DAY_MS);
    campaign.voting = VoteQuota { votes_per_day: 3, per_star_per_day: 2 };
    campaign.fans_draw = campaign.fans_draw.filter(|_| kind == 1);
    campaign
}

/// How many votes were told from memory.
async fn play(kind: u8, steps: &[Step]) -> usize {
    let engine = Engine::new(campaign_of(kind), b"key", None);
    let clock = Arc::new(SetClock::at(noon()));
    let [mut with, mut without] = [CAPACITY, 0].map(|capacity| Side::open(&engine, &clock, capacity));
    let mut cookies: Vec<_> = (1..=BROWSERS as u8).map(|n| [ParticipantId([n; 16]); 2]).collect();
    let mut recalled = 0;
    for (n, step) in (1000..).step_by(1000).zip(steps) {
        match step {
            Step::Browser { browser, stale, act } => {
                let who = cookies[*browser][usize::from(!stale)];
                if let (Act::Vote { star, key: n }, Some(known)) = (act, with.store.recent.known(who)) {
                    let mark = KeyMark::of(&key(*n));
                    let (now, keys) = (with.store.now(), with.store.recent.keys());
                    let recall =
                        engine.recall_vote(&known, mark, &slug(STARS[*star]), now, || keys.may_know(mark, now));
                    recalled += usize::from(recall.is_some());
                }
                assert_eq!(without.store.recent.known(who), None, "it is switched off");
                let told = with.tell(who, act, n).await;
                assert_eq!(told, without.tell(who, act, n).await, "{step:?}");
                match told {
                    Told::SignedIn(Ok(signed_in)) => cookies[*browser][1] = signed_in.who,
                    Told::Erased(Ok(_)) if !stale => {
                        cookies[*browser] = [ParticipantId(u128::from(n + 2_000_000).to_be_bytes()); 2];
                    }
                    _ => {}
                }
            }
            Step::Wait(ms) => {
                clock.advance_ms(*ms);
                with.store.settle().await;
                without.store.settle().await;
            }
            Step::Restart => {
                with.restart().await;
                without.restart().await;
            }
        }
    }
    assert_eq!(with.audits().await, without.audits().await);
    recalled
}

#[test]
fn nobody_can_tell_whether_votes_are_remembered() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (recalled, steps) = (Cell::new(0), (0..3_u8, proptest::collection::vec(step(), 1..80)));
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    let played = TestRunner::new(config).run(&steps, |(kind, steps)| {
        recalled.set(recalled.get() + runtime.block_on(play(kind, &steps)));
        Ok(())
    });
    played.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(recalled.get() > 200, "only {} votes were told from memory", recalled.get());
}
