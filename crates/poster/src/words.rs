//! The sentences on a poster. They say what there is; nothing on a poster promises anything for passing it on.

use carnival_domain::time::{Timestamp, UtcOffset};

/// The sentences of one language.
pub(crate) struct Words {
    /// The name of rounds of 6 minutes 18 seconds.
    pub(crate) rush: &'static str,
    /// What to do with the code.
    pub(crate) scan: &'static str,
    /// What that does.
    pub(crate) opens: &'static str,
    /// Over the days.
    pub(crate) days: &'static str,
    /// Before the organiser.
    pub(crate) organiser: &'static str,
    /// Before and after a round's number.
    pub(crate) entered: (&'static str, &'static str),
    /// Before an entry's pseudonym.
    pub(crate) receipt: &'static str,
}

const CHINESE: Words = Words {
    rush: "疯狂6分18秒",
    scan: "长按识别二维码",
    opens: "打开活动页面",
    days: "活动时间",
    organiser: "主办：",
    entered: ("我在第 ", " 场"),
    receipt: "抽奖凭据",
};

const ENGLISH: Words = Words {
    rush: "Six Minutes Eighteen",
    scan: "Scan or hold the code",
    opens: "to open the page",
    days: "When",
    organiser: "By ",
    entered: ("I am in round ", ""),
    receipt: "Receipt",
};

const MONTHS: [&str; 12] = ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

pub(crate) fn of(in_english: bool) -> &'static Words {
    if in_english { &ENGLISH } else { &CHINESE }
}

/// `6月18日`, `18 June`.
pub(crate) fn date(at: Timestamp, zone: UtcOffset, in_english: bool) -> String {
    // RFC 3339 of the zone's own clock: the domain's writing of time is in the module anyway.
    let local = at.plus_ms(i64::from(zone.0) * 60_000).to_string();
    let number = |from: usize| local.get(from..from + 2).unwrap_or_default().trim_start_matches('0').to_owned();
    let (month, day) = (number(5), number(8));
    if !in_english {
        return [&month, "月", &day, "日"].concat();
    }
    let name = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    [&day, " ", name.copied().unwrap_or_default()].concat()
}
