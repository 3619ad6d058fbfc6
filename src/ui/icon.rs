//! Drawings of the sprite in `index.html`.

use super::{El, svg};

/// One drawing, by its name in the sprite. It says nothing aloud: what it means stands beside it.
pub(crate) fn icon(name: &str) -> El {
    let class = if name == "next" { "icon icon--next" } else { "icon" };
    let drawing = svg("use", "").attr("href", &["#i-", name].concat());
    svg("svg", class).attr("aria-hidden", "true").child(drawing)
}
