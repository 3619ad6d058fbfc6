//! Codes that the operator brings along.

use carnival_domain::codes::BroughtCodes;
use carnival_domain::ids::OfferId;

use crate::Engine;
use crate::ledger::Ledger;

/// What became of the codes that were brought along. Either all are known from then on, or nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodesBrought {
    /// All are known, and so many of them are new.
    Added(u32),
    /// Not one was taken in.
    Refused(Vec<CodeRefused>),
}

/// Why a file of codes is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeRefused {
    /// A code is another offer's.
    Taken {
        /// The file.
        file: String,
        /// The code's line in it.
        line: u32,
        /// Whose it is.
        by: OfferId,
    },
    /// Codes that were brought along before are in the file no more; they may be given out already.
    Missing {
        /// The file.
        file: String,
        /// How many.
        count: u32,
    },
}

impl Engine {
    /// Takes all offers' codes. Those that it has already are nothing new: the same files at every start add nothing, and
    /// longer ones add what they have more.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn bring_codes<L: Ledger>(&self, ledger: &mut L, brought: &[BroughtCodes]) -> Result<CodesBrought, L::Error> {
        let (mut fresh, mut refused) = (Vec::new(), Vec::new());
        for BroughtCodes { offer_id, file, codes } in brought {
            let mut known_count = 0;
            for code in codes {
                match ledger.offer_of_code(&code.code)? {
                    None => fresh.push((offer_id, &code.code)),
                    Some(by) if by == *offer_id => known_count += 1,
                    Some(by) => refused.push(CodeRefused::Taken { file: file.clone(), line: code.line, by }),
                }
            }
            let count = ledger.code_count(offer_id)?.saturating_sub(known_count);
            if count > 0 {
                refused.push(CodeRefused::Missing { file: file.clone(), count });
            }
        }
        if !refused.is_empty() {
            return Ok(CodesBrought::Refused(refused));
        }
        for (offer_id, code) in &fresh {
            ledger.add_code(offer_id, code)?;
        }
        Ok(CodesBrought::Added(fresh.len() as u32))
    }
}
