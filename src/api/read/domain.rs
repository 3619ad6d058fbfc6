//! What the rules are made of.

use std::str::FromStr;

use carnival_domain::award::{AwardState, PrizeKind};
use carnival_domain::campaign::{DrawAt, Item, Participation, PolicyProfile, Prize};
use carnival_domain::coupon::CouponOffer;
use carnival_domain::delivery::{DeliveryForm, DeliverySummary};
use carnival_domain::draw::Winner;
use carnival_domain::entry::AwaitedAct;
use carnival_domain::friends::VotesByFriends;
use carnival_domain::hex::{self, Hash32};
use carnival_domain::ids::{CampaignId, DrawId, EntryId, ItemId, OfferId, PrizeId, RoundId, StarId};
use carnival_domain::leaderboard::{Standing, Tally};
use carnival_domain::local_text::LocalText;
use carnival_domain::money::Fen;
use carnival_domain::pause::Pause;
use carnival_domain::platforms::{MiniProgramPage, NativeAppPage, Platforms, Provider, QqApplication, WeChatAccount};
use carnival_domain::privacy::PrivacyNotice;
use carnival_domain::reach::Reach;
use carnival_domain::round::{PrizeLot, PrizePool, RoundEnding};
use carnival_domain::share_token::{Channel, Landing};
use carnival_domain::time::{Day, Timestamp, UtcOffset};
use carnival_domain::vote::VoteQuota;

use super::{Node, Read, structs, words};

/// Types that are written as a text of their own form.
macro_rules! texts {
    ($($name:ident)*) => {
        $(impl Read for $name {
            fn read<N: Node>(place: Option<N>) -> Option<Self> {
                $name::from_str(&place?.text()?).ok()
            }
        })*
    };
}

texts! { CampaignId EntryId ItemId OfferId PrizeId StarId Day }

/// Types that are a name for something plainer.
macro_rules! wrappers {
    ($($name:ident)*) => {
        $(impl Read for $name {
            fn read<N: Node>(place: Option<N>) -> Option<Self> {
                Read::read(place).map($name)
            }
        })*
    };
}

wrappers! { RoundId Fen UtcOffset PrizePool }

words! {
    RoundEnding { "drawn" => Drawn "rolled_over" => RolledOver }
    Participation { "join" => Join "join_and_share" => JoinAndShare "join_and_visit" => JoinAndVisit }
    AwaitedAct { "share" => Share "visit" => Visit }
    AwardState {
        "promised" => Promised "claimed" => Claimed "dispatched" => Dispatched "given" => Given "lapsed" => Lapsed
        "passed_over" => PassedOver
    }
    DrawAt { "bell" => Bell "target" => Target }
    PolicyProfile { "strict" => Strict "open" => Open }
    Provider { "wechat" => WeChat "qq" => Qq }
    Channel {
        "friend" => Friend "group" => Group "moments" => Moments "qq" => Qq "qzone" => Qzone "official" => Official
        "offline" => Offline
    }
}

structs! {
    LocalText { zh en }
    VoteQuota { votes_per_day per_star_per_day }
    VotesByFriends { votes_per_friend per_day }
    PrizeLot { prize_id count }
    Pause { from until note }
    DeliverySummary { name phone address }
    DeliveryForm { name phone address }
    Item { id title price_fen was_fen star_id image url tag mini_program native_app }
    MiniProgramPage { app_id path }
    NativeAppPage { app_id ext_info }
    PrivacyNotice { version contact keep_days delivery_keep_days third_parties url }
    Platforms { wechat qq }
    WeChatAccount { app_id share_card sign_in profile }
    QqApplication { client_id profile }
    CouponOffer {
        id title scope amount_fen threshold_fen stock per_participant opens_at closes_at fair_start_ms valid_for_ms star_id
    }
    Reach { generations is_whole }
    Tally { star_id vote_count reached }
    Winner { entry_id prize_id }
}

impl Read for Prize {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        let node = place?;
        let kind = match Read::read(node.field("claim_within_ms"))? {
            Some(claim_within_ms) => PrizeKind::Thing { claim_within_ms },
            None => PrizeKind::Coupon { valid_for_ms: Read::read(node.field("valid_for_ms"))? },
        };
        Some(Self {
            id: Read::read(node.field("id"))?,
            title: Read::read(node.field("title"))?,
            count: Read::read(node.field("count"))?,
            value_fen: Read::read(node.field("value_fen"))?,
            image: Read::read(node.field("image"))?,
            kind,
        })
    }
}

impl Read for Standing {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        let node = place?;
        Some(Self { rank: Read::read(node.field("rank"))?, tally: Read::read(Some(node))? })
    }
}

impl Read for Timestamp {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        place?.instant().map(|ms| Self::from_ms(ms as i64))
    }
}

impl Read for DrawId {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        place?.text().map(Self::from)
    }
}

impl Read for Hash32 {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        hex::decode(&place?.text()?).map(Self)
    }
}

impl Read for Landing {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        let node = place?;
        Some(match node.field("page")?.text()?.as_str() {
            "rush" => Self::Rush,
            "stars" => Self::Stars,
            "star" => Self::Star { star_id: Read::read(node.field("star_id"))? },
            "coupons" => Self::Coupons,
            "goods" => Self::Goods,
            "item" => Self::Item { item_id: Read::read(node.field("item_id"))? },
            _ => return None,
        })
    }
}
