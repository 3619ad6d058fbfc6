//! What a right file still says that touches a rule, with where it stands and whether the operator knows of it.

use std::fmt;

use carnival_domain::policy::{Cover, Facts, Finding, Severity, lint, rules};

use super::CampaignFile;

/// A finding where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The line, from 1; none for what stands on the command line.
    pub place: Option<(usize, usize)>,
    /// The finding.
    pub finding: Finding,
    /// Whether the file acknowledges it.
    pub is_acknowledged: bool,
}

impl Placed {
    /// Whether a campaign may not start with it.
    pub fn is_refused(&self) -> bool {
        self.finding.rule.severity <= Severity::Policy && !self.is_acknowledged
    }
}

impl CampaignFile {
    /// All findings, in the order of the file.
    pub fn findings(&self, cover: Cover, public_url: Option<&str>) -> Vec<Placed> {
        let starts_at = self.campaign.starts_at;
        let facts = Facts {
            is_demo: self.is_relative,
            visible_from: if self.is_relative { starts_at.max(self.first_start) } else { starts_at },
            cover,
            public_url,
        };
        let mut findings = lint(&self.campaign, facts);
        for (index, name) in self.acknowledged.iter().enumerate() {
            let is_there = findings.iter().any(|finding| finding.rule.name == name);
            // What could not be looked at may be there all the same.
            let is_unknown = (name.starts_with("cover-") && cover == Cover::Unknown)
                || (name.starts_with("url-") && public_url.is_none());
            if !is_there && !is_unknown {
                let setting = format!("campaign.acknowledge[{}]", index + 1);
                findings
                    .push(Finding { rule: &rules::NEEDLESS_ACKNOWLEDGEMENT, setting, found: format!("“{name}”") });
            }
        }
        let placed = findings.into_iter().map(|finding| Placed {
            place: (!finding.setting.starts_with("--")).then(|| self.places.find(&finding.setting)),
            is_acknowledged: finding.rule.can_be_acknowledged()
                && self.acknowledged.iter().any(|name| name == finding.rule.name),
            finding,
        });
        let mut placed: Vec<_> = placed.collect();
        placed.sort_by_key(|placed| placed.place);
        placed
    }
}

impl fmt::Display for Placed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { rule, setting, found } = &self.finding;
        if let Some((line, column)) = self.place {
            write!(f, "{line}:{column}: ")?;
        }
        write!(f, "{setting}: {found} [{}]: {}.", rule.name, rule.why)?;
        write!(f, " Rule: {}. Remedy: {}.", rule.clause.line(), rule.remedy)
    }
}
