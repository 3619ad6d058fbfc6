//! `GET me/export`: everything that is kept about a participant, for them to take along.

use std::collections::BTreeMap;

use carnival_domain::checkout::Reservation;
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::ids::{CampaignId, ItemId, ParticipantId, StarId};
use carnival_domain::local_text::LocalText;
use carnival_domain::reach::Reach;
use carnival_domain::share_token::{Channel, Landing};
use carnival_domain::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

use crate::replies::{Account, ChannelVisits, Coupon, EntryReceipt, FanEntry, StarVotes, StartEntry, VotesEarned, Win};

/// Everything that is kept about a participant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// What each field is, in Chinese and English.
    pub guide: BTreeMap<String, LocalText>,
    /// When this was put together.
    pub generated_at: Timestamp,
    /// Of which campaign.
    pub campaign_id: CampaignId,
    /// Under which id everything is kept. It opens nothing: the cookie is signed.
    pub participant_id: ParticipantId,
    /// How many other ids became this one, as by signing in on a second telephone.
    pub other_id_count: u32,
    /// All entries, newest first, with their receipts.
    pub entries: Vec<EntryReceipt>,
    /// What was won, newest first, and where it goes.
    pub wins: Vec<ExportedWin>,
    /// All votes, in the order in which they were cast.
    pub votes: Vec<ExportedVote>,
    /// Coupons, newest first, with what shops did with them.
    pub coupons: Vec<ExportedCoupon>,
    /// Places in draws of offers' first moments, newest first.
    pub starts: Vec<StartEntry>,
    /// Places in the draws of stars' fans.
    pub fans: Vec<FanEntry>,
    /// What was picked of the goods, in the order of time.
    pub picks: Vec<ExportedPick>,
    /// Whether friends may see that.
    pub shows_picks: bool,
    /// What was said to the privacy notice, in the order in which it was.
    pub consents: Vec<ExportedConsent>,
    /// The platforms' accounts, newest first. A platform's own id is kept as a keyed hash only, which says nothing.
    pub accounts: Vec<Account>,
    /// Share links, in the order in which they were made.
    pub links: Vec<ExportedLink>,
    /// Who came by them, in numbers.
    pub visits: ExportedVisits,
    /// How many votes their links brought to each star, where the campaign counts that.
    pub canvassed: Vec<StarVotes>,
    /// The days on which friends earned them votes, where the campaign plays that. It follows from the visits.
    pub earned: Vec<ExportedEarning>,
    /// How many answers to recent taps are kept for their repetitions, two days at most.
    pub answer_count: u32,
}

/// A prize, and where it goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportedWin {
    /// The prize.
    pub win: Win,
    /// The address as it was given, as long as it is kept.
    pub goes_to: Option<DeliveryForm>,
}

/// A vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedVote {
    /// For whom.
    pub star_id: StarId,
    /// Of which day.
    pub day: Day,
    /// When it was cast.
    pub cast_at: Timestamp,
    /// When it was taken back, because one person had cast too many on two telephones.
    pub taken_back_at: Option<Timestamp>,
}

/// A coupon, and what shops did with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportedCoupon {
    /// The coupon.
    pub coupon: Coupon,
    /// The orders that it was set aside for, in their order.
    pub reservations: Vec<Reservation>,
}

/// A pick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedPick {
    /// Which item.
    pub item_id: ItemId,
    /// Since when.
    pub picked_at: Timestamp,
}

/// A yes or a no to a version of the privacy notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedConsent {
    /// Which version.
    pub version: String,
    /// Whether it was a yes.
    pub is_given: bool,
    /// When it was said.
    pub said_at: Timestamp,
}

/// A share link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedLink {
    /// Its path.
    pub path: String,
    /// Where it leads.
    pub landing: Landing,
    /// How it travels.
    pub channel: Channel,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Visits, in numbers: who came is theirs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedVisits {
    /// How many people came by a link of theirs.
    pub visit_count: u32,
    /// The same by the channel.
    pub by_channel: Vec<ChannelVisits>,
    /// The same by generation.
    pub reach: Reach,
    /// How many people's links they opened themselves.
    pub opened_count: u32,
}

/// A day on which friends earned votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedEarning {
    /// Which day.
    pub day: Day,
    /// By how many, and how many votes.
    #[serde(flatten)]
    pub earned: VotesEarned,
}

/// What each field is.
const GUIDE: [(&str, &str, &str); 19] = [
    ("generated_at", "这份文件生成的时间", "When this file was put together"),
    ("campaign_id", "属于哪个活动", "Which campaign this is of"),
    ("participant_id", "以上记录所属的编号；它不是密码", "The id that everything is kept under; it is no password"),
    (
        "other_id_count",
        "因登录等并入这个编号的其他编号个数",
        "How many other ids became this one, as by signing in on a second phone",
    ),
    (
        "entries",
        "抢大奖的参与及回执；signature 可用 /.well-known/carnival.json 的公钥验证",
        "Entries with receipts; the key for each signature is at /.well-known/carnival.json",
    ),
    ("wins", "中的奖，以及填写的收件信息", "Prizes, and the address given for each"),
    ("votes", "投过的每一票", "Every vote"),
    ("coupons", "领到的券，以及商家订单对它的使用", "Coupons, and the shops' orders that used them"),
    ("starts", "券开抢头几秒抽签里的参与", "Places in the draws of offers' first moments"),
    ("fans", "明星粉丝抽奖里的参与", "Places in the draws of stars' fans"),
    ("picks", "收藏的好物", "Goods you picked"),
    ("shows_picks", "是否让朋友看到收藏", "Whether friends may see your picks"),
    ("consents", "对隐私声明的同意与撤回", "What you said to the privacy notice, and when"),
    (
        "accounts",
        "登录过的平台账号；平台的编号只存带密钥的摘要",
        "Accounts; of a platform's id only a keyed hash is kept",
    ),
    ("links", "生成过的分享链接", "Share links you made"),
    (
        "visits",
        "经你的链接来的人数（只有数字），以及你打开过多少人的链接",
        "How many came by your links, in numbers only",
    ),
    (
        "canvassed",
        "你的链接给每位明星带来的票数（只有数字；活动开启拉票统计时才有）",
        "Votes that your links brought to each star, in numbers only, where the campaign counts them",
    ),
    (
        "earned",
        "好友通过你的链接到来，为你多挣的票数，按日期（只有数字；活动有这项玩法时才有）",
        "Votes that friends who came by your links earned you, by day and in numbers only, where the campaign plays that",
    ),
    ("answer_count", "为防重复提交而暂存的应答条数，最多两天", "Answers kept for repeated taps, two days at most"),
];

/// The guide that stands in every export.
pub fn guide() -> BTreeMap<String, LocalText> {
    let line =
        |(field, zh, en): (&str, &str, &str)| (field.to_owned(), LocalText { zh: zh.to_owned(), en: en.to_owned() });
    GUIDE.into_iter().map(line).collect()
}
