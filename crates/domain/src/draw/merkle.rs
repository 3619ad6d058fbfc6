//! The Merkle tree over a draw's entries, hashed as in RFC 6962, section 2.1.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hex::Hash32;
use crate::ids::EntryId;

fn leaf(entry_id: EntryId) -> Hash32 {
    let mut hash = Sha256::new();
    hash.update([0x00]);
    hash.update(entry_id.to_string().as_bytes());
    Hash32(hash.finalize().into())
}

fn node(left: &Hash32, right: &Hash32) -> Hash32 {
    let mut hash = Sha256::new();
    hash.update([0x01]);
    hash.update(left.0);
    hash.update(right.0);
    Hash32(hash.finalize().into())
}

/// One level up. A last hash without a partner moves up as it is, which gives RFC 6962's tree: the left
/// half is always the largest power of two.
fn parents(level: &[Hash32]) -> Vec<Hash32> {
    let pairs = level.chunks(2).map(|pair| match pair {
        [left, right] => node(left, right),
        single => single[0],
    });
    pairs.collect()
}

/// The root over entries that are sorted already; of the empty list, SHA-256 of nothing.
pub fn root(sorted: &[EntryId]) -> Hash32 {
    let mut level: Vec<_> = sorted.iter().map(|id| leaf(*id)).collect();
    while level.len() > 1 {
        level = parents(&level);
    }
    level.first().copied().unwrap_or_else(|| Hash32(Sha256::digest([]).into()))
}

/// One step from a leaf towards the root: the hash beside it, and on which side that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathStep {
    /// The other hash stands to the left.
    Left(Hash32),
    /// The other hash stands to the right.
    Right(Hash32),
}

/// The steps from the entry at `index` to the root; `None` beyond the list.
pub fn path(sorted: &[EntryId], index: usize) -> Option<Vec<PathStep>> {
    sorted.get(index)?;
    let mut level: Vec<_> = sorted.iter().map(|id| leaf(*id)).collect();
    let (mut at, mut steps) = (index, Vec::new());
    while level.len() > 1 {
        if at % 2 == 1 {
            steps.push(PathStep::Left(level[at - 1]));
        } else if let Some(right) = level.get(at + 1) {
            steps.push(PathStep::Right(*right));
        }
        level = parents(&level);
        at /= 2;
    }
    Some(steps)
}

/// The root that an entry and its steps lead to.
pub fn root_of_path(entry_id: EntryId, steps: &[PathStep]) -> Hash32 {
    steps.iter().fold(leaf(entry_id), |hash, step| match step {
        PathStep::Left(left) => node(left, &hash),
        PathStep::Right(right) => node(&hash, right),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 6962's own definition, word for word: split at the largest power of two below the length.
    fn root_by_definition(list: &[EntryId]) -> Hash32 {
        match list {
            [] => Hash32(Sha256::digest([]).into()),
            [one] => leaf(*one),
            list => {
                let half = list.len().next_power_of_two() / 2;
                node(&root_by_definition(&list[..half]), &root_by_definition(&list[half..]))
            }
        }
    }

    fn ids(count: usize) -> Vec<EntryId> {
        (0..count).map(|n| EntryId((n as u128).to_be_bytes())).collect()
    }

    proptest! {
        #[test]
        fn the_root_is_the_one_of_rfc_6962(count in 0usize..200) {
            prop_assert_eq!(root(&ids(count)), root_by_definition(&ids(count)));
        }

        #[test]
        fn every_entry_has_a_path_to_the_root(count in 1usize..100) {
            let ids = ids(count);
            for (index, id) in ids.iter().enumerate() {
                let path = path(&ids, index).expect("within the list");
                prop_assert_eq!(root_of_path(*id, &path), root(&ids));
            }
            prop_assert_eq!(path(&ids, count), None);
        }
    }
}
