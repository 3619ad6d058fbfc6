//! Everything the page shows to everybody.

use carnival_domain::campaign::{DrawAt, Item, Participation, PolicyProfile, Prize};
use carnival_domain::coupon::CouponOffer;
use carnival_domain::friends::VotesByFriends;
use carnival_domain::ids::{CampaignId, RoundId, StarId};
use carnival_domain::leaderboard::Tally;
use carnival_domain::local_text::LocalText;
use carnival_domain::platforms::Platforms;
use carnival_domain::privacy::PrivacyNotice;
use carnival_domain::time::{Timestamp, UtcOffset};
use carnival_domain::vote::VoteQuota;
use serde::{Deserialize, Serialize};

use crate::live::{LiveFrame, RoundView};
use crate::replies::RoundRecord;

/// `GET campaign`. The same for everybody, and the same bytes until something changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignSnapshot {
    /// What does not change while the campaign runs.
    pub campaign: CampaignView,
    /// The stars that are revealed, in the campaign's order.
    pub stars: Vec<StarView>,
    /// When the others will be; who they are is nobody's to know yet.
    pub reveals_at: Vec<Timestamp>,
    /// The coupon offers, in the campaign's order.
    pub offers: Vec<CouponOffer>,
    /// The goods, in the campaign's order.
    pub items: Vec<Item>,
    /// The rounds that ended last, newest first.
    pub last_rounds: Vec<RoundRecord>,
    /// What changes by the second.
    pub live: LiveFrame,
}

/// Of a snapshot, what the page's files before its last one show. Documents that begin with those carry it in place of the whole.
#[derive(Clone, Debug, Serialize)]
pub struct Glance<'a> {
    campaign: CampaignGlance<'a>,
    stars: &'a [StarView],
    reveals_at: &'a [Timestamp],
    live: LiveGlance<'a>,
}

#[derive(Clone, Debug, Serialize)]
struct LiveGlance<'a> {
    at: Timestamp,
    revision: &'a str,
    round: &'a Option<RoundView>,
    ended_round_id: Option<RoundId>,
    tallies: &'a [Tally],
}

#[derive(Clone, Debug, Serialize)]
struct CampaignGlance<'a> {
    title: &'a LocalText,
    starts_at: Timestamp,
    ends_at: Timestamp,
    utc_offset: UtcOffset,
    voting: VoteQuota,
    #[serde(skip_serializing_if = "Option::is_none")]
    votes_by_friends: Option<VotesByFriends>,
    round_length_ms: i64,
    prizes: &'a [Prize],
}

impl<'a> From<&'a CampaignSnapshot> for Glance<'a> {
    fn from(whole: &'a CampaignSnapshot) -> Self {
        let CampaignSnapshot { campaign, stars, reveals_at, live, .. } = whole;
        let CampaignView { title, voting, votes_by_friends, prizes, .. } = campaign;
        let campaign = CampaignGlance {
            title,
            starts_at: campaign.starts_at,
            ends_at: campaign.ends_at,
            utc_offset: campaign.utc_offset,
            voting: *voting,
            votes_by_friends: *votes_by_friends,
            round_length_ms: campaign.round_length_ms,
            prizes,
        };
        let LiveFrame { at, revision, round, ended_round_id, tallies, .. } = live;
        let live = LiveGlance { at: *at, revision, round, ended_round_id: *ended_round_id, tallies };
        Self { campaign, stars, reveals_at, live }
    }
}

/// The campaign's own part of a snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignView {
    /// Its id.
    pub id: CampaignId,
    /// Its name.
    pub title: LocalText,
    /// One line under it.
    pub tagline: LocalText,
    /// Who runs it.
    pub organiser: LocalText,
    /// Where they can be reached.
    pub contact: String,
    /// The site's filing number (ICP).
    pub filing_number: String,
    /// Title of the card that a chat shows for a shared link.
    pub share_title: LocalText,
    /// Line under that title.
    pub share_text: LocalText,
    /// Path of the card's picture.
    pub cover: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The zone in which days begin, minutes from UTC.
    pub utc_offset: UtcOffset,
    /// How often a participant may vote.
    pub voting: VoteQuota,
    /// What friends who come by a participant's links earn them; absent where they earn nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes_by_friends: Option<VotesByFriends>,
    /// How long a round is, ms.
    pub round_length_ms: i64,
    /// How many new participants a round needs for its draw.
    pub target: u32,
    /// What it takes for an entry to count.
    pub participation: Participation,
    /// When a draw happens.
    pub draw_at: DrawAt,
    /// How many reserves a draw names.
    pub reserve_count: u32,
    /// What every round adds to the pool, in the order in which a draw gives it.
    pub prizes: Vec<Prize>,
    /// What the campaign may ask for inside a chat.
    pub policy: PolicyProfile,
    /// What participants are told before any identifier is taken.
    pub privacy: PrivacyNotice,
    /// The chat platforms' accounts; all of it public.
    pub platforms: Platforms,
}

/// A star that is revealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StarView {
    /// Its id.
    pub id: StarId,
    /// Its name.
    pub name: LocalText,
    /// One line about it.
    pub epithet: LocalText,
    /// Path of its picture.
    pub portrait: String,
    /// Its colour, `#rrggbb`.
    pub color: String,
}
