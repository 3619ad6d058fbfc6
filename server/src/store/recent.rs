//! The votes that participants cast of late, as far as they are remembered: a vote that was cast already, or can't be, is
//! answered on the thread that was asked, and is no work for the writer.
//!
//! What is remembered are facts; the engine says what they come to. The writer is who remembers, after each commit and before
//! its answers leave, in the order of what was done; so whatever is in here is what is on disk, and whoever was told that
//! somebody is erased, or was merged, finds nothing of them. Only who acts for themselves is remembered: the writer looks up
//! whom a guest's old tab acts for.

mod row;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_contract::replies::VoteCounted;
use carnival_domain::ids::{ParticipantId, StarId};
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::ledger::KeyMark;
use carnival_engine::{Engine, KnownVotes, Recalled, Write};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::known_keys::KnownKeys;
use crate::clock::lock;
use row::Row;

/// How much is remembered, bytes: some three hundred thousand participants with three votes each, which is more than vote within
/// the minutes in which a retry comes. Who is forgotten costs the writer two look-ups, and is remembered again.
const CAPACITY: u64 = 48 << 20;
/// What a participant costs beside their votes, bytes: id, day and pointer, twice where the table has just grown, and what
/// the allocator and the count of the pointer take.
const PER_PARTICIPANT: usize = 112;
/// How many votes are remembered of one participant: eight on each of the three days on which repetitions are known. Where
/// people have more votes a day, each of their votes would have to write all of them down in here again.
const MOST_VOTES: usize = 24;

/// What is to be remembered or forgotten once a command is durable.
#[derive(Default)]
pub enum News {
    /// Nobody's votes were changed or looked at.
    #[default]
    None,
    /// These are all of somebody's votes.
    Known(KnownVotes),
    /// What is remembered of these is true no more.
    Changed([ParticipantId; 2]),
}

/// Refusals that the writer has not heard of yet.
pub(super) type Refusals = BTreeMap<(Day, ErrorCode), u64>;

/// The memory.
pub struct Recent {
    engine: Engine,
    stars: HashMap<StarId, u16>,
    kept: Cache<ParticipantId, Kept, Weight>,
    keys: Arc<KnownKeys>,
    refused: Mutex<Refusals>,
}

#[derive(Clone)]
struct Kept {
    /// The days that it is of.
    first: Day,
    day: Day,
    rows: Arc<[Row]>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<ParticipantId, Kept> for Weight {
    fn weight(&self, _: &ParticipantId, kept: &Kept) -> u64 {
        (PER_PARTICIPANT + size_of_val(&*kept.rows)) as u64
    }
}

impl Recent {
    /// Nothing remembered yet.
    pub(super) fn new(engine: Engine) -> Self {
        Self::of_size(engine, CAPACITY)
    }

    fn of_size(engine: Engine, capacity: u64) -> Self {
        let stars = engine.campaign().stars.iter().map(|star| star.id.clone()).zip(0..).collect();
        let three_votes = PER_PARTICIPANT + 3 * size_of::<Row>();
        let kept = Cache::with_weighter(capacity as usize / three_votes, capacity, Weight);
        Self { engine, stars, kept, keys: Arc::default(), refused: Mutex::default() }
    }

    /// Under which keys anything may have been done.
    pub(super) fn keys(&self) -> &Arc<KnownKeys> {
        &self.keys
    }

    /// What a vote comes to, if what is remembered is enough to say so. A refusal is counted for the audit.
    pub(crate) fn recall(&self, write: &Write, star: &StarId, now: Timestamp) -> Option<Result<VoteCounted, Problem>> {
        let known = self.known(write.who)?;
        let key = KeyMark::of(&write.key);
        match self.engine.recall_vote(&known, key, star, now, || self.keys.may_know(key, now))? {
            Recalled::Again(counted) => Some(Ok(counted)),
            Recalled::Refused { problem, counts_on } => {
                if let Some(day) = counts_on {
                    *lock(&self.refused).entry((day, problem.code)).or_default() += 1;
                }
                Some(Err(problem))
            }
        }
    }

    fn known(&self, who: ParticipantId) -> Option<KnownVotes> {
        let Kept { first, day, rows } = self.kept.get(&who)?;
        let cast = rows.iter().map(|row| row.unpack(self.engine.campaign(), day)).collect::<Option<_>>()?;
        Some(KnownVotes { who, first, day, cast })
    }

    /// Takes in what a command has left. Only for the writer, which is one thread: so nothing gets in between the look and the note.
    pub(super) fn hear(&self, news: News) {
        match news {
            News::None => {}
            News::Known(known) if self.engine.recalls_votes() => self.note(known),
            News::Known(_) => {}
            News::Changed(whose) => whose.iter().for_each(|who| drop(self.kept.remove(who))),
        }
    }

    fn note(&self, mut known: KnownVotes) {
        let KnownVotes { who, first, day, .. } = known;
        // What was told of a vote is known where it was cast or asked after, and not looked up again for the next.
        if let Some(before) = self.kept.get(&who) {
            for row in known.cast.iter_mut().filter(|row| row.told.is_none()) {
                row.told = before.rows.iter().find_map(|kept| kept.told(self.engine.campaign(), before.day, &row.vote));
            }
        }
        let pack = |cast| Row::pack(self.engine.campaign(), &self.stars, day, cast);
        let rows = (known.cast.len() <= MOST_VOTES).then(|| known.cast.iter().map(pack).collect::<Option<_>>());
        match rows.flatten() {
            Some(rows) => self.kept.insert(who, Kept { first, day, rows }),
            None => drop(self.kept.remove(&who)),
        }
    }

    /// Hands over the refusals, once each.
    pub(super) fn take_refused(&self) -> Refusals {
        std::mem::take(&mut *lock(&self.refused))
    }
}
