//! What the daily public audit says. Few look at it, and behind the first screen: both languages.

use carnival_contract::error_code::ErrorCode;

use super::Language;

/// The sentences of one language.
pub(crate) struct AuditText {
    /// The title.
    pub(crate) title: &'static str,
    /// What is counted.
    pub(crate) note: &'static str,
    /// `{0}` votes were accepted.
    pub(crate) accepted: &'static str,
    /// `{0}` of them were taken back.
    pub(crate) taken_back: &'static str,
    /// `{0}` were refused.
    pub(crate) refused: &'static str,
    /// The day is over.
    pub(crate) over: &'static str,
    /// It is not.
    pub(crate) running: &'static str,
    /// Reasons, in the order of [`reason`](Self::reason); the last is any other.
    reasons: [&'static str; 5],
}

impl AuditText {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        if language.is_english() { &EN } else { &ZH }
    }

    /// Why votes were refused.
    pub(crate) fn reason(&self, code: ErrorCode) -> &'static str {
        let place = match code {
            ErrorCode::VoteQuotaSpent => 0,
            ErrorCode::StarQuotaSpent => 1,
            ErrorCode::UnknownStar => 2,
            ErrorCode::VotingOver | ErrorCode::VotingNotBegun => 3,
            _ => 4,
        };
        self.reasons[place]
    }
}

static ZH: AuditText = AuditText {
    title: "每日计票公示",
    note: "有效票数 = 计入 − 撤回，与当日榜单一致。撤回：两个账号确认为同一人，只保留一份票数。",
    accepted: "计入 {0} 票",
    taken_back: "撤回 {0}",
    refused: "未计 {0}",
    over: "已结束",
    running: "进行中",
    reasons: ["当日票数已用完", "该明星当日已投满", "明星不存在或未揭晓", "不在投票时间内", "其他"],
};

static EN: AuditText = AuditText {
    title: "Daily audit of votes",
    note: "Accepted less taken back is what the day's board adds up to. Taken back: two accounts were one person, who has one quota.",
    accepted: "Accepted: {0}",
    taken_back: "Taken back: {0}",
    refused: "Refused: {0}",
    over: "Over",
    running: "Running",
    reasons: ["Day's votes used", "Votes for the star used", "No such star yet", "No voting then", "Other"],
};
