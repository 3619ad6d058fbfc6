//! What is said where friends earn votes. Few campaigns play that, and it stands behind the first screen: both languages.

use super::Language;

/// The sentences of one language.
pub(crate) struct FriendsText {
    /// The rule: `{0}` votes a friend, `{1}` a day at most, and still `{2}` for one star.
    pub(crate) rule: &'static str,
    /// Behind the votes that are left: `{0}` of today's are by friends.
    pub(crate) more: &'static str,
    /// How many friends came today, `{0}`.
    pub(crate) came: &'static str,
    /// Under the picture of a reach: what is true of it where friends earn votes.
    pub(crate) reach_fact: &'static str,
}

impl FriendsText {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        if language.is_english() { &EN } else { &ZH }
    }
}

static ZH: FriendsText = FriendsText {
    rule: "每位好友第一次点你的链接进来，你当天多 {0} 票，每天最多多 {1} 票；每位明星仍最多 {2} 票。",
    more: " · 好友已带来 {0} 票",
    came: "今天来了 {0} 位。",
    reach_fact: "只有人数，没有名字，也不排名；好友带来的票见明星榜",
};

static EN: FriendsText = FriendsText {
    rule: "Each friend who opens a link of yours for the first time adds {0} to your votes of that day, {1} a day at most; still {2} for each star.",
    more: " · {0} given by friends",
    came: " Came today: {0}.",
    reach_fact: "Numbers only, no names, no ranking. Votes by friends are told beside the board",
};
