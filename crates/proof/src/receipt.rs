//! A participant's receipt: the server's signature, and the way from the entry to the root.

use std::fmt;

use carnival_contract::replies::receipt_message;
use carnival_domain::draw::merkle::{PathStep, root_of_path};
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::hex::{self, Hash32};
use carnival_domain::ids::{DrawId, EntryId, RoundId};
use carnival_domain::time::Timestamp;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;

use crate::document::{Unreadable, json};

/// The longest receipt or key document that is read, bytes.
pub const RECEIPT_MAX: usize = 64 * 1024;

/// What a participant has in hand: the receipt as `POST rounds/{round}/entries` or `GET me` gave it, the path as
/// `GET draws/{draw}/receipts/{entry}` gives it, or both in one document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Which draw.
    pub draw_id: DrawId,
    /// Which entry.
    pub entry_id: EntryId,
    /// The round it was for.
    #[serde(default)]
    pub round_id: Option<RoundId>,
    /// When it was accepted, to the letter: the signature covers the text.
    #[serde(default)]
    pub accepted_at: Option<String>,
    /// Ed25519, hex.
    #[serde(default)]
    pub signature: Option<String>,
    /// The key to check it with, hex, for whoever kept it along.
    #[serde(default)]
    pub public_key: Option<String>,
    /// The entry's place in the list, from 0.
    #[serde(default)]
    pub index: Option<u64>,
    /// The path from the entry to the root.
    #[serde(default)]
    pub path: Option<Vec<PathStep>>,
    /// What the path leads to.
    #[serde(default)]
    pub root: Option<Hash32>,
}

/// The answer to an entry has the receipt inside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    receipt: Receipt,
    #[serde(rename = "participant_count")]
    _participant_count: u32,
}

/// Reads a receipt.
///
/// # Errors
/// Why it is none.
pub fn read_receipt(bytes: &[u8]) -> Result<Receipt, Unreadable> {
    let alone = json(bytes, RECEIPT_MAX);
    match json::<Accepted>(bytes, RECEIPT_MAX) {
        Ok(accepted) => Ok(accepted.receipt),
        Err(_) => alone,
    }
}

/// Reads a public key: 64 digits of hex, or the document at `/.well-known/carnival.json`.
///
/// # Errors
/// Why it is none.
pub fn read_key(bytes: &[u8]) -> Result<String, Unreadable> {
    #[derive(Deserialize)]
    struct WellKnown {
        receipt_key: ReceiptKey,
    }
    #[derive(Deserialize)]
    struct ReceiptKey {
        public_key: String,
    }
    let text = bytes.trim_ascii();
    if hex::decode::<32>(&String::from_utf8_lossy(text)).is_some() {
        return Ok(String::from_utf8_lossy(text).into_owned());
    }
    json::<WellKnown>(bytes, RECEIPT_MAX).map(|known| known.receipt_key.public_key)
}

/// Why a receipt does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptFault {
    /// It is for another draw.
    OtherDraw,
    /// It has neither a signature nor a path: it says nothing.
    Empty,
    /// It is signed, and there is no key to check that with.
    NoKey,
    /// The key is no Ed25519 key in hex.
    BadKey,
    /// The signature is not 128 digits of lower-case hex.
    SignatureForm,
    /// The instant is not written as it was signed.
    AcceptedAt,
    /// The signature is not this key's over this receipt.
    Signature,
    /// The list has no such entry.
    NotInList,
    /// It is not at the place that the document says.
    Index,
    /// The root is not the proof's.
    Root,
    /// The path does not lead to the root.
    Path,
}

impl ReceiptFault {
    /// The fields of the receipt that do not fit.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::OtherDraw => &["draw_id"],
            Self::Empty => &["signature", "path"],
            Self::NoKey | Self::BadKey => &["public_key"],
            Self::SignatureForm => &["signature"],
            Self::AcceptedAt => &["accepted_at"],
            Self::Signature => &["signature", "entry_id", "accepted_at", "public_key"],
            Self::NotInList => &["entry_id"],
            Self::Index => &["index"],
            Self::Root => &["root"],
            Self::Path => &["path", "entry_id"],
        }
    }
}

impl fmt::Display for ReceiptFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherDraw => "its `draw_id` is another one",
            Self::Empty => "it has neither a `signature` nor a `path`",
            Self::NoKey => {
                "there is no key to check its signature with: give --key, a copy of /.well-known/carnival.json"
            }
            Self::BadKey => "the public key is no Ed25519 key in hex",
            Self::SignatureForm => "its `signature` is not 128 digits of lower-case hex",
            Self::AcceptedAt => "its `accepted_at` is not written as it was signed",
            Self::Signature => "its `signature` is not the key's over `draw_id`, `entry_id` and `accepted_at`",
            Self::NotInList => "its `entry_id` is not in the list of entries",
            Self::Index => "its `index` is not the entry's place in the list",
            Self::Root => "its `root` is not the proof's",
            Self::Path => "its `path` does not lead from the entry to the root",
        })
    }
}

impl std::error::Error for ReceiptFault {}

/// Checks a receipt's signature. True if it has one that holds, false if it has none.
///
/// # Errors
/// What does not hold.
pub fn check_signature(receipt: &Receipt, draw_id: &DrawId, key: Option<&str>) -> Result<bool, ReceiptFault> {
    if receipt.draw_id != *draw_id {
        return Err(ReceiptFault::OtherDraw);
    }
    let (Some(signature), Some(accepted_at)) = (&receipt.signature, &receipt.accepted_at) else {
        return if receipt.path.is_some() { Ok(false) } else { Err(ReceiptFault::Empty) };
    };
    let key = key.or(receipt.public_key.as_deref()).ok_or(ReceiptFault::NoKey)?;
    let key = hex::decode(key).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok()).ok_or(ReceiptFault::BadKey)?;
    let signature = hex::decode(signature).ok_or(ReceiptFault::SignatureForm)?;
    let at: Timestamp = accepted_at.parse().map_err(|_| ReceiptFault::AcceptedAt)?;
    if at.to_string() != *accepted_at {
        return Err(ReceiptFault::AcceptedAt);
    }
    let message = receipt_message(&receipt.draw_id, receipt.entry_id, at);
    key.verify_strict(&message, &Signature::from_bytes(&signature)).map_err(|_| ReceiptFault::Signature)?;
    Ok(true)
}

/// Checks that a receipt's entry is under the root of a proof that holds. `found` is its place in the list and its path
/// from there, as the check of the proof came by them.
///
/// # Errors
/// What does not hold.
pub fn check_path(
    receipt: &Receipt,
    proof: &DrawProof,
    found: Option<(usize, &[PathStep])>,
) -> Result<(), ReceiptFault> {
    let must = |holds: bool, fault| if holds { Ok(()) } else { Err(fault) };
    let (index, path) = found.ok_or(ReceiptFault::NotInList)?;
    must(receipt.index.is_none_or(|said| said == index as u64), ReceiptFault::Index)?;
    must(receipt.root.is_none_or(|said| said == proof.root), ReceiptFault::Root)?;
    must(receipt.path.as_deref().is_none_or(|said| said == path), ReceiptFault::Path)?;
    must(root_of_path(receipt.entry_id, path) == proof.root, ReceiptFault::Path)
}
