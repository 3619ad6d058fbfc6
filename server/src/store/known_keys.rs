//! Under which keys anything may have been done in the last days. Of nearly every key that comes along it is certain that nothing
//! was, and then nothing of it is looked up: in a campaign of millions that would be somewhere on the disk where nobody was today.
//!
//! Keys are random, so what is kept of them is a Bloom filter for each day: two bytes a key, and once in four hundred times a
//! "perhaps" for a key that is new, which only costs the look. What was done before the start is taken in from the disk
//! (`sqlite/recollection.rs`); until then every key is perhaps known.

use std::collections::VecDeque;
use std::sync::{PoisonError, RwLock, RwLockWriteGuard};

use carnival_domain::time::{DAY_MS, Timestamp};
use carnival_engine::REPEATED_DAYS;
use carnival_engine::ledger::KeyMark;
use fastbloom::BloomFilter;

/// Of a full filter, 1 in 418 new keys is taken for one that is known: (1 - e^(-4 / 16))^4. More hashes would make that fewer, but each is a
/// place somewhere in memory.
const BITS_PER_KEY: usize = 16;
const HASHES: u32 = 4;
/// How many keys the first filter of a day is for; each further one is for four times as many, as every look goes through all.
const FIRST_ROOM: usize = 1 << 17;
const GROWTH: usize = 4;
/// How many days a key is kept beside its own. A day of the campaign's may begin on one of UTC's and end on the next.
const DAYS_KEPT: i64 = REPEATED_DAYS as i64 + 1;

/// The keys of the last days.
#[derive(Default)]
pub(super) struct KnownKeys(RwLock<Days>);

#[derive(Default)]
struct Days {
    /// The latest last.
    kept: VecDeque<(i64, Keys)>,
    /// From when on every key is here that matters then; none until what was done before the start is here.
    complete_from: Option<Timestamp>,
}

/// Any number of keys.
#[derive(Default)]
pub(super) struct Keys {
    filters: Vec<BloomFilter>,
    /// How many more keys the last of them is for.
    room: usize,
}

impl KnownKeys {
    /// Whether anything may have been done under a key that matters at this instant.
    pub(super) fn may_know(&self, key: KeyMark, now: Timestamp) -> bool {
        let days = self.0.read().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back may ask for a time whose keys are gone.
        let is_complete = days.complete_from.is_some_and(|from| from <= now);
        !is_complete || days.kept.iter().any(|(_, keys)| keys.may_have(key))
    }

    /// Takes in a key. That may be before what is done under it is durable.
    pub(super) fn insert(&self, key: KeyMark, at: Timestamp) {
        self.days().insert(key, day_of(at));
    }

    /// Takes in the keys of before an instant: now every key is here that matters then, or later.
    pub(super) fn complete(&self, at: Timestamp, before: Keys) {
        let mut days = self.days();
        days.kept.push_front((day_of(at), before));
        days.complete_from = Some(at).max(days.complete_from);
    }

    fn days(&self) -> RwLockWriteGuard<'_, Days> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn is_complete(&self) -> bool {
        self.days().complete_from.is_some()
    }
}

impl Days {
    fn insert(&mut self, key: KeyMark, day: i64) {
        // A clock that was set back does not begin a day anew: what comes stays for longer then.
        if self.kept.back().is_none_or(|(last, _)| *last < day) {
            self.kept.push_back((day, Keys::default()));
            while let Some((gone, _)) = self.kept.pop_front_if(|(first, _)| *first < day - DAYS_KEPT) {
                let from = Timestamp::from_ms((gone + DAYS_KEPT + 1) * DAY_MS);
                self.complete_from = self.complete_from.map(|before| before.max(from));
            }
        }
        if let Some((_, last)) = self.kept.back_mut() {
            last.insert(key);
        }
    }
}

impl Keys {
    pub(super) fn insert(&mut self, key: KeyMark) {
        if self.room == 0 {
            self.room = FIRST_ROOM * GROWTH.pow(self.filters.len() as u32);
            self.filters.push(BloomFilter::with_num_bits(self.room * BITS_PER_KEY).hashes(HASHES));
        }
        if let Some(last) = self.filters.last_mut()
            && !last.insert_hash(key.0)
        {
            self.room -= 1;
        }
    }

    fn may_have(&self, key: KeyMark) -> bool {
        self.filters.iter().any(|filter| filter.contains_hash(key.0))
    }
}

fn day_of(at: Timestamp) -> i64 {
    at.as_ms().div_euclid(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = DAY_MS / 24;

    fn key(n: u64) -> KeyMark {
        KeyMark(n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_ms(1000 * DAY_MS + hours * HOUR_MS)
    }

    #[test]
    fn until_everything_is_here_every_key_may_be_known() {
        let keys = KnownKeys::default();
        assert!(keys.may_know(key(1), at(0)));
        keys.complete(at(0), Keys::default());
        assert!(!keys.may_know(key(1), at(0)));
    }

    #[test]
    fn a_key_is_known_for_three_days_and_more() {
        let keys = KnownKeys::default();
        keys.complete(at(0), Keys::default());
        for hour in 0..24 {
            keys.insert(key(hour), at(hour as i64));
        }
        for hour in 24..24 * 9 {
            keys.insert(key(hour), at(hour as i64));
            for age in 0..=24 * 3 {
                if let Some(before) = hour.checked_sub(age) {
                    assert!(keys.may_know(key(before), at(hour as i64)), "the key of {age} hours before");
                }
            }
        }
        assert!(!keys.may_know(key(0), at(24 * 9)), "but not for ever");
    }

    #[test]
    fn a_clock_that_is_set_forward_and_back_makes_no_key_new() {
        let keys = KnownKeys::default();
        keys.complete(at(0), Keys::default());
        keys.insert(key(1), at(1));
        keys.insert(key(2), at(24 * 365));
        assert!(keys.may_know(key(1), at(2)), "what was forgotten is not taken for new");
        keys.insert(key(3), at(30));
        for hour in 2..24 * 4 {
            assert!(keys.may_know(key(3), at(hour)), "at {hour} hours");
        }
    }

    #[test]
    fn a_day_of_many_keys_forgets_none_and_rarely_takes_a_new_one_for_known() {
        let keys = KnownKeys::default();
        keys.complete(at(0), Keys::default());
        let many = 6 * FIRST_ROOM as u64;
        (0..many).for_each(|n| keys.insert(key(n), at(1)));
        assert!((0..many).all(|n| keys.may_know(key(n), at(1))));
        let mistaken = (many..2 * many).filter(|n| keys.may_know(key(*n), at(1))).count() as f64;
        assert!(mistaken / (many as f64) < 0.0094, "{mistaken} of {many}, by two filters");
    }
}
