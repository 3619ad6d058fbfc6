//! Public randomness beacons: which round of one a draw waits for, and what is known of it in advance.
//!
//! A beacon's rounds are numbered, come at fixed times and can be foreseen by nobody. So a draw that waits for a round
//! after its close can't be steered, not even by whoever knows the seed and enters made-up entries.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hex::{self, Hash32};
use crate::time::Timestamp;

/// How long after the close the round may come at the earliest, ms. By then the list is closed on every clock that is
/// not more than this wrong: nobody may know the randomness while entries are still taken.
pub const MARGIN_MS: i64 = 10_000;

/// A beacon that a draw can wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beacon {
    /// The League of Entropy's drand network, chain "quicknet": a round every three seconds.
    #[serde(rename = "drand-quicknet")]
    DrandQuicknet,
}

impl Beacon {
    /// The beacon's word in `campaign.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DrandQuicknet => "drand-quicknet",
        }
    }

    /// The beacon with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        (word == Self::DrandQuicknet.as_str()).then_some(Self::DrandQuicknet)
    }

    /// The beacon with this chain hash.
    pub fn of_chain(chain: &Hash32) -> Option<Self> {
        (*chain == Self::DrandQuicknet.chain()).then_some(Self::DrandQuicknet)
    }

    // The four facts below are what `https://api.drand.sh/<chain>/info` answers; the chain hash covers the other three.

    /// The chain's hash.
    pub fn chain(self) -> Hash32 {
        const QUICKNET: &str = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
        Hash32(hex::decode(QUICKNET).unwrap_or_default())
    }

    /// The public key that rounds are signed under: a compressed point of BLS12-381's G2, hex.
    pub fn public_key(self) -> &'static str {
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0\
         e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    }

    const fn genesis(self) -> Timestamp {
        Timestamp::from_ms(1_692_803_367_000)
    }

    const fn period_ms(self) -> i64 {
        3_000
    }

    /// When a round comes.
    pub fn round_at(self, round: u64) -> Timestamp {
        let before = i64::try_from(round.saturating_sub(1)).unwrap_or(i64::MAX);
        Timestamp::from_ms(self.genesis().as_ms().saturating_add(before.saturating_mul(self.period_ms())))
    }

    /// The round that a draw waits for: the first whose time is at least [`MARGIN_MS`] after the close.
    pub fn round_for(self, closed_at: Timestamp) -> u64 {
        let wait = closed_at.as_ms().saturating_add(MARGIN_MS).saturating_sub(self.genesis().as_ms());
        // The first round is number 1, at the genesis itself.
        let rounds = (wait.max(0) as u64).div_ceil(self.period_ms() as u64);
        rounds + 1
    }
}

/// How many bytes a round's signature has: a compressed point of BLS12-381's G1.
pub const SIGNATURE_LENGTH: usize = 48;

/// What a round's signature stands for: its SHA-256.
pub fn randomness(signature: &[u8; SIGNATURE_LENGTH]) -> Hash32 {
    Hash32(Sha256::digest(signature).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const QUICKNET: Beacon = Beacon::DrandQuicknet;

    #[test]
    fn the_chain_is_known_by_its_hash_and_its_word() {
        assert_eq!(Beacon::of_chain(&QUICKNET.chain()), Some(QUICKNET));
        assert_eq!(Beacon::of_chain(&Hash32([0; 32])), None);
        assert_eq!(Beacon::from_word("drand-quicknet"), Some(QUICKNET));
        assert_eq!(Beacon::from_word("drand-fastnet"), None);
        let quoted = serde_json::to_string(&QUICKNET).expect("a word");
        assert_eq!(quoted.trim_matches('"'), QUICKNET.as_str());
        assert_eq!(QUICKNET.public_key().len(), 192);
    }

    #[test]
    fn the_first_round_comes_at_the_genesis() {
        assert_eq!(QUICKNET.round_at(1), QUICKNET.genesis());
        assert_eq!(QUICKNET.round_for(Timestamp::from_ms(0)), 1);
        assert_eq!(QUICKNET.round_for(QUICKNET.genesis().plus_ms(-MARGIN_MS)), 1);
        assert_eq!(QUICKNET.round_for(QUICKNET.genesis().plus_ms(1 - MARGIN_MS)), 2);
    }

    proptest! {
        #[test]
        fn a_draw_waits_for_the_first_round_after_its_close_and_the_margin(ms in 1_692_803_367_000i64..4_000_000_000_000) {
            let closed_at = Timestamp::from_ms(ms);
            let round = QUICKNET.round_for(closed_at);
            prop_assert!(QUICKNET.round_at(round) >= closed_at.plus_ms(MARGIN_MS));
            prop_assert!(QUICKNET.round_at(round - 1) < closed_at.plus_ms(MARGIN_MS));
        }
    }
}
