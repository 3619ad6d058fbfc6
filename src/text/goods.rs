//! What the page of goods says beside its title. It stands behind the first screen, and so do its words: both languages.

use super::Language;

/// The sentences of one language.
pub(crate) struct GoodsText {
    /// The switch for the order without personal data.
    pub(crate) rules_only: &'static str,
    /// What that does.
    pub(crate) rules_only_note: &'static str,
    /// The switch that shows one's picks to friends.
    pub(crate) show_picks: &'static str,
    /// What that does.
    pub(crate) show_picks_note: &'static str,
    /// What counts as popular.
    pub(crate) popular_note: &'static str,
    /// The heart.
    pub(crate) pick: &'static str,
    /// As many picks as there may be, `{0}`.
    pub(crate) limit: &'static str,
    /// Why an item stands there.
    pub(crate) reason_day: &'static str,
    /// Why an item stands there.
    pub(crate) reason_voted: &'static str,
    /// Why an item stands there.
    pub(crate) reason_friend: &'static str,
    /// Why an item stands there.
    pub(crate) reason_popular: &'static str,
    /// Why an item stands there.
    pub(crate) reason_shop: &'static str,
}

impl GoodsText {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        if language.is_english() { &EN } else { &ZH }
    }
}

static ZH: GoodsText = GoodsText {
    rules_only: "只按公开规则排序，不用我的投票和朋友的喜欢",
    rules_only_note: "“只按公开规则排序”：人人看到的顺序一样；这个选择只记在这个浏览器里。",
    show_picks: "把我的喜欢给朋友看",
    show_picks_note: "默认只有你知道。打开后，点你链接进来的朋友会看到“一位朋友喜欢”，不写是谁；只点过你一人链接的朋友能猜到。随时可关，立即生效。",
    popular_note: "“大家喜欢”：至少 5 人点了心，只数人数，不看是谁。",
    pick: "喜欢",
    limit: "最多喜欢 {0} 件，先取消一件吧",
    reason_day: "今日之星同款",
    reason_voted: "你今天投票的明星",
    reason_friend: "一位朋友喜欢",
    reason_popular: "大家喜欢",
    reason_shop: "按店家顺序",
};

static EN: GoodsText = GoodsText {
    rules_only: "Sort by public rules only, without my votes or friends' picks",
    rules_only_note: "\"Sort by public rules only\": everybody sees the same order. The choice is kept in this browser only.",
    show_picks: "Show my picks to friends",
    show_picks_note: "Off, only you know them. On: friends who come by your link see \"A friend's pick\", never whose; those who only ever opened your link can guess. Off again works at once.",
    popular_note: "\"Popular\": at least 5 shoppers gave it a heart. Hearts are counted, not whose they are.",
    pick: "Pick",
    limit: "You can pick {0} at most. Take one back first",
    reason_day: "Star of the day",
    reason_voted: "Star you voted for",
    reason_friend: "A friend's pick",
    reason_popular: "Popular",
    reason_shop: "In the shop's order",
};

#[cfg(test)]
mod tests {
    use carnival_domain::goods::POPULAR_FROM;

    use super::*;

    #[test]
    fn what_is_said_of_popular_goods_is_the_rule() {
        for text in [&ZH, &EN] {
            assert!(text.popular_note.contains(&POPULAR_FROM.to_string()));
        }
    }
}
