//! A part of a page under a title.

use super::{El, IntoEls, el, icon};

/// What stands over a part.
#[derive(Default)]
pub(crate) struct Section<'a> {
    /// Its title.
    pub(crate) title: &'a str,
    /// A remark beside the title.
    pub(crate) note: &'a str,
    /// Where there is more of it: path and words.
    pub(crate) more: Option<(&'static str, &'static str)>,
}

/// A titled part with what stands in it.
pub(crate) fn section(over: &Section<'_>, children: impl IntoEls) -> El {
    let mut head = el("div", "section__head").child(el("h2", "section__title").text(over.title));
    if !over.note.is_empty() {
        head = head.child(el("span", "section__note").text(over.note));
    }
    if let Some((path, words)) = over.more {
        head = head.child(el("a", "section__more").attr("href", path).text(words).child(icon("next")));
    }
    el("section", "section").child(head).child(children)
}
