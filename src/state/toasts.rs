//! Short sentences above the tab bar, for what happened out of sight.

use crate::var::Var;
use carnival_domain::time::Timestamp;

/// Long enough to read two lines.
const SHOWN_MS: i64 = 4000;
/// More than this would cover the page.
const MOST: usize = 3;

/// How a toast looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something to know.
    Plain,
    /// Something good.
    Good,
}

impl Tone {
    /// The tone's word in style sheets.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
        }
    }
}

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toast {
    /// What it says.
    pub(crate) text: String,
    /// How it looks.
    pub(crate) tone: Tone,
    until: Timestamp,
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Toasts(Var<Vec<Toast>>);

impl Toasts {
    pub(super) fn new() -> Self {
        Self(Var::new(Vec::new()))
    }

    /// What is shown now, oldest first.
    pub(crate) fn shown(self) -> Vec<Toast> {
        self.0.get()
    }

    /// Says something; what was said before and is said again is not said twice.
    pub(crate) fn say(self, now: Timestamp, tone: Tone, text: String) {
        self.0.update(|toasts| {
            toasts.retain(|toast| toast.text != text);
            if toasts.len() == MOST {
                toasts.remove(0);
            }
            toasts.push(Toast { text, tone, until: now.plus_ms(SHOWN_MS) });
        });
    }

    pub(super) fn forget_old(self, now: Timestamp) {
        if self.0.with_untracked(|toasts| toasts.iter().any(|toast| toast.until <= now)) {
            self.0.update(|toasts| toasts.retain(|toast| toast.until > now));
        }
    }
}
