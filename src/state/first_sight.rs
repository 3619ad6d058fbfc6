//! What the first screen is drawn from: a part of what the rest of the page reads as a whole.

use carnival_contract::live::RoundView;
use carnival_contract::replies::EntryReceipt;
use carnival_contract::snapshot::CampaignView;
use carnival_domain::ids::RoundId;
use carnival_domain::time::Timestamp;

/// See the module.
pub(crate) struct FirstSight {
    /// The campaign's settings.
    pub(crate) campaign: CampaignView,
    /// When this was so.
    pub(crate) at: Timestamp,
    /// The round that is open, or else the next one.
    pub(crate) round: Option<RoundView>,
    /// The round that ended last.
    pub(crate) ended_round_id: Option<RoundId>,
    /// The entries of this participant.
    pub(crate) entries: Vec<EntryReceipt>,
}

/// Of what a participant has, what the first screen shows.
pub(crate) struct MyEntries {
    /// The entries.
    pub(crate) entries: Vec<EntryReceipt>,
}
