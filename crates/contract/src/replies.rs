//! What a back end answers.

use carnival_domain::award::{Award, AwardState, Occasion};
use carnival_domain::delivery::{DeliveryForm, DeliverySummary};
use carnival_domain::draw::Winner;
use carnival_domain::draw::merkle::PathStep;
use carnival_domain::entry::AwaitedAct;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{DrawId, EntryId, ItemId, OfferId, PrizeId, RoundId, StarId};
use carnival_domain::leaderboard::{Standing, Tally};
use carnival_domain::pause::Pause;
use carnival_domain::platforms::Provider;
use carnival_domain::round::{PrizePool, RoundEnding};
use carnival_domain::share_token::{Channel, Landing};
use carnival_domain::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

use crate::live::AwaitedBeacon;
use crate::requests::Board;

/// `GET time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerTime {
    /// The back end's clock.
    pub server_time: Timestamp,
    /// In a rehearsal: how many of that clock's seconds go by in a real one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<u32>,
}

/// `GET me`: what a participant has. All of it empty for somebody new.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Me {
    /// Entries, newest first, at most [`ENTRIES_SHOWN`].
    pub entries: Vec<EntryReceipt>,
    /// What was won, newest first.
    pub wins: Vec<Win>,
    /// Today's votes.
    pub votes: VotesCast,
    /// All votes that count, today's among them: each star once, the one that was voted for last first.
    pub all_votes: Vec<StarVotes>,
    /// Coupons, newest first.
    pub coupons: Vec<Coupon>,
    /// Places in draws of offers' first moments, newest first.
    pub starts: Vec<StartEntry>,
    /// Places in stars' fans' draws, newest first.
    pub fans: Vec<FanEntry>,
    /// How many people opened a link of theirs.
    pub visit_count: u32,
    /// The same by the channel of the link, those without visits left out.
    pub visits_by_channel: Vec<ChannelVisits>,
    /// How many votes their links brought to each star, the most first; none as long as there are none, and where the
    /// campaign does not count them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canvassed: Option<Vec<StarVotes>>,
    /// Who they are signed in as; none for guests.
    pub account: Option<Account>,
    /// What they agreed to last and did not withdraw.
    pub consent: Option<Consent>,
}

/// Visits through one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelVisits {
    /// Which.
    pub channel: Channel,
    /// How many visitors.
    pub visit_count: u32,
}

/// Whom a platform says a participant to be. The platform's own id is in no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Which platform.
    pub provider: Provider,
    /// Since when.
    pub since: Timestamp,
    /// Their nickname, if they chose to give it.
    pub nickname: Option<String>,
}

/// Agreement to a version of the privacy notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// To which version.
    pub version: String,
    /// When it was given, by the back end's clock.
    pub given_at: Timestamp,
}

/// `POST consents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// What was written down.
    pub consent: Consent,
}

/// `POST consents/withdrawal`: signed out, the platform's id forgotten; what was won, voted and claimed stays with this
/// browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentWithdrawn {
    /// When, by the back end's clock; none if there was nothing to withdraw.
    pub withdrawn_at: Option<Timestamp>,
}

/// `GET wechat/signature?url=`: what `wx.config` wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeChatSignature {
    /// The official account's `appid`.
    pub app_id: String,
    /// Seconds since 1970.
    pub timestamp: u64,
    /// `nonceStr`.
    pub nonce_str: String,
    /// SHA-1, lower-case hex.
    pub signature: String,
    /// The URL that was signed: without a fragment.
    pub url: String,
    /// Where the JS-SDK is, best first.
    pub sdk_urls: Vec<String>,
}

/// How signing in ended, told once by the page that it led back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInOutcome {
    /// Signed in; this browser's things went along.
    SignedIn,
    /// The participant said no on the platform.
    Refused,
    /// WeChat showed the page as a snapshot, whose identities are not real.
    Snapshot,
    /// The privacy notice was not agreed to, or not in its current version.
    ConsentMissing,
    /// The platform did not answer, or not with an identity; to try again is worth it.
    Failed,
}

/// `POST me/erasure`: nothing says any more who this was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Since when, by the back end's clock.
    pub erased_at: Timestamp,
}

/// How many entries `GET me` shows.
pub const ENTRIES_SHOWN: u32 = 50;

/// Proof of having entered, for the participant to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryReceipt {
    /// Which round.
    pub round_id: RoundId,
    /// The draw it is in.
    pub draw_id: DrawId,
    /// Its pseudonym in that draw.
    pub entry_id: EntryId,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// Ed25519 over [`receipt_message`], hex; none from a back end without a key, and none of what does not count yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// What it waits for before it counts; none once it does. At the bell it is too late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<AwaitedAct>,
}

/// The bytes that a receipt's signature covers: the version, the draw, the entry and the instant, parted by
/// the unit separator.
pub fn receipt_message(draw: &DrawId, entry: EntryId, accepted_at: Timestamp) -> Vec<u8> {
    format!("carnival/receipt/v1\x1f{draw}\x1f{entry}\x1f{accepted_at}").into_bytes()
}

/// A prize that was won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Win {
    /// In which draw.
    pub draw_id: DrawId,
    /// The round at whose bell it was drawn, or the star whose fan won it.
    #[serde(flatten)]
    pub occasion: Occasion,
    /// By which entry.
    pub entry_id: EntryId,
    /// What.
    pub prize_id: PrizeId,
    /// How it stands.
    pub state: AwardState,
    /// Until when a thing can be claimed.
    pub claim_by: Option<Timestamp>,
    /// Which reserve they were, from 1; none for a winner.
    pub reserve: Option<u32>,
    /// What a coupon is used with.
    pub coupon: Option<PrizeCoupon>,
    /// Where a thing goes, masked.
    pub delivery: Option<DeliverySummary>,
}

/// A coupon that was won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrizeCoupon {
    /// What the shop wants to see.
    pub code: String,
    /// Until when it can be used.
    pub valid_until: Timestamp,
}

/// `POST draws/{draw}/awards/{entry}/delivery`. What was given is not repeated here: answers are kept, addresses are not
/// kept in clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrizeClaimed {
    /// By which entry the prize was won.
    pub entry_id: EntryId,
    /// How it stands.
    pub state: AwardState,
    /// Since when it is claimed.
    pub changed_at: Timestamp,
}

/// `GET draws/{draw}/awards`: the public log of a draw's prizes, in the order in which it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardsReply {
    /// Which draw.
    pub draw_id: DrawId,
    /// Winners first, then reserves as they came up.
    pub awards: Vec<Award>,
}

/// `POST operator/pause` and `POST operator/resume`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseReply {
    /// The pause as it is now.
    pub pause: Pause,
}

/// `GET operator/deliveries`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveriesReply {
    /// What was claimed and not sent, those that wait longest first, at most [`DELIVERIES_SHOWN`].
    pub deliveries: Vec<Delivery>,
}

/// How many deliveries are told at once: mark them, and ask again.
pub const DELIVERIES_SHOWN: u32 = 500;

/// A prize to send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// In which draw.
    pub draw_id: DrawId,
    /// By which entry.
    pub entry_id: EntryId,
    /// What.
    pub prize_id: PrizeId,
    /// Since when it is claimed.
    pub claimed_at: Timestamp,
    /// Where it goes.
    pub to: DeliveryForm,
}

/// `POST operator/dispatches`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatched {
    /// Those that are on their way now, for the first time or again.
    pub entry_ids: Vec<EntryId>,
    /// Those of which nothing was claimed.
    pub unknown: Vec<EntryId>,
}

/// What a participant has used of a day's votes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VotesCast {
    /// Which day; none for somebody who never voted.
    pub day: Option<Day>,
    /// For whom, how often.
    pub by_star: Vec<StarVotes>,
    /// What friends earned on that day, none as well; absent where the campaign does not play it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_friends: Option<VotesEarned>,
}

/// Votes that friends earned on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VotesEarned {
    /// How many friends earned them. Those who came after the limit of the day are not counted.
    pub friend_count: u32,
    /// How many votes those are: so many more than the quota for all stars.
    pub vote_count: u32,
}

impl VotesCast {
    /// For all stars together, on `day`.
    pub fn all_on(&self, day: Day) -> u32 {
        self.on(day).iter().map(|cast| cast.vote_count).sum()
    }

    /// For one star, on `day`.
    pub fn for_star_on(&self, star: &StarId, day: Day) -> u32 {
        let cast = self.on(day).iter().find(|cast| cast.star_id == *star);
        cast.map_or(0, |cast| cast.vote_count)
    }

    /// What friends earned, on `day`.
    pub fn earned_on(&self, day: Day) -> u32 {
        self.by_friends.filter(|_| self.day == Some(day)).map_or(0, |earned| earned.vote_count)
    }

    fn on(&self, day: Day) -> &[StarVotes] {
        if self.day == Some(day) { &self.by_star } else { &[] }
    }
}

/// Votes for one star.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarVotes {
    /// For whom.
    pub star_id: StarId,
    /// How many.
    pub vote_count: u32,
}

/// What one has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    /// From which offer.
    pub offer_id: OfferId,
    /// What the shop wants to see.
    pub code: String,
    /// Since when.
    pub claimed_at: Timestamp,
    /// Until when it can be used.
    pub valid_until: Timestamp,
    /// When a shop's order used it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redeemed_at: Option<Timestamp>,
}

/// `POST rounds/{round}/entries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryAccepted {
    /// The receipt.
    pub receipt: EntryReceipt,
    /// How many are in the round with it.
    pub participant_count: u32,
}

/// `POST stars/{star}/votes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteCounted {
    /// The star's votes with this one.
    pub tally: Tally,
    /// What the participant has used today, this one included.
    pub votes: VotesCast,
    /// Their place in the draw of the star's fans, if there is one; the same at each vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fan: Option<FanEntry>,
}

/// A place in the draw of a star's fans, for the participant to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FanEntry {
    /// Which star.
    pub star_id: StarId,
    /// The draw of its fans.
    pub draw_id: DrawId,
    /// The entry's pseudonym in that draw.
    pub entry_id: EntryId,
    /// When it was accepted: with the first vote.
    pub accepted_at: Timestamp,
    /// Ed25519 over [`receipt_message`], hex; none from a back end without a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// `GET leaderboards/{day|overall}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderboardReply {
    /// Which board.
    pub board: Board,
    /// Its day, for the board of a day.
    pub day: Option<Day>,
    /// The revealed stars, ranked; those of the part that was asked for.
    pub standings: Vec<Standing>,
    /// Ask for what comes `after` this; none at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_after: Option<String>,
    /// Ask for what comes `before` this; none at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_before: Option<String>,
}

/// `POST coupons/{coupon}/claims`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouponClaimed {
    /// The coupon.
    pub coupon: Coupon,
    /// How many of the offer are claimed with it.
    pub claimed_count: u32,
}

/// `POST coupons/{coupon}/claims`: a coupon, or a place in the draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ClaimReply {
    /// The coupon.
    Coupon(CouponClaimed),
    /// In an offer's first moments taps are drawn: a place in that draw.
    InDraw {
        /// The place.
        in_draw: StartEntry,
    },
}

/// A place in the draw of an offer's first moments, for the participant to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartEntry {
    /// Which offer.
    pub offer_id: OfferId,
    /// Its draw.
    pub draw_id: DrawId,
    /// The entry's pseudonym in that draw.
    pub entry_id: EntryId,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// Ed25519 over [`receipt_message`], hex; none from a back end without a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// When the draw is done.
    pub result_at: Timestamp,
    /// Whether it gave a coupon; none before it is done.
    pub is_drawn: Option<bool>,
}

/// `POST links`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkMade {
    /// The signed token.
    pub token: String,
    /// The page path that carries it; the page puts its own origin before it.
    pub path: String,
    /// The entry that counts from now on, because it waited for this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<EntryReceipt>,
}

/// `POST visits`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCounted {
    /// Whether it counted: once for each visitor, never one's own, never for a foreign token.
    pub counted: bool,
    /// Where the link leads.
    pub landing: Landing,
}

/// `GET picks`. It is no part of what everybody asks for: only a page with goods on it needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picks {
    /// What the participant picked, in the order in which they did.
    pub mine: Vec<ItemId>,
    /// Whether friends who come by the participant's links see that. Not unless they were told to.
    pub is_shown: bool,
    /// What friends picked and show by whose links the participant came. Whose pick it is, is in no answer.
    pub of_friends: Vec<ItemId>,
    /// What many picked, the most picked first; by how many, is in no answer either.
    pub popular: Vec<ItemId>,
}

/// `POST items/{item}/pick`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickKept {
    /// Which item.
    pub item_id: ItemId,
    /// Whether it is a pick of the participant's now.
    pub is_picked: bool,
}

/// `POST picks/shown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PicksShown {
    /// Whether friends see the picks from now on.
    pub is_shown: bool,
}

/// `GET rounds`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundsPage {
    /// Newest first.
    pub rounds: Vec<RoundRecord>,
    /// Ask for what comes before this one; none at the end of the ledger.
    pub next_before: Option<RoundId>,
}

/// A round that has ended: carried in + added = pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRecord {
    /// Which round.
    pub round_id: RoundId,
    /// Its draw, if it drew.
    pub draw_id: Option<DrawId>,
    /// When it could be entered.
    pub opens_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How it ended.
    pub ending: RoundEnding,
    /// How many participants it needed.
    pub target: u32,
    /// How many it had.
    pub participant_count: u32,
    /// What earlier rounds left in the pool.
    pub carried_in: PrizePool,
    /// What it added.
    pub added: PrizePool,
    /// The beacon's round that its draw waits for; none once it is drawn, or without a beacon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<AwaitedBeacon>,
    /// Who won what, if it drew and waits for nothing.
    pub winners: Vec<Winner>,
    /// When it stood still, and why.
    #[serde(default)]
    pub pauses: Vec<Pause>,
}

/// `GET draws/{draw}/receipts/{entry}`: the entry is in the list under the root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptProof {
    /// Which draw.
    pub draw_id: DrawId,
    /// Which entry.
    pub entry_id: EntryId,
    /// Its place in the list, from 0.
    pub index: u64,
    /// From the entry up.
    pub path: Vec<PathStep>,
    /// What the steps lead to.
    pub root: Hash32,
}
