//! The provable draw, version 1.
//!
//! Before the first entry the server commits to a secret seed; at the close the list of entries is fixed by
//! its Merkle root; then the seed is revealed, and who wins follows from seed and root alone, or from them and a public
//! [beacon](beacon::Beacon). Anyone can recompute it from the [proof](proof::DrawProof).

pub mod beacon;
pub mod check;
pub mod fault;
pub mod merkle;
pub mod proof;

use std::collections::HashMap;

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hex::Hash32;
use crate::ids::{DrawId, EntryId, ParticipantId, PrizeId};
use crate::round::PrizePool;

/// The version that proofs and keys are made under.
pub const VERSION: &str = "carnival/draw/v1";

/// The separator between the parts of a key's message.
const UNIT_SEPARATOR: u8 = 0x1F;

/// What is published before the first entry is accepted.
pub fn commitment(seed: &[u8; 32]) -> Hash32 {
    Hash32(Sha256::digest(seed).into())
}

/// The key under which entries are scored. `randomness` is a beacon's, or empty without one.
pub fn scoring_key(draw_id: &DrawId, seed: &[u8; 32], root: &Hash32, randomness: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(VERSION.as_bytes());
    hash.update([UNIT_SEPARATOR]);
    hash.update(draw_id.as_str().as_bytes());
    hash.update([UNIT_SEPARATOR]);
    hash.update(seed);
    hash.update(root.0);
    hash.update(randomness);
    hash.finalize().into()
}

/// What gives entries their scores: the lowest scores win. It holds the key hashed, which halves the work for each entry.
#[derive(Clone)]
pub struct Scorer(Hmac<Sha256>);

impl Scorer {
    /// Scores under this key.
    pub fn new(key: &[u8; 32]) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        Self(Hmac::new_from_slice(key).expect("HMAC takes keys of any length"))
    }

    /// An entry's score.
    pub fn score(&self, entry_id: EntryId) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(&entry_id.text());
        mac.finalize().into_bytes().into()
    }
}

/// An entry and whose it is. The second half never leaves the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryOfDraw {
    /// The public pseudonym.
    pub entry_id: EntryId,
    /// Who it belongs to.
    pub participant_id: ParticipantId,
}

/// An entry that won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Winner {
    /// Which entry.
    pub entry_id: EntryId,
    /// What it won.
    pub prize_id: PrizeId,
}

/// An entry that would have come in, had its owner not been in already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedOver {
    /// The entry that was passed over.
    pub entry_id: EntryId,
    /// The entry of the same person that is in.
    pub same_person_as: EntryId,
}

/// What a draw comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawResult {
    /// All entries, ascending by bytes.
    pub entries: Vec<EntryId>,
    /// The Merkle root of that list.
    pub root: Hash32,
    /// In the order of the prizes.
    pub winners: Vec<Winner>,
    /// Who moves up when a prize is not taken, in order.
    pub reserves: Vec<EntryId>,
    /// In the order of their scores.
    pub passed_over: Vec<PassedOver>,
}

/// The entries in the order of their scores: the first take the prizes.
pub fn order(key: &[u8; 32], entries: &[EntryId]) -> Vec<EntryId> {
    let scorer = Scorer::new(key);
    let mut scored: Vec<_> = entries.iter().map(|id| (scorer.score(*id), *id)).collect();
    scored.sort_unstable();
    scored.into_iter().map(|(_, id)| id).collect()
}

/// Draws. One person comes in at most once, as winner or as reserve; a later entry of theirs is passed over.
pub fn draw(
    draw_id: &DrawId,
    seed: &[u8; 32],
    randomness: &[u8],
    pool: &PrizePool,
    reserve_count: u32,
    entries: &[EntryOfDraw],
) -> DrawResult {
    let owners: HashMap<EntryId, ParticipantId> =
        entries.iter().map(|entry| (entry.entry_id, entry.participant_id)).collect();
    let mut sorted: Vec<EntryId> = owners.keys().copied().collect();
    sorted.sort_unstable();
    let root = merkle::root(&sorted);
    let key = scoring_key(draw_id, seed, &root, randomness);

    let mut prizes = pool.0.iter().flat_map(|lot| std::iter::repeat_n(&lot.prize_id, lot.count as usize));
    let mut result =
        DrawResult { root, winners: Vec::new(), reserves: Vec::new(), passed_over: Vec::new(), entries: Vec::new() };
    let mut came_in: HashMap<ParticipantId, EntryId> = HashMap::new();
    let place_count = pool.prize_count() as usize + reserve_count as usize;
    for entry_id in order(&key, &sorted) {
        if came_in.len() == place_count {
            break;
        }
        let owner = owners[&entry_id];
        if let Some(same_person_as) = came_in.get(&owner) {
            let same_person_as = *same_person_as;
            result.passed_over.push(PassedOver { entry_id, same_person_as });
            continue;
        }
        came_in.insert(owner, entry_id);
        match prizes.next() {
            Some(prize_id) => result.winners.push(Winner { entry_id, prize_id: prize_id.clone() }),
            None => result.reserves.push(entry_id),
        }
    }
    result.entries = sorted;
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::round::PrizeLot;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn pool(count: u32) -> PrizePool {
        PrizePool(vec![PrizeLot { prize_id: "p".parse().expect("a slug"), count }])
    }

    proptest! {
        #[test]
        fn a_draw_gives_each_prize_once_and_nobody_comes_in_twice(
            owners in prop::collection::vec(0u8..12, 0..40), prizes in 0u32..8, reserves in 0u32..6, seed: [u8; 32],
        ) {
            let entries: Vec<_> = owners.iter().zip(0u8..).map(|(owner, n)| EntryOfDraw {
                entry_id: EntryId([n; 16]),
                participant_id: ParticipantId([*owner; 16]),
            }).collect();
            let result = draw(&"d".into(), &seed, &[], &pool(prizes), reserves, &entries);
            let owner_of = |id: EntryId| owners[usize::from(id.0[0])];
            let people: HashSet<_> = owners.iter().collect();
            let expected_winners = (prizes as usize).min(people.len());
            prop_assert_eq!(result.winners.len(), expected_winners);
            prop_assert_eq!(result.reserves.len(), (reserves as usize).min(people.len() - expected_winners));
            let came_in: Vec<_> = result.winners.iter().map(|w| w.entry_id).chain(result.reserves.iter().copied()).collect();
            let distinct: HashSet<_> = came_in.iter().map(|id| owner_of(*id)).collect();
            prop_assert_eq!(distinct.len(), came_in.len());
            for passed in &result.passed_over {
                prop_assert_eq!(owner_of(passed.entry_id), owner_of(passed.same_person_as));
                prop_assert!(came_in.contains(&passed.same_person_as));
            }
        }

        #[test]
        fn the_order_in_which_entries_came_makes_no_difference(count in 1u8..30, turn in 0usize..30, seed: [u8; 32]) {
            let mut entries: Vec<_> = (0..count).map(|n| EntryOfDraw {
                entry_id: EntryId([n; 16]),
                participant_id: ParticipantId([n; 16]),
            }).collect();
            let first = draw(&"d".into(), &seed, &[], &pool(3), 2, &entries);
            entries.rotate_left(turn % usize::from(count));
            prop_assert_eq!(draw(&"d".into(), &seed, &[], &pool(3), 2, &entries), first);
        }
    }
}
