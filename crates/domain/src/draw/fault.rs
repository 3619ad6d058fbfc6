//! What can be wrong with a proof, and where.

use std::fmt;

use crate::ids::{EntryId, PrizeId};

/// A step of checking a draw, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The document can be read and is of a known version.
    Document,
    /// The revealed seed is the one committed to.
    Commitment,
    /// The list names every entry once, in ascending order.
    Entries,
    /// The root is the list's.
    Root,
    /// The beacon's round is the one that was fixed in advance, and really the beacon's.
    Beacon,
    /// All entries have their scores.
    Order,
    /// Winners, reserves and passed-over entries are those that follow.
    Winners,
    /// A participant's receipt is signed, and its entry is under the root.
    Receipt,
}

impl Step {
    /// The step's word, for one line of text and for attributes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Commitment => "commitment",
            Self::Entries => "entries",
            Self::Root => "root",
            Self::Beacon => "beacon",
            Self::Order => "order",
            Self::Winners => "winners",
            Self::Receipt => "receipt",
        }
    }
}

/// A list of a proof's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// `winners`
    Winners,
    /// `reserves`
    Reserves,
    /// `passed_over`
    PassedOver,
}

impl Listed {
    fn as_str(self) -> &'static str {
        match self {
            Self::Winners => "winners",
            Self::Reserves => "reserves",
            Self::PassedOver => "passed_over",
        }
    }

    fn entry(self, index: usize) -> String {
        match self {
            Self::Reserves => format!("reserves[{index}]"),
            Self::Winners | Self::PassedOver => format!("{}[{index}].entry_id", self.as_str()),
        }
    }
}

/// Why a proof does not hold: the first thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProofFault {
    /// The document is of a version that this checker does not know.
    UnknownVersion,
    /// The seed is not the one committed to.
    Commitment,
    /// An entry of the list does not come after the one before it.
    EntriesUnsorted {
        /// Its place in the list, from 0.
        index: usize,
    },
    /// The list's Merkle root is another one.
    Root,
    /// The beacon is none that this checker knows.
    UnknownBeacon,
    /// The beacon's round is not the first after the close and the margin.
    BeaconRound {
        /// Which one would be.
        expected: u64,
    },
    /// The beacon's signature is not 96 digits of lower-case hex.
    BeaconSignatureForm,
    /// The randomness is not the signature's.
    BeaconRandomness,
    /// The signature is not the beacon's of this round.
    BeaconSignature,
    /// An entry of the result is not in the list of entries at all.
    NotInList {
        /// In which list of the result it stands.
        of: Listed,
        /// Its place there, from 0.
        index: usize,
    },
    /// `passed_over[index].same_person_as` did not come in before the entry that was passed over.
    NotInBefore {
        /// The place in `passed_over`, from 0.
        index: usize,
    },
    /// An entry of the result is not the one whose turn it is.
    OutOfTurn {
        /// In which list.
        of: Listed,
        /// Its place there, from 0.
        index: usize,
        /// Whose turn it is; none if the list should have ended.
        expected: Option<EntryId>,
    },
    /// The list ends where somebody's turn is.
    TooShort {
        /// Which list.
        of: Listed,
        /// Whose turn it is.
        expected: EntryId,
    },
    /// A winner has another prize than the one whose turn it is.
    Prize {
        /// The place in `winners`, from 0.
        index: usize,
        /// Which prize it is.
        expected: PrizeId,
    },
}

impl ProofFault {
    /// The step that fails.
    pub fn step(&self) -> Step {
        match self {
            Self::UnknownVersion => Step::Document,
            Self::Commitment => Step::Commitment,
            Self::EntriesUnsorted { .. } => Step::Entries,
            Self::Root => Step::Root,
            Self::UnknownBeacon
            | Self::BeaconRound { .. }
            | Self::BeaconSignatureForm
            | Self::BeaconRandomness
            | Self::BeaconSignature => Step::Beacon,
            Self::NotInList { .. }
            | Self::NotInBefore { .. }
            | Self::OutOfTurn { .. }
            | Self::TooShort { .. }
            | Self::Prize { .. } => Step::Winners,
        }
    }

    /// The fields that do not fit each other. Which of them was tampered with, no checker can know.
    pub fn fields(&self) -> Vec<String> {
        let fixed = |fields: &[&str]| fields.iter().map(|field| (*field).to_owned()).collect();
        // What the order of scores rests on, as far as the steps before have not bound it already.
        let in_turn = |first: String| {
            let rest = ["draw_id", "beacon", "prizes", "reserve_count", "winners", "reserves", "passed_over"];
            std::iter::once(first).chain(rest.map(str::to_owned)).collect()
        };
        match self {
            Self::UnknownVersion => fixed(&["version"]),
            Self::Commitment => fixed(&["commitment", "seed"]),
            Self::EntriesUnsorted { index } => vec![format!("entries[{index}]"), "entries".to_owned()],
            Self::Root => fixed(&["root", "entries"]),
            Self::UnknownBeacon => fixed(&["beacon.chain"]),
            Self::BeaconRound { .. } => fixed(&["beacon.round", "closed_at"]),
            Self::BeaconSignatureForm => fixed(&["beacon.signature"]),
            Self::BeaconRandomness => fixed(&["beacon.randomness", "beacon.signature"]),
            Self::BeaconSignature => fixed(&["beacon.signature", "beacon.round", "beacon.chain"]),
            Self::NotInList { of, index } => vec![of.entry(*index)],
            Self::NotInBefore { index } => in_turn(format!("passed_over[{index}].same_person_as")),
            Self::OutOfTurn { of, index, .. } => in_turn(of.entry(*index)),
            Self::TooShort { of, .. } => in_turn(of.as_str().to_owned()),
            Self::Prize { index, .. } => {
                vec![format!("winners[{index}].prize_id"), "prizes".to_owned(), "winners".to_owned()]
            }
        }
    }
}

impl fmt::Display for ProofFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownVersion => f.write_str("`version` is unknown"),
            Self::Commitment => f.write_str("the SHA-256 of `seed` is not `commitment`"),
            Self::EntriesUnsorted { index } => {
                write!(f, "`entries[{index}]` does not come after the entry before it")
            }
            Self::Root => f.write_str("`root` is not the Merkle root of the list of entries"),
            Self::UnknownBeacon => f.write_str("`beacon.chain` is no chain that this checker knows"),
            Self::BeaconRound { expected } => {
                write!(f, "`beacon.round` is not {expected}, the first round from 10 s after `closed_at` on")
            }
            Self::BeaconSignatureForm => f.write_str("`beacon.signature` is not 96 digits of lower-case hex"),
            Self::BeaconRandomness => f.write_str("`beacon.randomness` is not the SHA-256 of `beacon.signature`"),
            Self::BeaconSignature => f.write_str("`beacon.signature` is not the chain's signature of `beacon.round`"),
            Self::NotInList { of, index } => write!(f, "`{}` is not in the list of entries", of.entry(*index)),
            Self::NotInBefore { index } => write!(
                f,
                "`passed_over[{index}].same_person_as` did not come in before `passed_over[{index}].entry_id`"
            ),
            Self::OutOfTurn { of, index, expected: Some(expected) } => {
                write!(f, "`{}` is not {expected}, whose turn it is by the scores", of.entry(*index))
            }
            Self::OutOfTurn { of, index, expected: None } => {
                write!(f, "`{}` is one too many: all places are taken", of.entry(*index))
            }
            Self::TooShort { of, expected } => {
                write!(f, "`{}` ends before {expected}, whose turn it is by the scores", of.as_str())
            }
            Self::Prize { index, expected } => {
                write!(f, "`winners[{index}].prize_id` is not {expected}, which is the next of `prizes`")
            }
        }
    }
}

impl std::error::Error for ProofFault {}
