//! A mistake in a campaign file, and where it is.

use std::fmt;

use carnival_domain::policy::Rule;

/// One mistake: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The setting, such as `stars[2].color`; empty where the text is not TOML.
    pub setting: String,
    /// What was expected and what is there.
    pub problem: String,
    /// The rule of a platform or of the law that it is against, if it is.
    pub rule: Option<&'static Rule>,
    /// Whether it is about something that is not there.
    pub(super) is_absence: bool,
}

impl Mistake {
    pub(super) fn new(places: &Places, at: usize, setting: &str, problem: &str) -> Self {
        let (line, column) = places.line_and_column(at);
        Self {
            line,
            column,
            setting: setting.to_owned(),
            problem: problem.trim().replace('\n', ", "),
            rule: None,
            is_absence: false,
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if !self.setting.is_empty() {
            write!(f, "{}: ", self.setting)?;
        }
        f.write_str(&self.problem)
    }
}

/// A source text, to find lines and columns in.
pub(super) struct Places<'s>(&'s str);

impl<'s> Places<'s> {
    pub(super) fn of(source: &'s str) -> Self {
        Self(source)
    }

    /// The text between two places, shortened where it is long.
    pub(super) fn excerpt(&self, span: std::ops::Range<usize>) -> String {
        const SHOWN: usize = 40;
        let text = self.0.get(span).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        if line.chars().count() > SHOWN || line.len() < text.len() {
            let shown: String = line.chars().take(SHOWN).collect();
            format!("{shown}…")
        } else {
            line.to_owned()
        }
    }

    pub(super) fn line_and_column(&self, at: usize) -> (usize, usize) {
        let mut at = at.min(self.0.len());
        while !self.0.is_char_boundary(at) {
            at -= 1;
        }
        let before = &self.0[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}
