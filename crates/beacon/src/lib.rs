//! The BLS signatures of public beacons, for the page's checker of draws. They weigh more than all the rest of it, so
//! they come only for a draw that waited for a beacon.

use carnival_domain::draw::proof::ProofBeacon;
use carnival_domain::hex::{Hash32, decode};
use wasm_bindgen::prelude::*;

/// Whether a chain's round is signed so; chain and signature in hex. Rounds come as plain numbers: engines before 2020 pass no
/// 64-bit integers to a module.
#[wasm_bindgen]
pub fn is_signed(chain: &str, round: f64, signature: &str) -> bool {
    let Some(chain) = decode(chain).map(Hash32) else { return false };
    // The randomness follows from the signature, and was checked before.
    let randomness = Hash32([0; 32]);
    let round = round as u64;
    let beacon = ProofBeacon { chain, round, signature: signature.to_owned(), randomness };
    carnival_proof::beacon::check(&beacon).is_ok()
}
