//! The codes that the operator brings along: from their files into the database, all or none.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use carnival_campaign_file::{CODE_FILE_MAX_BYTES, CampaignFile, CodeMistake};
use carnival_contract::idempotency::IdempotencyKey;
use carnival_domain::codes::BroughtCodes;
use carnival_engine::{CodeRefused, CodesBrought, Engine, Failure, Ledger, SHOP, Write};

use crate::failure::mistakes_in_codes;
use crate::random;
use crate::store::{Command, Store};

/// Reads the files of codes that a campaign names; their paths count from its own.
///
/// # Errors
/// Every mistake in them.
pub(crate) fn load(file: &mut CampaignFile, campaign: &Path) -> Result<(), Vec<CodeMistake>> {
    let directory = campaign.parent().unwrap_or(Path::new(""));
    file.load_codes(|name| {
        let path = directory.join(name);
        if fs::metadata(&path)?.len() > CODE_FILE_MAX_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let mut bytes = Vec::new();
        File::open(&path)?.take(CODE_FILE_MAX_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}

struct BringCodes(Vec<BroughtCodes>);

impl Command for BringCodes {
    type Reply = CodesBrought;
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, _: &Write) -> Result<CodesBrought, Failure<L::Error>> {
        Ok(engine.bring_codes(ledger, &self.0)?)
    }
}

/// Takes codes into the database.
///
/// # Errors
/// Why not one of them was, in words.
pub(crate) async fn bring(store: &Store, codes: Vec<BroughtCodes>) -> Result<(), String> {
    if codes.is_empty() {
        return Ok(());
    }
    let write = Write { who: SHOP, key: IdempotencyKey::from_random(random::bytes()), now: store.now() };
    match store.write(write, BringCodes(codes)).await {
        Ok(CodesBrought::Added(count)) => {
            tracing::info!(count, "codes were brought along");
            Ok(())
        }
        Ok(CodesBrought::Refused(refused)) => {
            let mistakes: Vec<_> = refused.into_iter().map(mistake).collect();
            Err(mistakes_in_codes(&mistakes))
        }
        Err(problem) => Err(format!("The codes that were brought along can't be kept: {}", problem.title)),
    }
}

fn mistake(refused: CodeRefused) -> CodeMistake {
    match refused {
        CodeRefused::Taken { file, line, by } => {
            CodeMistake { file, line: Some(line), problem: format!("this code is a coupon of the offer {by} already") }
        }
        CodeRefused::Missing { file, count } => {
            let problem = format!(
                "{count} codes that were imported before are not in it any more; put them back, for they may be given out"
            );
            CodeMistake { file, line: None, problem }
        }
    }
}
