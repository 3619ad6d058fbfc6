//! Short sentences above the tab bar.

use super::{El, el};

/// The sentences that are shown now, each with its tone. Screen readers hear them when it suits.
pub(crate) fn toast_stack(shown: impl Fn() -> Vec<(String, &'static str)> + 'static) -> El {
    el("div", "toasts").attr("role", "status").child_with(move || {
        let toasts = shown().into_iter();
        toasts
            .map(|(text, tone)| el("p", "toast").testid("toast").attr("data-tone", tone).text(&text))
            .collect::<Vec<_>>()
    })
}
