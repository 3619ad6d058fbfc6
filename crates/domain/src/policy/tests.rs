//! Which words are found, and which are left alone.

use super::phrases::touched;
use super::rules::ALL;

fn names(text: &str) -> Vec<&'static str> {
    touched(text).into_iter().map(|(rule, _)| rule.name).collect()
}

#[test]
fn words_that_touch_a_rule_are_found() {
    for (text, rule) in [
        ("分享后可得优惠券", "share-as-condition"),
        ("分 享 后，可 得", "share-as-condition"),
        ("分·享。后可得", "share-as-condition"),
        ("转发到群后即可查看答案", "share-as-condition"),
        ("不分享就没有红包", "share-as-condition"),
        ("See it after you share", "share-as-condition"),
        ("转发抽奖", "share-for-chances"),
        ("转😀发😀抽😀奖", "share-for-chances"),
        ("每分享一次，多一次抽奖机会", "share-for-chances"),
        ("Ｓｈａｒｅ for extra entries", "share-for-chances"),
        ("分享得红包", "reward-for-sharing"),
        ("分享给三个群，满减券翻倍", "reward-for-sharing"),
        ("Share to win a phone", "reward-for-sharing"),
        ("Retweet to enter!", "reward-for-sharing"),
        ("Earn coupons by sharing", "reward-for-sharing"),
        ("邀请好友得现金", "invite-for-reward"),
        ("邀请３位好友", "invite-for-reward"),
        ("邀请有礼", "invite-for-reward"),
        ("Invite 3 friends", "invite-for-reward"),
        ("Invite your friends and get a coupon", "invite-for-reward"),
        ("好友助力", "friends-help"),
        ("帮我砍一刀", "friends-help"),
        ("邀好友来加速", "friends-help"),
        ("集 赞 领礼品", "collecting-task"),
        ("集福迎新年", "collecting-task"),
        ("点赞就送", "collecting-task"),
        ("必转！", "pressure-wording"),
        ("不转不是中国人", "pressure-wording"),
        ("好心人转发一下", "pressure-wording"),
        ("拉票有奖", "canvassing-for-prize"),
        ("快来帮我投一票", "canvassing-wording"),
        ("关注后查看", "follow-as-condition"),
        ("关注公众号领券", "follow-as-condition"),
        ("Follow us to win", "follow-as-condition"),
        ("分享到朋友圈吧", "ask-for-moments"),
        ("复制这段话打开淘宝", "pass-phrase"),
        ("口令红包", "pass-phrase"),
        ("下载APP领红包", "luring-outside"),
        ("Download the app to claim it", "luring-outside"),
        ("三人拼团", "group-buying"),
    ] {
        assert!(names(text).contains(&rule), "{text}: {:?}", names(text));
    }
}

#[test]
fn plain_words_are_left_alone() {
    for text in [
        "分享给朋友看看",
        "不需要分享",
        "无需分享即可抽奖",
        "无需邀请好友或分享即可参与抽奖",
        "是否分享与中奖无关",
        "分享不影响中奖概率",
        "分享你的心得",
        "点右上角 ··· 可转发给朋友",
        "星光分享会",
        "今天抽奖，明天领券",
        "每 6 分 18 秒一轮，好礼与星光都在路上",
        "欢迎关注我们的新品",
        "加速发货",
        "七十二岁，广场舞领队",
        "新品值得关注，然后慢慢看",
        "No need to share, everybody can win",
        "You can win without sharing anything",
        "Sharing does not change your odds: no extra chances",
        "Share it with a friend",
        "A market share of ten",
        "Free shipping, no app to download",
    ] {
        assert_eq!(names(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn names_of_rules_are_stable_words_and_stand_once() {
    for (index, rule) in ALL.iter().enumerate() {
        assert!(rule.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", rule.name);
        assert!(ALL[..index].iter().all(|other| other.name != rule.name), "{} stands twice", rule.name);
    }
}
