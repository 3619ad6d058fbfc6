//! What platforms and the law say about a campaign: its settings and its texts, read before any shopper does.
//!
//! A finding is not an opinion of taste: each names the clause that it touches, where that is known from, and what to
//! do. Findings can err, for words have more than one meaning; so all but the mistakes can be acknowledged by name.

mod clauses;
mod phrases;
pub mod rules;
mod settings;
mod texts;
mod wording;

#[cfg(test)]
mod tests;

pub use clauses::{Clause, Standing};
pub use rules::{Rule, Severity};

use crate::campaign::Campaign;
use crate::time::Timestamp;

/// Something in a campaign that touches a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The setting, by its name in the file: `coupons[2].title.zh`.
    pub setting: String,
    /// What was found there.
    pub found: String,
}

/// What is known of a campaign besides its file.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'f> {
    /// Whether it is a demo, whose placeholders are honest ones.
    pub is_demo: bool,
    /// When the first shopper comes: stars revealed by then hide no more.
    pub visible_from: Timestamp,
    /// The card's picture.
    pub cover: Cover,
    /// Where shoppers find the campaign, if that is known.
    pub public_url: Option<&'f str>,
}

/// What is known of the card's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// It stands elsewhere, or there was nowhere to look.
    Unknown,
    /// It is not there.
    Missing,
    /// It is there, and is neither PNG nor JPEG.
    NoPicture,
    /// Its size in pixels.
    Picture {
        /// From left to right.
        width: usize,
        /// From top to bottom.
        height: usize,
    },
}

/// All findings, those of the settings first.
pub fn lint(campaign: &Campaign, facts: Facts) -> Vec<Finding> {
    let texts = texts::of(campaign);
    let mut findings = settings::lint(campaign, facts);
    findings.extend(settings::hidden_stars(campaign, &texts, facts.visible_from));
    findings.extend(texts.iter().flat_map(|(setting, text)| {
        let touched = phrases::touched(text).into_iter();
        touched.map(move |(rule, words)| Finding {
            rule,
            setting: setting.clone(),
            found: format!("“{words}” in “{text}”"),
        })
    }));
    findings
}
