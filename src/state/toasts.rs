//! Short sentences above the tab bar, for what happened out of sight.

use crate::browser::timer;
use crate::var::Var;

/// Long enough to read two lines. Reading takes the same in a rehearsal, so this is the browser's own time.
const SHOWN_MS: f64 = 4000.0;
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
    until_ms: f64,
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
    pub(crate) fn say(self, tone: Tone, text: String) {
        self.0.update(|toasts| {
            toasts.retain(|toast| toast.text != text);
            if toasts.len() == MOST {
                toasts.remove(0);
            }
            toasts.push(Toast { text, tone, until_ms: timer::monotonic_ms() + SHOWN_MS });
        });
    }

    pub(super) fn forget_old(self) {
        let now_ms = timer::monotonic_ms();
        if self.0.with_untracked(|toasts| toasts.iter().any(|toast| toast.until_ms <= now_ms)) {
            self.0.update(|toasts| toasts.retain(|toast| toast.until_ms > now_ms));
        }
    }
}
