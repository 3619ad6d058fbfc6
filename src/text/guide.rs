//! What the guide says beside what the first screen knows. It comes behind that screen: both languages.

use super::Language;

/// The sentences of one language. What runs out is said first, where a narrow phone shows it.
pub(crate) struct GuideText {
    /// A prize waits for an address until `{0}`.
    pub(crate) prize: &'static str,
    /// The draw of an entry is done.
    pub(crate) result: &'static str,
    /// The bell has rung.
    pub(crate) drawing: &'static str,
    /// A coupon opens in `{0}`.
    pub(crate) coupon_soon: &'static str,
    /// The star `{0}` fell to place `{1}`.
    pub(crate) star_fell: &'static str,
    /// The star `{0}` was revealed.
    pub(crate) new_star: &'static str,
    /// `{0}` votes are left.
    pub(crate) votes: &'static str,
    /// A coupon can be claimed.
    pub(crate) claim: &'static str,
    /// The next round begins at `{0}`.
    pub(crate) wait_round: &'static str,
    /// A coupon opens at `{0}`.
    pub(crate) wait_coupon: &'static str,
    /// A star is revealed at `{0}`.
    pub(crate) wait_star: &'static str,
    /// Votes come back at `{0}`.
    pub(crate) wait_votes: &'static str,
    /// The rounds are paused.
    pub(crate) paused: &'static str,
    /// All is over.
    pub(crate) over: &'static str,
}

impl GuideText {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        if language.is_english() { &EN } else { &ZH }
    }
}

static ZH: GuideText = GuideText {
    prize: "奖品等你填地址，{0} 前有效",
    result: "你参与的场次已开奖，看看结果",
    drawing: "名单已封存，马上揭晓结果",
    coupon_soon: "{0} 后有新券开抢",
    star_fell: "你投的{0}掉到第 {1} 名了",
    new_star: "新星{0}已揭晓，去认识一下",
    votes: "今天还有 {0} 票，投给你喜欢的明星吧",
    claim: "有券可领，先到先得",
    wait_round: "下一场 {0} 开始",
    wait_coupon: "都办好了，{0} 有券开抢",
    wait_star: "都办好了，{0} 揭晓下一位明星",
    wait_votes: "都办好了，{0} 又有新票",
    paused: "场次暂停中，恢复后时间一秒不少",
    over: "本次活动已全部结束，感谢参与",
};

static EN: GuideText = GuideText {
    prize: "A prize waits for your address until {0}",
    result: "Your round was drawn. See the result",
    drawing: "The list is sealed; the result is coming",
    coupon_soon: "A new coupon opens in {0}",
    star_fell: "{0} fell to place {1}",
    new_star: "A new star: meet {0}",
    votes: "Votes left today: {0}. Cast them for your star",
    claim: "There are coupons to claim",
    wait_round: "The next round begins at {0}",
    wait_coupon: "All done. A coupon opens at {0}",
    wait_star: "All done. The next star comes at {0}",
    wait_votes: "All done. New votes at {0}",
    paused: "The rounds are paused; no second is lost",
    over: "All is over. Thank you for taking part",
};
