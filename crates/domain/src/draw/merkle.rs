//! The Merkle tree over a draw's entries, hashed as in RFC 6962, section 2.1.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hex::Hash32;
use crate::ids::EntryId;

fn leaf(entry_id: EntryId) -> Hash32 {
    let mut hash = Sha256::new();
    hash.update([0x00]);
    hash.update(entry_id.text());
    Hash32(hash.finalize().into())
}

fn node(left: &Hash32, right: &Hash32) -> Hash32 {
    let mut hash = Sha256::new();
    hash.update([0x01]);
    hash.update(left.0);
    hash.update(right.0);
    Hash32(hash.finalize().into())
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

/// The tree of entries that come one after the other: so a list of any length is hashed in portions.
///
/// It holds the roots of the full trees that are not joined yet, the largest first: one for each bit of the count.
#[derive(Clone, Debug, Default)]
pub struct TreeBuilder {
    full: Vec<Hash32>,
    count: usize,
    watched: Vec<Watched>,
}

/// An entry whose path is wanted.
#[derive(Clone, Debug)]
struct Watched {
    index: usize,
    path: Vec<PathStep>,
}

/// A tree's root, and the paths that were wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Of the empty list, SHA-256 of nothing.
    pub root: Hash32,
    /// In the order in which they were asked for; empty beyond the list.
    pub paths: Vec<Vec<PathStep>>,
}

impl TreeBuilder {
    /// A tree that notes the paths from the entries at these places, counted from 0, to the root.
    pub fn watching(places: &[usize]) -> Self {
        let watched = places.iter().map(|index| Watched { index: *index, path: Vec::new() });
        Self { watched: watched.collect(), ..Self::default() }
    }

    /// Takes the next entry.
    pub fn push(&mut self, entry_id: EntryId) {
        let (mut hash, mut size) = (leaf(entry_id), 1);
        // Two full trees of one size are one of twice the size: carried on as in counting with bits.
        for _ in 0..self.count.trailing_ones() {
            if let Some(left) = self.full.pop() {
                let middle = self.count + 1 - size;
                hash = self.join(middle - size, &left, middle, &hash);
                size *= 2;
            }
        }
        self.full.push(hash);
        self.count += 1;
    }

    /// The tree over all that came. Its left half is always the largest power of two, so trees are joined from the right.
    pub fn finish(mut self) -> Tree {
        let mut hash = self.full.pop().unwrap_or_else(|| Hash32(Sha256::digest([]).into()));
        let mut unjoined = self.count;
        let mut take_size = || {
            let size = unjoined & unjoined.wrapping_neg();
            unjoined -= size;
            size
        };
        let mut middle = self.count - take_size();
        while let Some(left) = self.full.pop() {
            let from = middle - take_size();
            hash = self.join(from, &left, middle, &hash);
            middle = from;
        }
        Tree { root: hash, paths: self.watched.into_iter().map(|watched| watched.path).collect() }
    }

    /// Joins the trees over `from..middle` and `middle..`, of which nothing to the right is hashed yet.
    fn join(&mut self, from: usize, left: &Hash32, middle: usize, right: &Hash32) -> Hash32 {
        for watched in &mut self.watched {
            if (from..middle).contains(&watched.index) {
                watched.path.push(PathStep::Right(*right));
            } else if (middle..=self.count).contains(&watched.index) {
                watched.path.push(PathStep::Left(*left));
            }
        }
        node(left, right)
    }
}

fn tree(sorted: &[EntryId], places: &[usize]) -> Tree {
    let mut builder = TreeBuilder::watching(places);
    sorted.iter().for_each(|id| builder.push(*id));
    builder.finish()
}

/// The root over entries that are sorted already.
pub fn root(sorted: &[EntryId]) -> Hash32 {
    tree(sorted, &[]).root
}

/// The steps from the entry at `index` to the root; `None` beyond the list.
pub fn path(sorted: &[EntryId], index: usize) -> Option<Vec<PathStep>> {
    sorted.get(index)?;
    tree(sorted, &[index]).paths.pop()
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
        fn every_entry_has_a_path_to_the_root(count in 1usize..50) {
            let ids = ids(count);
            for (index, id) in ids.iter().enumerate() {
                let path = path(&ids, index).expect("within the list");
                prop_assert_eq!(root_of_path(*id, &path), root(&ids));
            }
            prop_assert_eq!(path(&ids, count), None);
            let all: Vec<_> = (0..count).collect();
            let paths: Vec<_> = all.iter().map(|index| path(&ids, *index).expect("within the list")).collect();
            prop_assert_eq!(tree(&ids, &all).paths, paths);
        }
    }
}
