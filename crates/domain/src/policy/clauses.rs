//! The clauses, and how well each is known. The platform's own page could not be read by a program; most of what is
//! here is quoted by others, and says so.

/// How a clause is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Quoted by somebody who read the primary text.
    SecondHand,
    /// Commonly held; look it up before a promise rests on it.
    Unverified,
    /// A measured limit, or a rule of this project.
    Known,
}

impl Standing {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecondHand => "second-hand",
            Self::Unverified => "unverified",
            Self::Known => "known",
        }
    }
}

/// A clause of a platform's rules or of the law.
#[derive(Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it is called.
    pub text: &'static str,
    /// The document, with the date of its version.
    pub source: &'static str,
    /// How it is known.
    pub standing: Standing,
}

impl Clause {
    /// The clause in one line, with how well it is known.
    pub fn line(&self) -> String {
        let standing = match self.standing {
            Standing::Known => String::new(),
            standing => format!(", {}", standing.as_str()),
        };
        format!("{} ({}{standing})", self.text, self.source)
    }
}

macro_rules! clauses {
    ($($name:ident = $text:literal, $source:expr, $standing:ident;)*) => {
        $(pub(super) static $name: Clause =
            Clause { text: $text, source: $source, standing: Standing::$standing };)*
    };
}

const WECHAT_2014: &str = "WeChat on inducing shares, 2014-12-30";
const WECHAT_2016: &str = "WeChat's three classes of inducement, 2016";
const WECHAT_2018: &str = "WeChat external links, 2018-05-29";
const WECHAT_2019_MAY: &str = "WeChat external links, 2019-05-14";
const WECHAT_2019: &str = "WeChat external link content rules, 2019-10-28";
const WECHAT_2025: &str = "WeChat external link content rules, 2025-10-23";

clauses! {
    FORCED = "forced sharing or following: content or functions that open only after it", WECHAT_2014, SecondHand;
    PRESSURE = "coercive or inflammatory wording", WECHAT_2016, SecondHand;
    PASS_PHRASES = "no pass-phrases or special codes in Moments", WECHAT_2018, SecondHand;
    CHECK_INS = "rewarded Moments check-ins, collected likes and group buying named as violations", WECHAT_2019_MAY, SecondHand;
    INDUCEMENT = "clause 1.2: inducing shares by money, goods or virtual prizes", WECHAT_2019, SecondHand;
    CHANCES = "clause 1.2: claiming that sharing raises lottery chances or odds", WECHAT_2019, SecondHand;
    FRIENDS = "clause 1.2: inviting friends to help (助力, 砍价, 加速)", WECHAT_2019, SecondHand;
    COLLECTING = "clause 1.2: collection tasks (集赞, 集卡, 集福, 集碎片)", WECHAT_2019, SecondHand;
    GROUP_BUY = "group-buy links: none in Moments, none without clear rules", WECHAT_2019, SecondHand;
    OUTSIDE = "luring to download or jump outside WeChat for a benefit", WECHAT_2019, SecondHand;
    TRACEABLE = "§2.18.4: sites without a filing or a traceable operator", WECHAT_2025, SecondHand;
    WHOLE_DOMAIN = "§3.2: action against a whole domain when its links violate", WECHAT_2025, SecondHand;
    CANVASSING = "no clause names 拉票; with a prize or a share it falls under clause 1.2, and §2.5 leaves discretion", WECHAT_2025, SecondHand;
    PRIZES = "the top prize of a sales draw is worth at most 50,000 yuan, its rules and odds are published", "Anti-Unfair-Competition Law and the 2020 provisions on sales promotion", Unverified;
    NOTICE = "articles 17 and 23: who is told which data, before they are taken", "Personal Information Protection Law, 2021-11-01", Unverified;
    QQ_CARD = "setShareInfo ignores a title above 45 bytes and a text above 60", "QQ's share interface", SecondHand;
    CARD_PICTURE = "chats draw PNG or JPEG, from 300 × 300", "WeChat's and QQ's share cards", Unverified;
    SAFE_DOMAIN = "JS-interface safe domains: filed names, no IP addresses, ports 80 and 443 only", "WeChat JS-SDK", SecondHand;
    SURPRISE = "who a hidden star is stays hidden until its day", "the rules of this game", Known;
    OWN = "what is acknowledged is there", "this file", Known;
}
