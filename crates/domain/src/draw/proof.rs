//! The public document of a draw. A field that it does not know is no part of version 1: nothing may hide in it.

use serde::{Deserialize, Serialize};

#[cfg(doc)]
use super::VERSION;
use super::check::{Check, Verdict};
use super::fault::ProofFault;
use super::{PassedOver, Winner};
use crate::hex::Hash32;
use crate::ids::{DrawId, EntryId, PrizeId};
use crate::time::Timestamp;

/// The longest list that stands in the document itself; a longer one is linked to as plain text.
pub const INLINE_ENTRIES_MAX: usize = 10_000;

/// A prize as a proof names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
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

impl DrawProof {
    /// Checks the document against its list of entries, all at once; see [`Check`].
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verify(&self, entries: &[EntryId]) -> Result<Verdict, ProofFault> {
        Check::new(self, entries).run()
    }
}
