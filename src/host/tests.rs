//! Hosts are told apart by what they really send: strings seen in the wild, shortened only where a token repeats.

use super::*;

fn named(user_agent: &str) -> &'static str {
    Host::of(&Clues { user_agent: user_agent.to_owned(), ..Clues::default() }).name
}

#[test]
fn hosts_are_told_apart_by_what_they_really_send() {
    for (host, user_agent) in [
        (
            "wechat-android",
            "Mozilla/5.0 (Linux; Android 16; V2366HA Build/BP2A.250605.031.A3; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7680.177 Mobile Safari/537.36 XWEB/1460075 MMWEBSDK/20260202 MMWEBID/5120 MicroMessenger/8.0.70.3060(0x28004652) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64",
        ),
        (
            "wechat-android",
            "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 XWEB/4255 MMWEBSDK/20220402 Mobile Safari/537.36 MMWEBID/9132 MicroMessenger/8.0.22.2140(0x28001637) WeChat/arm64",
        ),
        (
            "wechat-android",
            "Mozilla/5.0 (Linux; Android 10; MI 9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/77.0.3865.120 MQQBrowser/6.2 TBS/045514 Mobile Safari/537.36 MMWEBID/3350 MicroMessenger/7.0.16.1700(0x2700103E)",
        ),
        (
            "wechat-android",
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20241202 MicroMessenger/8.0.57.2820(0x28003956) GPVersion/1 WeChat/arm64",
        ),
        (
            "wechat-ios",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.69(0x1800452f) NetType/4G Language/zh_CN",
        ),
        (
            "wechat-harmony",
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/8.0.10.41(0xf3100a29) Weixin NetType/WIFI Language/zh_HK XWEB/1140319",
        ),
        (
            "wechat-desktop",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Safari/537.36 NetType/WIFI MicroMessenger/7.0.20.1781(0x6700143B) WindowsWechat(0x63090a13) UnifiedPCWindowsWechat(0xf2541939) XWEB/19841 Flue",
        ),
        (
            "wecom",
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.7204.180 Mobile Safari/537.36 XWEB/1380347 MMWEBSDK/20250202 MMWEBID/6351 wxwork/5.0.6.66174 MicroMessenger/8.0.28.48(0x28001c30)",
        ),
        (
            "wecom",
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/107.0.5304.110 Safari/537.36 wxwork/5.0.10 (MicroMessenger/6.2) WindowsWechat",
        ),
        (
            "qq-android",
            "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/121.0.6167.71 MQQBrowser/6.2 TBS/047925 Mobile Safari/537.36 V1_AND_SQ_9.2.66_13188_YYB_D QQ/9.2.66.33870 NetType/WIFI WebP/0.3.0 AppId/537339358",
        ),
        (
            "qq-android",
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/135.0.7049.111 Mobile Safari/537.36 V1_AND_SQ_9.1.75_10026_HDBM_T PA QQ/9.1.75.25965 NetType/WIFI CurrentFontScale/0.87 GlobalDensityScale/0.9028571",
        ),
        (
            "qq-ios",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 14_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/18F72 QQ/8.8.0.608 V1_IPH_SQ_8.8.0_1_APP_A Pixel/828 Core/WKWebView Device/Apple(iPhone XR) NetType/WIFI QBWebViewType/1 WKType/1",
        ),
        (
            "tim",
            "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/89.0.4389.72 MQQBrowser/6.2 TBS/046010 Mobile Safari/537.36 V1_AND_SQ_8.3.9_0_TIM_D QQ/3.1.1.2900 NetType/WIFI",
        ),
        (
            "mini-program",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.69(0x1800452f) NetType/4G Language/zh_CN miniProgram/wx0123456789abcdef",
        ),
        (
            "mini-program",
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50.2701(0x28003252) MiniProgramEnv/android",
        ),
        (
            "qq-browser",
            "Mozilla/5.0 (Linux; U; Android 12) AppleWebKit/537.36 Chrome/98.0.4758.102 MQQBrowser/14.1 Mobile Safari/537.36",
        ),
        (
            "plain",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        ),
        ("plain", ""),
    ] {
        assert_eq!(named(user_agent), host, "{user_agent}");
    }
}

#[test]
fn what_a_host_puts_into_the_page_counts_more_than_its_name() {
    let nameless = "Mozilla/5.0 (Linux; Android 12; Redmi) AppleWebKit/537.36 Chrome/116.0.0.0 Mobile Safari/537.36";
    let clues = |change: fn(&mut Clues)| {
        let mut clues = Clues { user_agent: nameless.to_owned(), ..Clues::default() };
        change(&mut clues);
        Host::of(&clues).name
    };
    assert_eq!(clues(|_| {}), "plain");
    assert_eq!(clues(|clues| clues.in_mini_program = true), "mini-program");
    assert_eq!(clues(|clues| clues.has_wechat_bridge = true), "wechat-android");
    assert_eq!(clues(|clues| clues.has_mqq = true), "qq-android");
}

#[test]
fn an_ipad_that_says_it_is_a_mac_is_an_ipad() {
    let user_agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.69(0x1800452f)".to_owned();
    let ipad = Clues { user_agent, touch_points: 5.0, ..Clues::default() };
    assert_eq!(Host::of(&ipad).name, "wechat-ios");
}
