//! What the first screen is drawn from: a part of what the rest of the page reads as a whole.

use carnival_contract::live::RoundView;
use carnival_contract::replies::EntryReceipt;
use carnival_contract::snapshot::CampaignView;
use carnival_domain::friends::VotesByFriends;
use carnival_domain::ids::RoundId;
use carnival_domain::local_text::LocalText;
use carnival_domain::time::{Timestamp, UtcOffset};
use carnival_domain::vote::VoteQuota;

/// Of the campaign's settings, what files before the last show. The last reads all of them.
#[derive(Clone, PartialEq)]
pub(crate) struct Gist {
    /// Its name.
    pub(crate) title: LocalText,
    /// When it begins.
    pub(crate) starts_at: Timestamp,
    /// When it ends.
    pub(crate) ends_at: Timestamp,
    /// The zone in which days begin.
    pub(crate) utc_offset: UtcOffset,
    /// How often a participant may vote.
    pub(crate) voting: VoteQuota,
    /// What friends earn them, where they earn anything.
    pub(crate) votes_by_friends: Option<VotesByFriends>,
    /// How long a round is, ms.
    pub(crate) round_length_ms: i64,
}

impl From<&CampaignView> for Gist {
    fn from(campaign: &CampaignView) -> Self {
        let CampaignView { title, starts_at, ends_at, utc_offset, voting, votes_by_friends, round_length_ms, .. } =
            campaign;
        Self {
            title: title.clone(),
            starts_at: *starts_at,
            ends_at: *ends_at,
            utc_offset: *utc_offset,
            voting: *voting,
            votes_by_friends: *votes_by_friends,
            round_length_ms: *round_length_ms,
        }
    }
}

/// See the module.
pub(crate) struct FirstSight {
    /// Of the campaign's settings.
    pub(crate) campaign: Gist,
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
