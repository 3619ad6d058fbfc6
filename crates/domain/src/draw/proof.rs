//! The public document of a draw, and checking it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{PassedOver, VERSION, Winner, commitment, merkle, order, scoring_key};
use crate::hex::Hash32;
use crate::ids::{DrawId, EntryId, PrizeId};
use crate::round::{PrizeLot, PrizePool};
use crate::time::Timestamp;

/// The longest list that stands in the document itself; a longer one is linked to as plain text.
pub const INLINE_ENTRIES_MAX: usize = 10_000;

/// A prize as a proof names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofPrize {
    /// Which prize.
    pub prize_id: PrizeId,
    /// Its name when the draw was made.
    pub title: String,
    /// How many of it.
    pub count: u32,
}

/// A public beacon's part in a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofBeacon {
    /// The chain's hash.
    pub chain: Hash32,
    /// The chain's round.
    pub round: u64,
    /// The round's signature, hex.
    pub signature: String,
    /// SHA-256 of the signature.
    pub randomness: Hash32,
}

/// Everything needed to recompute a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawProof {
    /// Always [`VERSION`].
    pub version: String,
    /// Which draw.
    pub draw_id: DrawId,
    /// When the commitment was made public.
    pub opened_at: Timestamp,
    /// When the list was closed.
    pub closed_at: Timestamp,
    /// SHA-256 of the seed, public since `opened_at`.
    pub commitment: Hash32,
    /// The secret, public since the close.
    pub seed: Hash32,
    /// The beacon, if the draw waited for one.
    pub beacon: Option<ProofBeacon>,
    /// In the order in which they are given.
    pub prizes: Vec<ProofPrize>,
    /// How many reserves are named.
    pub reserve_count: u32,
    /// All entries, ascending; absent where `entries_url` stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<EntryId>>,
    /// Where the list is, one id a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries_url: Option<String>,
    /// The Merkle root of the list.
    pub root: Hash32,
    /// Who won what.
    pub winners: Vec<Winner>,
    /// Who moves up.
    pub reserves: Vec<EntryId>,
    /// Who was in already.
    pub passed_over: Vec<PassedOver>,
}

/// The step of a check that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofFault {
    /// The document is of a version that this checker does not know.
    UnknownVersion,
    /// The seed is not the one committed to.
    Commitment,
    /// The list is not sorted, or has an id twice.
    EntriesUnsorted,
    /// The list's Merkle root is another one.
    Root,
    /// The winners, reserves or passed-over entries are not those that follow from seed and root.
    Result,
}

impl fmt::Display for ProofFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownVersion => "unknown version",
            Self::Commitment => "the seed is not the one committed to",
            Self::EntriesUnsorted => "the list of entries is not strictly ascending",
            Self::Root => "the Merkle root is not the list's",
            Self::Result => "the result does not follow from seed and root",
        })
    }
}

impl std::error::Error for ProofFault {}

impl DrawProof {
    /// Checks the document against its list of entries.
    ///
    /// Whose an entry is cannot be seen from outside; so a passed-over entry is taken at its word, and it is
    /// checked that it names an entry that came in before it.
    ///
    /// # Errors
    /// The first step that does not hold.
    pub fn verify(&self, entries: &[EntryId]) -> Result<(), ProofFault> {
        let holds = |holds: bool, fault| if holds { Ok(()) } else { Err(fault) };
        holds(self.version == VERSION, ProofFault::UnknownVersion)?;
        holds(commitment(&self.seed.0) == self.commitment, ProofFault::Commitment)?;
        holds(entries.is_sorted_by(|a, b| a < b), ProofFault::EntriesUnsorted)?;
        holds(merkle::root(entries) == self.root, ProofFault::Root)?;

        let randomness = self.beacon.as_ref().map(|beacon| beacon.randomness.0);
        let randomness = randomness.as_ref().map_or(&[][..], |bytes| &bytes[..]);
        let key = scoring_key(&self.draw_id, &self.seed.0, &self.root, randomness);
        holds(self.follows_from(&order(&key, entries)), ProofFault::Result)
    }

    fn follows_from(&self, order: &[EntryId]) -> bool {
        let lots = self.prizes.iter().map(|prize| PrizeLot { prize_id: prize.prize_id.clone(), count: prize.count });
        let pool = PrizePool(lots.collect());
        let mut prizes = pool.0.iter().flat_map(|lot| std::iter::repeat_n(&lot.prize_id, lot.count as usize));
        let place_count = pool.prize_count() as usize + self.reserve_count as usize;
        let (mut winners, mut reserves) = (self.winners.iter(), self.reserves.iter());
        let mut passed_over = self.passed_over.iter().peekable();
        let mut came_in: Vec<EntryId> = Vec::new();
        for entry_id in order {
            if came_in.len() == place_count {
                break;
            }
            if let Some(passed) = passed_over.next_if(|passed| passed.entry_id == *entry_id) {
                if !came_in.contains(&passed.same_person_as) {
                    return false;
                }
                continue;
            }
            let named = match prizes.next() {
                Some(prize_id) => winners.next().is_some_and(|w| w.entry_id == *entry_id && w.prize_id == *prize_id),
                None => reserves.next() == Some(entry_id),
            };
            if !named {
                return false;
            }
            came_in.push(*entry_id);
        }
        winners.next().is_none() && reserves.next().is_none() && passed_over.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EntryOfDraw, draw};
    use super::*;
    use crate::ids::ParticipantId;

    fn proof() -> DrawProof {
        let entries: Vec<_> = (0u8..20)
            .map(|n| EntryOfDraw { entry_id: EntryId([n; 16]), participant_id: ParticipantId([n % 5; 16]) })
            .collect();
        let pool = PrizePool(vec![PrizeLot { prize_id: "p".parse().expect("a slug"), count: 3 }]);
        let seed = [7; 32];
        let result = draw(&"demo-r1".into(), &seed, &[], &pool, 4, &entries);
        DrawProof {
            version: VERSION.to_owned(),
            draw_id: "demo-r1".into(),
            opened_at: Timestamp::from_ms(0),
            closed_at: Timestamp::from_ms(378_000),
            commitment: commitment(&seed),
            seed: Hash32(seed),
            beacon: None,
            prizes: vec![ProofPrize { prize_id: "p".parse().expect("a slug"), title: "P".into(), count: 3 }],
            reserve_count: 4,
            entries: Some(result.entries),
            entries_url: None,
            root: result.root,
            winners: result.winners,
            reserves: result.reserves,
            passed_over: result.passed_over,
        }
    }

    fn verify(proof: &DrawProof) -> Result<(), ProofFault> {
        proof.verify(proof.entries.as_deref().expect("a short list"))
    }

    #[test]
    fn an_honest_proof_holds() {
        let proof = proof();
        assert!(!proof.passed_over.is_empty(), "the example should pass somebody over");
        assert_eq!(verify(&proof), Ok(()));
    }

    #[test]
    fn every_lie_is_named() {
        let lie = |change: fn(&mut DrawProof)| {
            let mut proof = proof();
            change(&mut proof);
            verify(&proof)
        };
        assert_eq!(lie(|p| p.version.push('x')), Err(ProofFault::UnknownVersion));
        assert_eq!(lie(|p| p.seed.0[0] ^= 1), Err(ProofFault::Commitment));
        assert_eq!(lie(|p| p.root.0[0] ^= 1), Err(ProofFault::Root));
        assert_eq!(lie(|p| p.draw_id = "demo-r2".into()), Err(ProofFault::Result));
        assert_eq!(lie(|p| p.winners.swap(0, 1)), Err(ProofFault::Result));
        assert_eq!(lie(|p| p.reserves.truncate(1)), Err(ProofFault::Result));
        assert_eq!(lie(|p| p.passed_over.clear()), Err(ProofFault::Result));
        assert_eq!(lie(|p| p.prizes[0].count = 2), Err(ProofFault::Result));
        let missing = lie(|p| p.entries.iter_mut().for_each(|entries| entries.truncate(19)));
        assert_eq!(missing, Err(ProofFault::Root));
        let doubled = lie(|p| {
            if let Some(entries) = p.entries.as_mut() {
                entries.push(entries[0])
            }
        });
        assert_eq!(doubled, Err(ProofFault::EntriesUnsorted));
    }
}
