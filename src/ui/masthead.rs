//! The head of every page but the first.

use super::{El, IntoEls, el, icon};

/// A title with one fact under it. `back` is where Back leads, and its name, on pages below another one; `action`
/// stands at the end of the bar.
pub(crate) fn masthead(title: &str, back: Option<(&str, &str)>, action: El, fact: impl IntoEls) -> El {
    let back = back.map(|(path, name)| {
        el("a", "icon-button masthead__back").attr("href", path).attr("aria-label", name).child(icon("back"))
    });
    let bar = el("div", "hero__bar").child(back).child(el("h1", "masthead__title").text(title)).child(action);
    el("header", "masthead").child(bar).child(el("div", "masthead__fact").child(fact))
}
