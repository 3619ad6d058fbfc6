//! What an `errMsg` of the SDK means, for the operator who reads it on a phone.

/// A part of the message, what it means, what to check first: Chinese, then English.
const CAUSES: [(&str, &str, &str); 12] = [
    (
        "invalid signature",
        "签名不对：多半是签名的网址与打开的网址不同，或 app_id 与 CARNIVAL_WECHAT_SECRET 不是同一个账号",
        "Wrong signature: mostly the signed address is not the opened one, or app_id and CARNIVAL_WECHAT_SECRET are of two accounts",
    ),
    (
        "invalid url domain",
        "域名不在公众号的「JS 接口安全域名」里",
        "The host is not among the account's JS-interface safe domains",
    ),
    (
        "offline verifying",
        "config 还没有成功，或接口不在 jsApiList 里",
        "config has not succeeded yet, or the call is not in jsApiList",
    ),
    (
        "fail_nopermission",
        "config 没有成功，或账号没有这个接口",
        "config did not succeed, or the account lacks this call",
    ),
    (
        "permission denied",
        "账号没有这个接口的权限：分享需要已认证的账号",
        "The account may not use this call: sharing needs a verified one",
    ),
    ("function not exist", "微信版本太旧", "This WeChat is too old"),
    ("require subscribe", "测试号：打开的人没有关注它", "A sandbox account, which this person does not follow"),
    ("system error", "微信一侧出错：稍后再试", "A fault on WeChat's side: try later"),
    (
        "platform-not-configured",
        "活动文件里没有 [wechat]，或 share_card = false",
        "The campaign has no [wechat], or share_card = false",
    ),
    (
        "platform-unavailable",
        "服务器拿不到 ticket：看服务器日志（密钥、IP 白名单、网络）",
        "The server has no ticket: see its log (secret, IP list, network)",
    ),
    (
        "foreign-url",
        "打开的域名不是服务器的 --public-url",
        "The page was opened under another host than the server's --public-url",
    ),
    ("no answer", "没有应答：网络，或不在微信里", "No answer: the network, or not inside WeChat"),
];

/// The likely cause of a message that is no success.
pub fn of(message: &str, in_english: bool) -> Option<&'static str> {
    let found = CAUSES.iter().find(|(part, ..)| message.contains(part));
    found.map(|(_, zh, en)| if in_english { *en } else { *zh })
}

/// Whether another address is worth a try.
pub fn is_wrong_address(message: &str) -> bool {
    message.contains("invalid signature")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_that_is_known_has_its_cause() {
        for message in [
            "config:invalid signature",
            "config:invalid url domain",
            "updateAppMessageShareData:fail, the permission value is offline verifying",
            "updateTimelineShareData:permission denied",
            "updateAppMessageShareData:function not exist",
            "config:require subscribe",
            "signature: platform-unavailable",
        ] {
            assert!(of(message, true).is_some() && of(message, false).is_some(), "{message}");
        }
        assert_eq!(of("config:ok", true), None);
    }

    #[test]
    fn only_a_wrong_signature_is_tried_with_another_address() {
        assert!(is_wrong_address("config:invalid signature"));
        assert!(!is_wrong_address("config:invalid url domain"));
    }
}
