//! The language of page and browser.

use super::dom;

/// Whether the document is marked as English: the loader decides, by choice or by browser.
pub(crate) fn is_english() -> bool {
    let root = dom::document().document_element();
    root.and_then(|root| root.get_attribute("lang")).is_some_and(|lang| lang.starts_with("en"))
}

/// Marks the document's language, for screen readers, hyphenation and fonts.
pub(crate) fn mark(lang: &str) {
    dom::set_root_attribute("lang", lang);
}
