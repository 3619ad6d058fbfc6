//! Why the server did not start, in words for the person at the terminal.

use std::fmt;

use carnival_campaign_file::{CodeMistake, Mistake, Placed};

/// A start that failed.
#[derive(Debug)]
pub enum StartFailure {
    /// The campaign file has mistakes.
    BadCampaign {
        /// Its path, as it was given.
        file: String,
        /// All of them, in the order of the file.
        mistakes: Vec<Mistake>,
    },
    /// The campaign file touches rules without saying that the operator knows.
    AgainstPolicy {
        /// Its path, as it was given.
        file: String,
        /// What is neither mended nor acknowledged, in the order of the file.
        findings: Vec<Placed>,
    },
    /// The files of codes have mistakes.
    BadCodes(Vec<CodeMistake>),
    /// Anything else, in one sentence.
    Because(String),
}

impl StartFailure {
    /// A failure in one sentence.
    pub fn because(sentence: impl Into<String>) -> Self {
        Self::Because(sentence.into())
    }
}

impl fmt::Display for StartFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Because(sentence) => f.write_str(sentence),
            Self::BadCampaign { file, mistakes } => {
                let (count, s) = match mistakes.len() {
                    1 => ("a mistake".to_owned(), ""),
                    count => (format!("{count} mistakes"), "s"),
                };
                write!(f, "{file} has {count}; nothing was started. Mend the line{s} below:")?;
                for mistake in mistakes {
                    write!(f, "\n  {file}:{mistake}")?;
                }
                Ok(())
            }
            Self::BadCodes(mistakes) => f.write_str(&mistakes_in_codes(mistakes)),
            Self::AgainstPolicy { file, findings } => {
                let s = if findings.len() == 1 { "" } else { "s" };
                let count = findings.len();
                write!(f, "{file} touches the rules in {count} place{s}; nothing was started. Mend the line{s} below")?;
                let mut names: Vec<_> = findings.iter().map(|found| found.finding.rule.name).collect();
                names.sort_unstable();
                names.dedup();
                write!(f, ", or say in [campaign] that you know: acknowledge = {names:?}")?;
                for finding in findings {
                    write!(f, "\n  {file}:{finding}")?;
                }
                Ok(())
            }
        }
    }
}

/// How many mistakes in files of codes are shown: more are of one kind, as a rule.
const CODE_MISTAKES_SHOWN: usize = 100;

/// What is wrong with files of codes, a line for each mistake.
pub(crate) fn mistakes_in_codes(mistakes: &[CodeMistake]) -> String {
    let (count, s) = match mistakes.len() {
        1 => ("a mistake".to_owned(), ""),
        count => (format!("{count} mistakes"), "s"),
    };
    let mut told = format!("The codes have {count}; nothing was imported or started. Mend the line{s} below:");
    for mistake in mistakes.iter().take(CODE_MISTAKES_SHOWN) {
        told.push_str(&format!("\n  {mistake}"));
    }
    if mistakes.len() > CODE_MISTAKES_SHOWN {
        told.push_str(&format!("\n  … and {} more", mistakes.len() - CODE_MISTAKES_SHOWN));
    }
    told
}

impl std::error::Error for StartFailure {}
