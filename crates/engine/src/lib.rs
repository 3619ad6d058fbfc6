//! What a back end does with a request: the rules of `carnival-domain` over a [`Ledger`] of facts, and the
//! replies of `carnival-contract` out of it.
//!
//! The server runs it over SQLite, the mock API and the tests over [memory](memory::MemoryLedger). So the
//! order in which a request is checked, written down and answered exists once.
//!
//! Every command checks first and writes last, so that a refused one leaves no trace even in a ledger that
//! cannot take anything back; of a refused vote there is only its count, for the audit.

mod audits;
mod awards;
mod beacon;
mod canvassing;
mod codes;
mod consents;
mod coupons;
mod deliveries;
mod draws;
mod entries;
mod erasure;
mod events;
mod export;
mod failure;
mod fans;
mod friends;
mod known_votes;
pub mod ledger;
mod links;
pub mod memory;
mod once;
mod pauses;
mod picks;
mod public_record;
mod rounds;
mod shop;
mod sign_in;
mod starts;
mod views;
mod votes;

pub use beacon::AwaitedDraw;
pub use codes::{CodeRefused, CodesBrought};
pub use deliveries::{Nonce, SealDelivery, Unsealed};
pub use failure::Failure;
pub use known_votes::{KnownVotes, Recalled};
pub use ledger::Ledger;
pub use once::Write;
pub use shop::SHOP;
pub use sign_in::{Identity, SignedIn};
pub use votes::REPEATED_DAYS;

use std::sync::Arc;

use carnival_domain::campaign::Campaign;
use carnival_domain::hex;
use sha2::{Digest, Sha256};

/// Signs a receipt; the signature in hex.
pub type SignReceipt = Arc<dyn Fn(&[u8]) -> String + Send + Sync>;

/// The rules of one campaign, ready to be applied to a ledger.
#[derive(Clone)]
pub struct Engine {
    campaign: Arc<Campaign>,
    share_key: Arc<[u8]>,
    sign_receipt: Option<SignReceipt>,
    seal_delivery: Option<Arc<dyn SealDelivery>>,
    revision: Arc<str>,
}

impl Engine {
    /// An engine for a campaign. `share_key` signs share links: who has it can forge them.
    pub fn new(campaign: Campaign, share_key: &[u8], sign_receipt: Option<SignReceipt>) -> Self {
        Self {
            revision: revision(&campaign).into(),
            campaign: Arc::new(campaign),
            share_key: share_key.into(),
            sign_receipt,
            seal_delivery: None,
        }
    }

    /// The campaign it applies.
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }
}

/// A short mark of a campaign's settings: pages fetch the snapshot again when it changes.
fn revision(campaign: &Campaign) -> String {
    // A campaign has no map with keys that are not text, the one thing that JSON cannot say.
    let settings = serde_json::to_vec(campaign).unwrap_or_default();
    hex::encode(&Sha256::digest(settings)[..4])
}
