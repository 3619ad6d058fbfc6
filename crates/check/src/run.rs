//! The check itself, step by step, as the sheet shows it.

use std::rc::Rc;

use carnival_domain::draw::check::{Check, Progress};
use carnival_domain::draw::fault::{ProofFault, Step};
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::hex::encode;
use carnival_domain::ids::EntryId;
use carnival_proof::document::{ListReader, Unreadable, read_proof};
use carnival_proof::receipt::{Receipt, ReceiptFault, check_path, check_signature, read_key};

use crate::asked::Asked;
use crate::fetch::{self, Missed};
use crate::pace::Pace;
use crate::sheet::{Mark, Sheet};
use crate::words::{fill, grouped};

/// Entries between two looks at the clock: a tenth of a slice on a slow phone.
const PORTION: usize = 256;
/// From so many entries on, the work itself shows the steps one by one.
const MANY: usize = 5_000;
/// How much of the commitment is shown: enough to be compared at a glance.
const FINGERPRINT_BYTES: usize = 6;
const WELL_KNOWN: &str = "/.well-known/carnival.json";

/// Why a check ended without a verdict that holds.
enum End {
    /// A step does not hold: what does not fit.
    Fails(Step, Vec<String>),
    /// It could not be done.
    Missed(Missed),
    /// Nobody looks any more.
    Closed,
}

impl From<ProofFault> for End {
    fn from(fault: ProofFault) -> Self {
        // The first ones are meant; what else they rest on would only confuse.
        Self::Fails(fault.step(), fault.fields().into_iter().take(2).collect())
    }
}

impl From<ReceiptFault> for End {
    fn from(fault: ReceiptFault) -> Self {
        Self::Fails(Step::Receipt, fault.fields().iter().map(|field| (*field).to_owned()).collect())
    }
}

impl From<Missed> for End {
    fn from(missed: Missed) -> Self {
        Self::Missed(missed)
    }
}

fn unreadable(step: Step) -> impl Fn(Unreadable) -> End {
    move |error| End::Fails(step, vec![error.to_string()])
}

pub(crate) async fn run(asked: Asked, sheet: Rc<Sheet>) {
    let words = sheet.words;
    // A link only where there is an address.
    let path = ["/api/v1/draws/", asked.draw_id.as_str(), "/proof"].concat();
    let link = asked.proof.is_none().then_some(path.as_str());
    match steps(&asked, &path, &sheet).await {
        Ok(proof) => {
            let honestly = if proof.beacon.is_some() { words.holds_with_beacon } else { words.holds_text };
            let fingerprint = encode(&proof.commitment.0[..FINGERPRINT_BYTES]);
            let mut texts = vec![honestly.to_owned()];
            // Without a note of its own, this browser can't know what was published before.
            if asked.seal.is_none() {
                texts.push(fill(words.compare, &[&fingerprint]));
            }
            if !proof.passed_over.is_empty() {
                texts.push(words.passed_over.to_owned());
            }
            sheet.conclude("ok", words.holds, &texts, link);
        }
        Err(End::Fails(step, fields)) => {
            let fields = fields.join(words.between);
            sheet.show(step, Mark::Fails, &fields);
            let title = fill(words.fails, &[words.of(step).title]);
            sheet.conclude("failed", &title, &[fill(words.fails_text, &[&fields])], link);
        }
        Err(End::Missed(missed)) => {
            let why = match missed {
                Missed::Network => words.no_network,
                Missed::Refused => words.not_drawn,
            };
            sheet.conclude("failed", words.unfinished, &[why.to_owned()], None);
        }
        Err(End::Closed) => {}
    }
}

async fn steps(asked: &Asked, path: &str, sheet: &Sheet) -> Result<DrawProof, End> {
    let words = sheet.words;
    let mut pace = Pace::begin();
    sheet.show(Step::Document, Mark::Running, words.running);
    let document = match &asked.proof {
        Some(proof) => proof.clone().into_bytes(),
        None => fetch::bytes(path).await?,
    };
    let mut proof = read_proof(&document).map_err(unreadable(Step::Document))?;
    drop(document);
    if proof.draw_id != asked.draw_id {
        return Err(End::Fails(Step::Document, vec![words.other_draw.to_owned()]));
    }
    let linked = match &proof.entries_url {
        Some(url) => Some(fetch::bytes(url).await?),
        None => None,
    };
    let receipts = asked.receipts().await?;
    let is_signed = receipts.iter().any(|receipt| receipt.signature.is_some());
    let key = match is_signed {
        true => Some(read_key(&fetch::bytes(WELL_KNOWN).await?).map_err(unreadable(Step::Receipt))?),
        false => None,
    };

    let entries = match linked {
        Some(list) => read_list(&list, sheet, &mut pace).await?,
        None => proof.entries.take().unwrap_or_default(),
    };
    pace.is_calm = entries.len() < MANY;
    let mine = Mine { seal: asked.seal.as_deref(), receipts: &receipts, key: key.as_deref() };
    recompute(&proof, &entries, &mine, sheet, &mut pace).await?;
    Ok(proof)
}

async fn read_list(list: &[u8], sheet: &Sheet, pace: &mut Pace) -> Result<Vec<EntryId>, End> {
    let mut reader = ListReader::begin(list).map_err(unreadable(Step::Entries))?;
    while reader.advance(PORTION).map_err(unreadable(Step::Entries))? {
        still_open(sheet)?;
        pace.breathe().await;
    }
    Ok(reader.finish())
}

/// What the participant has in hand.
struct Mine<'a> {
    seal: Option<&'a str>,
    receipts: &'a [Receipt],
    key: Option<&'a str>,
}

async fn recompute(
    proof: &DrawProof,
    entries: &[EntryId],
    mine: &Mine<'_>,
    sheet: &Sheet,
    pace: &mut Pace,
) -> Result<(), End> {
    let watched: Vec<_> = mine.receipts.iter().map(|receipt| receipt.entry_id).collect();
    let mut check = Check::new(proof, entries).watching(&watched);
    let words = sheet.words;
    loop {
        let was_at = check.step();
        if check.entries_done() == 0 {
            sheet.show(was_at, Mark::Running, words.running);
        }
        let progress = check.advance(PORTION)?;
        still_open(sheet)?;
        match progress {
            Progress::Going(step) => {
                let done = [&grouped(check.entries_done())[..], &grouped(entries.len())];
                if pace.breathe().await {
                    sheet.show(step, Mark::Running, &fill(words.progress, &done));
                }
            }
            Progress::Holds(step) => {
                if let (Step::Beacon, Some(beacon)) = (step, &proof.beacon) {
                    let chain = beacon.chain.to_string();
                    let is_signed = fetch::is_beacon_signed(&chain, beacon.round, &beacon.signature).await;
                    if !is_signed.ok_or(Missed::Network)? {
                        return Err(ProofFault::BeaconSignature.into());
                    }
                }
                let mut sentence = meaning(step, proof, entries, sheet);
                if let (Step::Commitment, Some(seal)) = (step, mine.seal) {
                    if proof.commitment.to_string() != seal {
                        return Err(End::Fails(step, vec!["commitment".to_owned()]));
                    }
                    sentence = words.commitment_seen.to_owned();
                }
                sheet.show(step, Mark::Holds, &sentence);
                pace.step().await;
            }
            Progress::Done(_) => {
                sheet.show(Step::Winners, Mark::Holds, &meaning(Step::Winners, proof, entries, sheet));
                pace.step().await;
                for receipt in mine.receipts {
                    still_open(sheet)?;
                    sheet.show(Step::Receipt, Mark::Running, words.running);
                    let sentence = check_receipt(receipt, proof, &check, mine.key, sheet)?;
                    sheet.show(Step::Receipt, Mark::Holds, &sentence);
                    pace.step().await;
                }
                return Ok(());
            }
        }
    }
}

fn check_receipt(
    receipt: &Receipt,
    proof: &DrawProof,
    check: &Check<'_>,
    key: Option<&str>,
    sheet: &Sheet,
) -> Result<String, End> {
    // A back end without a server has no key to sign with; anything else that has no signature is no receipt.
    let is_bare = receipt.signature.is_none() && key.is_none();
    if !is_bare {
        check_signature(receipt, &proof.draw_id, key)?;
    }
    let found = check.path_of(receipt.entry_id);
    check_path(receipt, proof, found)?;
    let (index, path) = found.unwrap_or((0, &[]));
    let words = sheet.words;
    let sentence = if is_bare { words.receipt_unsigned } else { words.receipt.meaning };
    Ok(fill(sentence, &[&grouped(index + 1), &path.len().to_string()]))
}

/// What it means that a step holds.
fn meaning(step: Step, proof: &DrawProof, entries: &[EntryId], sheet: &Sheet) -> String {
    let sentence = sheet.words.of(step).meaning;
    match step {
        Step::Document => fill(sentence, &[proof.draw_id.as_str()]),
        Step::Entries => fill(sentence, &[&grouped(entries.len())]),
        Step::Beacon => fill(sentence, &[&proof.beacon.as_ref().map_or(0, |beacon| beacon.round).to_string()]),
        Step::Winners => {
            let counts = [proof.winners.len(), proof.reserves.len(), proof.passed_over.len()].map(grouped);
            fill(sentence, &[&counts[0], &counts[1], &counts[2]])
        }
        Step::Commitment | Step::Root | Step::Order | Step::Receipt => sentence.to_owned(),
    }
}

fn still_open(sheet: &Sheet) -> Result<(), End> {
    if sheet.is_open() { Ok(()) } else { Err(End::Closed) }
}
