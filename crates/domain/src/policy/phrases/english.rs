//! What English texts say. What an apostrophe stands in is one word: dont.

use super::Phrase;
use crate::policy::rules;

const SHARE: &[&str] = &["share", "shares", "sharing", "retweet", "repost", "forward"];
#[rustfmt::skip]
const GAIN: &[&str] = &[
    "to win", "to get", "to earn", "to enter", "to unlock", "to receive", "to claim", "and win", "and get",
    "and earn", "and receive", "for a chance", "for a coupon", "for a prize",
];
#[rustfmt::skip]
const CHANCES: &[&str] = &[
    "more chances", "extra chance", "extra chances", "extra entry", "extra entries", "better odds", "bonus entry",
];

/// One way to touch a rule a line; the stricter readings stand first.
#[rustfmt::skip]
pub(super) static PHRASES: &[Phrase] = &[
    (&rules::SHARE_AS_CONDITION, &[
        (0, &["after sharing", "after you share", "once you share", "once shared", "share first",
        "share before you", "share this page to see", "only if you share"])
    ]),
    (&rules::SHARE_FOR_CHANCES, &[(0, SHARE), (8, CHANCES)]),
    (&rules::SHARE_FOR_CHANCES, &[(0, CHANCES), (8, SHARE)]),
    (&rules::REWARD_FOR_SHARING, &[(0, SHARE), (5, GAIN)]),
    (&rules::REWARD_FOR_SHARING, &[
        (0, &["win", "earn", "get", "enter", "unlock"]), (6, &["by sharing", "when you share", "if you share",
        "for sharing", "for every share", "by retweeting"])
    ]),
    (&rules::INVITE_FOR_REWARD, &[
        (0, &["invite", "refer"]), (3, &["friend", "friends", "people"]), (5, &["win", "get", "earn", "unlock",
        "receive", "chance", "chances", "free"])
    ]),
    (&rules::INVITE_FOR_REWARD, &[
        (0, &["invite", "refer"]), (1, &["#", "two", "three", "five", "ten"]), (2, &["friend", "friends",
        "people"])
    ]),
    (&rules::FRIENDS_HELP, &[(0, &["help me unlock", "slash the price", "friends to help"])]),
    (&rules::COLLECTING_TASK, &[(0, &["collect likes", "get likes", "collect cards", "collect all the cards"])]),
    (&rules::COLLECTING_TASK, &[(0, &["like this"]), (5, &["to win", "and win", "to get"])]),
    (&rules::PRESSURE_WORDING, &[
        (0, &["must share", "share or else", "break the chain", "real fans share", "true fans share"])
    ]),
    (&rules::CANVASSING_FOR_PRIZE, &[(0, &["canvass"]), (6, &["prize", "prizes", "win"])]),
    (&rules::CANVASSING_WORDING, &[(0, &["help me win", "vote for me"])]),
    (&rules::FOLLOW_AS_CONDITION, &[(0, &["follow", "following", "subscribe"]), (4, GAIN)]),
    (&rules::ASK_FOR_MOMENTS, &[(0, &["share to", "post to"]), (2, &["moments"])]),
    (&rules::PASS_PHRASE, &[(0, &["copy this message and open", "copy this text and open"])]),
    (&rules::LURING_OUTSIDE, &[(0, &["download", "install", "open in your browser", "open in browser"]), (5, GAIN)]),
    (&rules::GROUP_BUYING, &[(0, &["group buy", "group buying", "groupbuy"])]),
];
