//! A campaign with every setting resolved: instants are absolute, texts have both languages.
//! Reading `campaign.toml` is the server's work; what comes out of it is this.

use serde::{Deserialize, Serialize};

use crate::award::PrizeKind;
use crate::codes::CodeSettings;
use crate::coupon::CouponOffer;
use crate::draw::beacon::Beacon;
use crate::entry::AwaitedAct;
use crate::fans::FansDraw;
use crate::friends::VotesByFriends;
use crate::ids::{CampaignId, ItemId, OfferId, PrizeId, StarId};
use crate::local_text::LocalText;
use crate::money::Fen;
use crate::platforms::{MiniProgramPage, NativeAppPage, Platforms};
use crate::privacy::PrivacyNotice;
use crate::round::PrizePool;
use crate::schedule::RoundSchedule;
use crate::time::{Day, Timestamp, UtcOffset};
use crate::vote::VoteQuota;
use crate::webhook::Endpoint;

/// One promotion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// Its name, shown large.
    pub title: LocalText,
    /// One line under the name.
    pub tagline: LocalText,
    /// Who runs it, as the law wants it shown.
    pub organiser: LocalText,
    /// Where the organiser can be reached.
    pub contact: String,
    /// The site's filing number (ICP).
    pub filing_number: String,
    /// Title of the card that a chat shows for a shared link.
    pub share_title: LocalText,
    /// Line under that title.
    pub share_text: LocalText,
    /// Path of the card's picture.
    pub cover: String,
    /// Midnight of the first day.
    pub starts_at: Timestamp,
    /// Midnight after the last day: votes are frozen and no round opens from here on.
    pub ends_at: Timestamp,
    /// The zone in which days begin.
    pub utc_offset: UtcOffset,
    /// The rounds and what each brings.
    pub rounds: RoundSettings,
    /// How their draws are made.
    #[serde(default)]
    pub draw: DrawSettings,
    /// How often a participant may vote.
    pub voting: VoteQuota,
    /// Whether a vote is counted for whose link brought it; asked by [`counts_canvassing`](Self::counts_canvassing).
    #[serde(default)]
    pub canvassing_counter: bool,
    /// What friends earn, if anything; asked by [`friends_earn`](Self::friends_earn).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes_by_friends: Option<VotesByFriends>,
    /// Who is voted for, in the order of the file.
    pub stars: Vec<Star>,
    /// What the fans of the first stars may win, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fans_draw: Option<FansDraw>,
    /// What may be claimed, in the order of the file.
    pub offers: Vec<CouponOffer>,
    /// Where the coupons' codes come from.
    pub codes: CodeSettings,
    /// What is for sale elsewhere, in the order of the file.
    pub items: Vec<Item>,
    /// What the campaign may ask for inside a chat.
    pub policy: PolicyProfile,
    /// What participants are told before any identifier is taken.
    pub privacy: PrivacyNotice,
    /// The chat platforms' accounts.
    pub platforms: Platforms,
    /// Whom to tell what happened.
    pub webhooks: Vec<Endpoint>,
}

/// What a campaign may ask for inside a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyProfile {
    /// Everything works with zero shares, as the platforms' rules demand.
    #[default]
    Strict,
    /// The mechanics of 2016, each acknowledged by name in the file.
    Open,
}

/// How the campaign's draws are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawSettings {
    /// The public beacon that every draw waits for, if any.
    pub beacon: Option<Beacon>,
    /// Where the beacon's rounds are fetched from, each an address without a path of its own.
    pub relays: Vec<String>,
}

impl Campaign {
    /// The day that is running at `now`.
    pub fn day_at(&self, now: Timestamp) -> Day {
        self.utc_offset.day_at(now)
    }

    /// When the day after the one running at `now` begins: quotas are full again.
    pub fn next_day_at(&self, now: Timestamp) -> Timestamp {
        self.utc_offset.midnight(Day(self.day_at(now).0 + 1))
    }

    /// The star with this id.
    pub fn star(&self, id: &StarId) -> Option<&Star> {
        self.stars.iter().find(|star| star.id == *id)
    }

    /// The offer with this id.
    pub fn offer(&self, id: &OfferId) -> Option<&CouponOffer> {
        self.offers.iter().find(|offer| offer.id == *id)
    }

    /// All prizes: those of the rounds, then those of the fans' draw.
    pub fn prizes(&self) -> impl Iterator<Item = &Prize> {
        self.rounds.prizes.iter().chain(self.fans_draw.iter().flat_map(|fans| &fans.prizes))
    }

    /// The prize with this id.
    pub fn prize(&self, id: &PrizeId) -> Option<&Prize> {
        self.prizes().find(|prize| prize.id == *id)
    }

    /// The prize that coupons under this id were won as, if it is none of an offer.
    pub fn prize_of_coupons(&self, id: &OfferId) -> Option<&Prize> {
        if self.offer(id).is_some() { None } else { self.prizes().find(|prize| prize.id.as_offer() == *id) }
    }

    /// When something about the static part of the page changes next: a star is revealed.
    pub fn next_reveal_after(&self, now: Timestamp) -> Option<Timestamp> {
        let reveals = self.stars.iter().map(|star| star.reveals_at);
        reveals.filter(|at| *at > now).min()
    }
}

/// The rounds of a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundSettings {
    /// When they run.
    pub schedule: RoundSchedule,
    /// How many new participants a round needs for its draw to happen.
    pub target: u32,
    /// What it takes for an entry to count.
    pub participation: Participation,
    /// When the draw happens.
    pub draw_at: DrawAt,
    /// How many reserves a draw names.
    pub reserve_count: u32,
    /// What every round adds to the pool, in the order in which a draw gives it.
    pub prizes: Vec<Prize>,
}

impl RoundSettings {
    /// What one round adds to the pool.
    pub fn pool_of_one_round(&self) -> PrizePool {
        PrizePool::of(&self.prizes)
    }
}

/// What it takes for an entry to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Participation {
    /// The tap is enough.
    Join,
    /// It counts once a share link of theirs was made in the round after the tap.
    JoinAndShare,
    /// It counts once somebody else opened a link of theirs in the round after the tap.
    JoinAndVisit,
}

impl Participation {
    /// What an entry waits for before it counts.
    pub fn awaits(self) -> Option<AwaitedAct> {
        match self {
            Self::Join => None,
            Self::JoinAndShare => Some(AwaitedAct::Share),
            Self::JoinAndVisit => Some(AwaitedAct::Visit),
        }
    }
}

/// When a round's draw happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawAt {
    /// At the end of the round, if the target is met by then.
    Bell,
    /// The moment the target is met.
    Target,
}

/// What a draw gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prize {
    /// Its id.
    pub id: PrizeId,
    /// Its name.
    pub title: LocalText,
    /// How many of it every round adds, or every star's draw has.
    pub count: u32,
    /// What one is worth.
    pub value_fen: Fen,
    /// Path of its picture.
    pub image: String,
    /// How it gets to who won it.
    #[serde(flatten)]
    pub kind: PrizeKind,
}

/// Who is voted for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Star {
    /// Its id.
    pub id: StarId,
    /// Its name.
    pub name: LocalText,
    /// One line about it.
    pub epithet: LocalText,
    /// From when on it is known and can be voted for.
    pub reveals_at: Timestamp,
    /// Path of its picture.
    pub portrait: String,
    /// Its colour, `#rrggbb`.
    pub color: String,
}

/// A thing to buy elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its name.
    pub title: LocalText,
    /// What it costs.
    pub price_fen: Fen,
    /// What it cost before, if that is shown.
    pub was_fen: Option<Fen>,
    /// The star whose style it is, if any.
    pub star_id: Option<StarId>,
    /// Path of its picture.
    pub image: String,
    /// Where it is sold.
    pub url: String,
    /// A short mark on its card.
    pub tag: Option<LocalText>,
    /// Where it is sold in a mini-program, for those who are in WeChat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mini_program: Option<MiniProgramPage>,
    /// Where it is sold in a native app, for those who are in WeChat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_app: Option<NativeAppPage>,
}
