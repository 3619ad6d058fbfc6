//! The rules by name. Names stand in operators' files: they never change.

use super::clauses::{self as clause, Clause};
use crate::money::Fen;

/// What the law lets the top prize of a sales promotion be worth.
pub const TOP_PRIZE: Fen = Fen(5_000_000);

/// What a finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing starts with it.
    Mistake,
    /// Nothing starts with it unless the file acknowledges it.
    Policy,
    /// It is told, and no more once the file acknowledges it.
    Advice,
}

impl Severity {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::Policy => "policy",
            Self::Advice => "advice",
        }
    }
}

/// Something that a campaign should not do.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, as it stands in `acknowledge`.
    pub name: &'static str,
    /// What a finding does.
    pub severity: Severity,
    /// What it touches.
    pub clause: &'static Clause,
    /// What may come of it.
    pub why: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

impl Rule {
    /// Whether an operator may take the risk.
    pub fn can_be_acknowledged(&self) -> bool {
        self.severity != Severity::Mistake
    }
}

/// The rule of this name.
pub fn named(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

macro_rules! rules {
    ($($id:ident = $name:literal, $severity:ident, $clause:ident, $why:literal, $remedy:literal;)*) => {
        $(#[doc = concat!("`", $name, "`")]
        pub static $id: Rule = Rule {
            name: $name, severity: Severity::$severity, clause: &clause::$clause, why: $why, remedy: $remedy,
        };)*
        /// Every rule there is.
        pub static ALL: &[&Rule] = &[$(&$id),*];
    };
}

rules! {
    JOIN_AND_SHARE = "join-and-share", Policy, FORCED, "an entry that needs a share link is a forced share", "say participation = \"join\"";
    JOIN_AND_VISIT = "join-and-visit", Policy, FRIENDS, "an entry that needs a friend's visit is an induced invitation", "say participation = \"join\"";
    COURIER_NOT_LISTED = "courier-not-listed", Advice, NOTICE, "whoever sends the prizes gets names, numbers and addresses", "add a line on the courier to third_parties in [privacy]";
    CANVASSING_COUNTER = "canvassing-counter", Policy, CANVASSING, "a count of friends' votes invites to canvass for more", "say canvassing_counter = false";
    VOTES_PER_FRIEND = "votes-per-friend", Policy, INDUCEMENT, "votes earned by friends reward the invitation", "say votes_per_friend = 0";
    PRIZE_ABOVE_LIMIT = "prize-above-limit", Mistake, PRIZES, "a draw with a dearer prize is unlawful promotion", "offer more prizes of less worth";
    SHARE_AS_CONDITION = "share-as-condition", Policy, FORCED, "the link may be blocked and the share interface withdrawn", "let everything work with zero shares, and say nothing else";
    REWARD_FOR_SHARING = "reward-for-sharing", Policy, INDUCEMENT, "the link may be blocked; wording counts even where nothing is given", "do not tie a benefit to sharing; 「分享给朋友看看」 is fine";
    SHARE_FOR_CHANCES = "share-for-chances", Policy, CHANCES, "sharing must not seem to raise anybody's odds", "every entry has the same odds; say that instead";
    INVITE_FOR_REWARD = "invite-for-reward", Policy, FRIENDS, "invitations that pay are inducement, by any number of friends", "do not tie a benefit or a number to inviting";
    FRIENDS_HELP = "friends-help", Policy, FRIENDS, "asking friends to help is named in the rules", "leave friends' acts out of the mechanics and the words";
    COLLECTING_TASK = "collecting-task", Policy, COLLECTING, "collecting likes, cards or pieces is named in the rules", "leave the collecting out";
    GROUP_BUYING = "group-buying", Advice, GROUP_BUY, "any group-buy link in Moments is a violation", "call it by its price, or keep it out of the chat";
    PRESSURE_WORDING = "pressure-wording", Policy, PRESSURE, "words that press people to pass a link on are one of the three classes", "invite, do not press";
    CANVASSING_FOR_PRIZE = "canvassing-for-prize", Policy, CANVASSING, "canvassing with a prize is inducement", "vote for the joy of it: no prize for canvassing";
    CANVASSING_WORDING = "canvassing-wording", Advice, CANVASSING, "a template that begs for votes spreads like a chain letter", "speak of the star, not of helping to win";
    FOLLOW_AS_CONDITION = "follow-as-condition", Policy, FORCED, "following an account must open nothing", "do not tie a benefit to following";
    ASK_FOR_MOMENTS = "ask-for-moments", Advice, CHECK_INS, "asking for a post in Moments is a step from a rewarded check-in", "leave the place to those who share";
    PASS_PHRASE = "pass-phrase", Policy, PASS_PHRASES, "texts to copy that open another app are banned", "link to the page itself";
    LURING_OUTSIDE = "luring-outside", Policy, OUTSIDE, "a benefit for leaving the chat counts as luring", "give the same inside and outside the chat";
    FILING_IS_PLACEHOLDER = "filing-is-placeholder", Advice, TRACEABLE, "un-filed domains are capped in Moments and blocked first", "put the site's ICP filing number";
    FILING_IS_UNUSUAL = "filing-is-unusual", Advice, TRACEABLE, "shoppers and the platform look for a number such as 京ICP备12345678号-1", "put the number as the register writes it";
    ORGANISER_IS_PLACEHOLDER = "organiser-is-placeholder", Advice, TRACEABLE, "nobody can tell who answers for the campaign", "name the company and a contact of its own";
    SHARE_TITLE_CUT = "share-title-cut", Advice, QQ_CARD, "QQ gets a shortened title", "say it in 45 bytes: 15 Chinese characters";
    SHARE_TEXT_CUT = "share-text-cut", Advice, QQ_CARD, "QQ gets a shortened text", "say it in 60 bytes: 20 Chinese characters";
    COVER_IS_MISSING = "cover-is-missing", Advice, CARD_PICTURE, "the share card has no picture", "put the picture under public/";
    COVER_IS_NO_PICTURE = "cover-is-no-picture", Advice, CARD_PICTURE, "the share card has no picture", "make it a PNG or JPEG";
    COVER_IS_SMALL = "cover-is-small", Advice, CARD_PICTURE, "chats leave small pictures out", "make it at least 300 × 300";
    HIDDEN_STAR_NAMED = "hidden-star-named", Advice, SURPRISE, "this is shown before the star's day, and gives it away", "leave the star out of it, or reveal the star first";
    TELEMETRY_NOT_LISTED = "telemetry-not-listed", Advice, NOTICE, "the JS-SDK tells Tencent the page's address, and signing in an id", "add a line on WeChat to third_parties in [privacy]";
    URL_IS_NOT_HTTPS = "url-is-not-https", Advice, SAFE_DOMAIN, "chats warn of such pages, and signing in is refused", "serve the campaign by https";
    URL_IS_NO_NAME = "url-is-no-name", Advice, SAFE_DOMAIN, "no share card and no signing in on IP addresses or other ports", "give it a filed name, on port 443";
    URL_IS_MAIN_DOMAIN = "url-is-main-domain", Advice, WHOLE_DOMAIN, "a block of this page would take the whole site down", "give the campaign a sub-domain of its own before the launch";
    NEEDLESS_ACKNOWLEDGEMENT = "needless-acknowledgement", Advice, OWN, "an acknowledgement of nothing hides the next finding of that name", "take the name out";
}
