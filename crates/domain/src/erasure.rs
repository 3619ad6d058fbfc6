//! Whoever erased themselves: nothing says any more who it was, and what has to stay is nobody's.
//!
//! What is on the public record stays: entry ids in the lists of draws, which are pseudonyms, and the sums of votes. So every
//! proof and every receipt still verifies. In place of the participant stands *nobody*: an id that no cookie can have,
//! another one for each thing, so that not even two things of one person are together.

use sha2::{Digest, Sha256};

use crate::ids::ParticipantId;

/// How such ids begin. A random id begins so once in 2⁶⁴.
pub const NOBODY: [u8; 8] = *b"nobody\0\0";

/// Nobody, for one thing; `of` is what no other thing has.
pub fn nobody(of: &[u8]) -> ParticipantId {
    let hash = digest("carnival/nobody/v1", of);
    let mut id = [0; 16];
    id[..8].copy_from_slice(&NOBODY);
    id[8..].copy_from_slice(&hash[..8]);
    ParticipantId(id)
}

/// Whether an id is nobody's.
pub fn is_nobody(who: ParticipantId) -> bool {
    who.0.starts_with(&NOBODY)
}

/// By what somebody is known who erased themselves, so that a late request of theirs is refused and begins nothing anew. An
/// id is 128 random bits: nobody finds it by trying.
pub fn mark(who: ParticipantId) -> [u8; 16] {
    let hash = digest("carnival/erased/v1", &who.0);
    let mut mark = [0; 16];
    mark.copy_from_slice(&hash[..16]);
    mark
}

fn digest(purpose: &str, of: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(purpose).chain_update([0x1F]).chain_update(of).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_another_one_for_each_thing() {
        assert_eq!(nobody(b"a"), nobody(b"a"));
        assert_ne!(nobody(b"a"), nobody(b"b"));
        assert!(is_nobody(nobody(b"a")) && !is_nobody(ParticipantId([7; 16])));
    }

    #[test]
    fn a_mark_does_not_say_whose_it_is() {
        let who = ParticipantId([7; 16]);
        assert_eq!(mark(who), mark(who));
        assert_ne!(mark(who), who.0);
        assert_ne!(mark(who)[..8], nobody(&who.0).0[8..], "the two can't be told to be one person's");
    }
}
