//! What the privacy notice says besides its fixed text: who keeps what, for how long, and who else sees it.

use serde::{Deserialize, Serialize};

use crate::local_text::LocalText;

/// The campaign's own part of the privacy notice. It is shown, and agreed to, before any identifier is taken from a
/// platform (PIPL, articles 14 and 17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyNotice {
    /// Which wording this is, such as `2026-06-01`: a consent is to one version, and a new one is asked for anew.
    pub version: String,
    /// Where questions and requests go.
    pub contact: String,
    /// Days after the campaign's end for which things are kept.
    pub keep_days: u32,
    /// Days after a prize was sent for which its address is kept.
    pub delivery_keep_days: u32,
    /// Who else receives data, and which: one line each.
    pub third_parties: Vec<LocalText>,
    /// The operator's full notice, if it stands elsewhere.
    pub url: Option<String>,
}
