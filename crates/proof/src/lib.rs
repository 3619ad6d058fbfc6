//! What a checker of draws needs besides the rules of `carnival_domain::draw`: documents read strictly, with the place
//! of every mistake; the Ed25519 signature of receipts; and, with the feature `beacon`, the BLS signature of a public
//! beacon's rounds.
//!
//! Pure as well: no file, no network, no clock. `carnival verify` and the page's checker run the same code.

#[cfg(feature = "beacon")]
pub mod beacon;
pub mod document;
pub mod receipt;
#[cfg(feature = "beacon")]
pub mod whole;
