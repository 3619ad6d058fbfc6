//! A text in the languages the page speaks.

use serde::{Deserialize, Serialize};

/// An operator's text in Chinese and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalText {
    /// Simplified Chinese, the default.
    pub zh: String,
    /// English; the Chinese text where the operator gave only one.
    pub en: String,
}

impl LocalText {
    /// The same text in both languages.
    pub fn same(text: &str) -> Self {
        Self { zh: text.to_owned(), en: text.to_owned() }
    }
}
