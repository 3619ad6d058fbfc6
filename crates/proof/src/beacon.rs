//! The signature of a public beacon's round.

use carnival_domain::draw::beacon::{Beacon, SIGNATURE_LENGTH};
use carnival_domain::draw::fault::ProofFault;
use carnival_domain::draw::proof::ProofBeacon;
use carnival_domain::hex;
use drand_verify::{G2PubkeyRfc, Pubkey as _};

/// Whether a beacon's network signed this round so.
pub fn is_signed(beacon: Beacon, round: u64, signature: &[u8; SIGNATURE_LENGTH]) -> bool {
    match beacon {
        Beacon::DrandQuicknet => {
            let key = hex::decode::<96>(beacon.public_key()).and_then(|key| G2PubkeyRfc::from_fixed(key).ok());
            key.is_some_and(|key| key.verify(round, b"", signature).unwrap_or(false))
        }
    }
}

/// Checks what hashing can't: that the round's signature is the chain's.
///
/// # Errors
/// What does not hold.
pub fn check(beacon: &ProofBeacon) -> Result<(), ProofFault> {
    let known = Beacon::of_chain(&beacon.chain).ok_or(ProofFault::UnknownBeacon)?;
    let signature = hex::decode(&beacon.signature).ok_or(ProofFault::BeaconSignatureForm)?;
    if is_signed(known, beacon.round, &signature) { Ok(()) } else { Err(ProofFault::BeaconSignature) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounds as the network published them: any change makes them false, so they can't be made up.
    const RECORDED: [(u64, &str); 2] = [
        (123, "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92"),
        (657_413, "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"),
    ];

    #[test]
    fn recorded_rounds_are_signed_and_changed_ones_are_not() {
        for (round, signature) in RECORDED {
            let signature: [u8; SIGNATURE_LENGTH] = hex::decode(signature).expect("hex");
            assert!(is_signed(Beacon::DrandQuicknet, round, &signature), "{round}");
            assert!(!is_signed(Beacon::DrandQuicknet, round + 1, &signature), "{round}");
            for place in [0, 1, 20, 47] {
                let mut changed = signature;
                changed[place] ^= 1;
                assert!(!is_signed(Beacon::DrandQuicknet, round, &changed), "{round}, byte {place}");
            }
        }
    }
}
