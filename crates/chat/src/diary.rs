//! What happened, in order, for the panel.

use std::cell::RefCell;

use crate::js;

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Milliseconds since the page was asked for.
    pub(crate) at_ms: u32,
    pub(crate) what: &'static str,
    pub(crate) said: String,
}

/// See the module.
#[derive(Default)]
pub(crate) struct Diary {
    steps: RefCell<Vec<Step>>,
}

/// A page that is open for hours must not grow by its diary.
const STEPS_MAX: usize = 60;
const STEPS_OF_THE_BEGINNING: usize = 20;

impl Diary {
    pub(crate) fn note(&self, what: &'static str, said: impl Into<String>) {
        let mut steps = self.steps.borrow_mut();
        if steps.len() == STEPS_MAX {
            // How it began says most; of the rest the newest.
            steps.remove(STEPS_OF_THE_BEGINNING);
        }
        steps.push(Step { at_ms: js::now_ms(), what, said: said.into() });
    }

    pub(crate) fn steps(&self) -> Vec<Step> {
        self.steps.borrow().clone()
    }
}
