//! What is said where friends earn votes. Few campaigns play that, and it stands behind the first screen: both languages.

use super::Language;

/// The sentences of one language.
pub(crate) struct FriendsText {
    /// The rule, behind another sentence: `{0}` votes a friend, `{1}` a day at most, and still `{2}` for one star.
    pub(crate) rule: &'static str,
    /// Beside the votes that are left: today `{1}` friends earned `{0}`.
    pub(crate) today: &'static str,
    /// The same where there is little room: `{0}` votes.
    pub(crate) more: &'static str,
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
    rule: "每位好友第一次点你的链接进来，你当天增加 {0} 票，每天最多增加 {1} 票；每位明星仍最多 {2} 票。",
    today: "今天好友带来 {0} 票 · 来了 {1} 位",
    more: " · 好友带来 {0} 票",
    reach_fact: "只有人数，没有名字，也不排名；好友带来的票见明星榜",
};

static EN: FriendsText = FriendsText {
    rule: " Each friend who opens a link of yours for the first time adds {0} to your votes of that day, {1} a day at most; still {2} for each star.",
    today: "{0} more today by friends · {1} came",
    more: " · {0} by friends",
    reach_fact: "Numbers only, no names, no ranking. Votes by friends are told beside the board",
};
