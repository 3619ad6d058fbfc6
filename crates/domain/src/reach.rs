//! How far a participant's word went: who came by their links, who came by the links of those, and so on.
//!
//! Counts by generation, and nothing else: no name, no order, no reward. A person is counted once, in the first
//! generation that they are in, and nobody is counted for themselves. When somebody came does not matter: a visit more
//! never makes a reach smaller.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::ParticipantId;

/// How many generations are looked at. Beyond the sixth, hardly anybody is left whom another way did not reach.
pub const GENERATIONS_MAX: usize = 6;
/// How much is looked at: each person whose visitors are asked for, and each visit that is found. A reach of 20,000 people is
/// counted whole, and that of a canvasser with a hundred thousand visits costs no more: at 2 µs a look, a tenth of a second.
pub const LOOKS_MAX: usize = 40_000;

/// Friends by generation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// How many people came by a link of theirs, how many more by a link of one of those, and so on; the last is never
    /// zero.
    pub generations: Vec<u32>,
    /// Whether that is everybody. If not, there was more to look at than [`LOOKS_MAX`], and the numbers from the second
    /// generation on say how many there are at least.
    pub is_whole: bool,
}

impl Reach {
    /// All of them together.
    pub fn total(&self) -> u32 {
        self.generations.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// Counts a reach. `visit_count` is how many came by the participant's own links, which is known without looking;
/// `visitors` says who came by somebody's links, at most so many.
///
/// # Errors
/// Those of `visitors`.
pub fn reach<E>(
    of: ParticipantId,
    visit_count: u32,
    mut visitors: impl FnMut(ParticipantId, usize) -> Result<Vec<ParticipantId>, E>,
) -> Result<Reach, E> {
    let mut known = BTreeSet::from([of]);
    let (mut ring, mut counts) = (vec![of], Vec::new());
    let (mut looks, mut is_whole) = (LOOKS_MAX, true);
    while !ring.is_empty() && counts.len() < GENERATIONS_MAX {
        let mut next = Vec::new();
        for owner in ring {
            if looks == 0 {
                is_whole = false;
                break;
            }
            looks -= 1;
            // One more than there is time for tells whether there are more.
            let came = visitors(owner, looks + 1)?;
            is_whole &= came.len() <= looks;
            looks = looks.saturating_sub(came.len());
            next.extend(came.into_iter().filter(|who| known.insert(*who)));
        }
        counts.push(next.len() as u32);
        ring = next;
    }
    if let Some(first) = counts.first_mut() {
        *first = visit_count;
    }
    while counts.last() == Some(&0) {
        counts.pop();
    }
    Ok(Reach { generations: counts, is_whole })
}

#[cfg(test)]
mod tests;
