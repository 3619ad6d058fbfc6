//! `carnival verify`: one line on what holds of a draw, or which step fails and why. No network, no server: whoever
//! wants to know has the files.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use carnival_domain::hex;
use carnival_proof::document::{DOCUMENT_MAX, LIST_MAX};
use carnival_proof::receipt::{RECEIPT_MAX, read_key};
use carnival_proof::whole::{Failed, Given, Held, HeldReceipt, check};
use serde_json::json;

use crate::check::Told;
use crate::cli::VerifyArgs;
use crate::failure::StartFailure;

/// Checks a proof, and a receipt if there is one.
///
/// # Errors
/// A file that can't be opened, or that has no key, in a sentence.
pub fn run(args: &VerifyArgs) -> Result<Told, StartFailure> {
    let proof = read(&args.proof, DOCUMENT_MAX)?;
    let list = args.entries.as_deref().map(|path| read(path, LIST_MAX)).transpose()?;
    let receipt = args.receipt.as_deref().map(|path| read(path, RECEIPT_MAX)).transpose()?;
    let key = args.key.as_deref().map(key).transpose()?;
    let given = Given { proof: &proof, list: list.as_deref(), receipt: receipt.as_deref(), key: key.as_deref() };
    Ok(match check(&given) {
        Ok(held) => {
            let key_from = args
                .key
                .as_deref()
                .unwrap_or("the receipt file itself, so it says only that nothing in it was changed");
            let text = if args.json { held_json(&held, key_from) } else { held_line(&held, key_from) };
            Told { text, is_right: true }
        }
        Err(Failed { step, because, fields }) => {
            let step = step.as_str();
            let text = if args.json {
                json!({ "holds": false, "step": step, "because": because, "fields": fields }).to_string()
            } else {
                format!("{} does not hold: {step}: {because}.", args.proof.display())
            };
            Told { text, is_right: false }
        }
    })
}

/// The key itself, or that of a file.
fn key(given: &str) -> Result<String, StartFailure> {
    if hex::decode::<32>(given).is_some() {
        return Ok(given.to_owned());
    }
    let key = read_key(&read(Path::new(given), RECEIPT_MAX)?);
    key.map_err(|error| StartFailure::because(format!("{given} has no key of receipts: {error}.")))
}

/// Reads a file, but no more of it than may be looked at; one byte more tells that it is too long.
fn read(path: &Path, max: usize) -> Result<Vec<u8>, StartFailure> {
    let mut bytes = Vec::new();
    let file = File::open(path).and_then(|file| file.take(max as u64 + 1).read_to_end(&mut bytes));
    file.map_err(|error| StartFailure::because(format!("{} can't be read: {error}.", path.display())))?;
    Ok(bytes)
}

fn held_line(held: &Held, key_from: &str) -> String {
    let Held { proof, verdict, receipt } = held;
    let (beacon, honestly) = match &proof.beacon {
        Some(beacon) => (
            format!("beacon round {} and its signature, ", beacon.round),
            "Nobody could choose who wins, for the round was not known while the draw was open.",
        ),
        None => (
            String::new(),
            "Without a beacon: the operator could not choose who wins after the commitment, except by made-up entries \
             while the draw was open.",
        ),
    };
    let receipt = receipt.as_ref().map_or_else(String::new, |receipt| receipt_words(receipt, key_from));
    format!(
        "{} holds: commitment, {} entries, root, {beacon}order, {} winners, {} reserves, {} passed over{receipt}. \
         {honestly} Nothing covers {}.",
        proof.draw_id,
        verdict.entry_count,
        proof.winners.len(),
        proof.reserves.len(),
        proof.passed_over.len(),
        verdict.uncovered.join(", "),
    )
}

fn receipt_words(held: &HeldReceipt, key_from: &str) -> String {
    let entry = held.receipt.entry_id;
    let place = held.index + 1;
    let signed =
        if held.is_signed { format!("signed by the key of {key_from}") } else { "which has no signature".to_owned() };
    format!("; and the receipt of {entry}, {signed}: it is number {place} of the list, and its path leads to the root")
}

fn held_json(held: &Held, key_from: &str) -> String {
    let Held { proof, verdict, receipt } = held;
    let receipt = receipt.as_ref().map(|held| {
        let key_from = held.is_signed.then_some(key_from);
        json!({ "entry_id": held.receipt.entry_id, "place": held.index + 1, "key_from": key_from })
    });
    let told = json!({
        "holds": true, "draw_id": proof.draw_id, "entries": verdict.entry_count, "winners": proof.winners.len(),
        "reserves": proof.reserves.len(), "passed_over": proof.passed_over.len(), "has_beacon": proof.beacon.is_some(),
        "uncovered": verdict.uncovered, "receipt": receipt,
    });
    told.to_string()
}
