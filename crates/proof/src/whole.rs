//! A whole check, from the bytes of files to a verdict: what `carnival verify` says in one line.

use carnival_domain::draw::check::{Check, Progress, Verdict};
use carnival_domain::draw::fault::{ProofFault, Step};
use carnival_domain::draw::proof::DrawProof;

use crate::beacon;
use crate::document::{self, Unreadable};
use crate::receipt::{self, Receipt, ReceiptFault};

/// What there is to check, as it lies in files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The proof.
    pub proof: &'a [u8],
    /// The list, where the proof only links to it.
    pub list: Option<&'a [u8]>,
    /// A receipt.
    pub receipt: Option<&'a [u8]>,
    /// The key of receipts, hex.
    pub key: Option<&'a str>,
}

/// What holds.
#[derive(Clone, Debug)]
pub struct Held {
    /// The proof, without its list.
    pub proof: DrawProof,
    /// What it comes to.
    pub verdict: Verdict,
    /// The receipt, if there was one.
    pub receipt: Option<HeldReceipt>,
}

/// A receipt that holds.
#[derive(Clone, Debug)]
pub struct HeldReceipt {
    /// As it was read.
    pub receipt: Receipt,
    /// Its entry's place in the list, from 0.
    pub index: usize,
    /// Whether it has a signature; a bare path has none.
    pub is_signed: bool,
}

/// The step that fails, why, and the fields that do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// Which step.
    pub step: Step,
    /// Why, in words.
    pub because: String,
    /// Which fields; empty where nothing could be read.
    pub fields: Vec<String>,
}

impl From<ProofFault> for Failed {
    fn from(fault: ProofFault) -> Self {
        Self { step: fault.step(), because: fault.to_string(), fields: fault.fields() }
    }
}

impl From<ReceiptFault> for Failed {
    fn from(fault: ReceiptFault) -> Self {
        let fields = fault.fields().iter().map(|field| (*field).to_owned());
        Self { step: Step::Receipt, because: fault.to_string(), fields: fields.collect() }
    }
}

impl Failed {
    fn unreadable(step: Step) -> impl Fn(Unreadable) -> Self {
        move |error| {
            let fields = match &error {
                Unreadable::Malformed { field, .. } => vec![field.clone()],
                Unreadable::ListMissing { .. } => vec!["entries_url".to_owned()],
                _ => Vec::new(),
            };
            Self { step, because: error.to_string(), fields }
        }
    }
}

/// Checks everything that is given.
///
/// # Errors
/// The first step that fails.
pub fn check(given: &Given<'_>) -> Result<Held, Failed> {
    let mut proof = document::read_proof(given.proof).map_err(Failed::unreadable(Step::Document))?;
    let list = given.list.map(document::read_list).transpose().map_err(Failed::unreadable(Step::Entries))?;
    let entries = document::list_of(&mut proof, list).map_err(Failed::unreadable(Step::Entries))?;
    let receipt = given.receipt.map(receipt::read_receipt).transpose();
    let receipt = receipt.map_err(Failed::unreadable(Step::Receipt))?;

    let watched: Vec<_> = receipt.iter().map(|receipt| receipt.entry_id).collect();
    let mut check = Check::new(&proof, &entries).watching(&watched);
    let verdict = loop {
        match check.advance(usize::MAX)? {
            Progress::Done(verdict) => break verdict,
            Progress::Holds(Step::Beacon) => proof.beacon.as_ref().map_or(Ok(()), beacon::check)?,
            Progress::Holds(_) | Progress::Going(_) => {}
        }
    };
    let held = receipt.map(|receipt| check_receipt(receipt, &proof, &check, given.key)).transpose()?;
    Ok(Held { proof, verdict, receipt: held })
}

fn check_receipt(
    receipt: Receipt,
    proof: &DrawProof,
    check: &Check<'_>,
    key: Option<&str>,
) -> Result<HeldReceipt, ReceiptFault> {
    let is_signed = receipt::check_signature(&receipt, &proof.draw_id, key)?;
    let found = check.path_of(receipt.entry_id);
    receipt::check_path(&receipt, proof, found)?;
    Ok(HeldReceipt { receipt, index: found.map_or(0, |(index, _)| index), is_signed })
}
