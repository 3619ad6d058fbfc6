//! What settings touch, apart from what texts say.

use super::rules::{self, Rule};
use super::wording::{has, words};
use super::{Cover, Facts, Finding};
use crate::award::PrizeKind;
use crate::campaign::{Campaign, Participation};
use crate::local_text::LocalText;
use crate::share_card::{QQ_TEXT_BYTES, QQ_TITLE_BYTES};
use crate::time::Timestamp;

/// The least width and height of a card's picture.
const LEAST_PIXELS: usize = 300;

fn finding(rule: &'static Rule, setting: &str, found: impl Into<String>) -> Finding {
    Finding { rule, setting: setting.to_owned(), found: found.into() }
}

pub(super) fn lint(campaign: &Campaign, facts: Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !facts.is_demo {
        traceable(campaign, &mut findings);
    }
    card_for_qq(&rules::SHARE_TITLE_CUT, "share_title", &campaign.share_title, QQ_TITLE_BYTES, &mut findings);
    card_for_qq(&rules::SHARE_TEXT_CUT, "share_text", &campaign.share_text, QQ_TEXT_BYTES, &mut findings);
    let cover = |rule, what: &str| finding(rule, "campaign.cover", format!("{} {what}", campaign.cover));
    match facts.cover {
        Cover::Missing => findings.push(cover(&rules::COVER_IS_MISSING, "is not among the page's files")),
        Cover::NoPicture => findings.push(cover(&rules::COVER_IS_NO_PICTURE, "is neither PNG nor JPEG")),
        Cover::Picture { width, height } if width.min(height) < LEAST_PIXELS => {
            findings.push(cover(&rules::COVER_IS_SMALL, &format!("has {width} × {height} pixels")));
        }
        Cover::Unknown | Cover::Picture { .. } => {}
    }
    let forced = match campaign.rounds.participation {
        Participation::Join => None,
        Participation::JoinAndShare => Some((&rules::JOIN_AND_SHARE, "an entry counts once a link is shared")),
        Participation::JoinAndVisit => Some((&rules::JOIN_AND_VISIT, "an entry counts once a friend comes")),
    };
    findings.extend(forced.map(|(rule, what)| finding(rule, "rounds.participation", what)));
    if campaign.canvassing_counter {
        let what = "whoever shared a link sees how many votes it brought";
        findings.push(finding(&rules::CANVASSING_COUNTER, "voting.canvassing_counter", what));
    }
    if let Some(rule) = campaign.votes_by_friends {
        // More votes are then more places in draws.
        let drawn =
            if campaign.fans_draw.is_some() { "; a first vote for a star is a place in its fans' draw" } else { "" };
        let (each, most) = (rule.votes_per_friend, rule.per_day);
        let what = format!("a friend who comes earns votes: {each} each, {most} a day at most{drawn}");
        findings.push(finding(&rules::VOTES_PER_FRIEND, "voting.votes_per_friend", what));
    }
    let sends = campaign.prizes().any(|prize| matches!(prize.kind, PrizeKind::Thing { .. }));
    if sends && !campaign.privacy.third_parties.iter().any(names_courier) {
        findings.push(finding(&rules::COURIER_NOT_LISTED, "privacy.third_parties", "no line names a courier"));
    }
    if let Some(account) = &campaign.platforms.wechat
        && (account.share_card || account.sign_in)
        && !campaign.privacy.third_parties.iter().any(names_tencent)
    {
        findings.push(finding(
            &rules::TELEMETRY_NOT_LISTED,
            "privacy.third_parties",
            "no line names WeChat or Tencent",
        ));
    }
    if let Some(url) = facts.public_url {
        address(url, &mut findings);
    }
    findings
}

fn names_courier(text: &LocalText) -> bool {
    let all = format!("{} {}", text.zh, text.en).to_lowercase();
    ["快递", "物流", "配送", "邮政", "courier", "carrier", "post"].iter().any(|name| all.contains(name))
}

fn names_tencent(text: &LocalText) -> bool {
    let all = format!("{} {}", text.zh, text.en).to_lowercase();
    ["微信", "腾讯", "wechat", "tencent"].iter().any(|name| all.contains(name))
}

fn traceable(campaign: &Campaign, findings: &mut Vec<Finding>) {
    let number = &campaign.filing_number;
    let digits: String =
        number.chars().skip_while(|char| !char.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() && digits.bytes().all(|digit| digit == b'0') {
        findings.push(finding(&rules::FILING_IS_PLACEHOLDER, "campaign.filing_number", number.as_str()));
    } else if !number.to_uppercase().contains("ICP") || !(6..=10).contains(&digits.len()) {
        findings.push(finding(&rules::FILING_IS_UNUSUAL, "campaign.filing_number", number.as_str()));
    }
    let organiser = &campaign.organiser;
    if organiser.zh.contains("演示") || organiser.en.to_lowercase().contains("demo") {
        findings.push(finding(&rules::ORGANISER_IS_PLACEHOLDER, "campaign.organiser", organiser.zh.as_str()));
    }
    let contacts = [("campaign.contact", &campaign.contact), ("privacy.contact", &campaign.privacy.contact)];
    for (setting, contact) in contacts {
        let is_reserved = ["example.com", "example.org", "example.net"].iter().any(|name| contact.contains(name));
        // The notice names the campaign's contact where it has none of its own: told once.
        if is_reserved && (setting == "campaign.contact" || *contact != campaign.contact) {
            findings.push(finding(&rules::ORGANISER_IS_PLACEHOLDER, setting, contact.as_str()));
        }
    }
}

fn card_for_qq(rule: &'static Rule, key: &str, text: &LocalText, most: usize, findings: &mut Vec<Finding>) {
    let languages = [("zh", &text.zh), ("en", &text.en)];
    for (language, text) in &languages[..if text.zh == text.en { 1 } else { 2 }] {
        if text.len() > most {
            let setting = format!("campaign.{key}.{language}");
            findings.push(finding(rule, &setting, format!("“{text}” has {} bytes, {most} are shown", text.len())));
        }
    }
}

fn address(url: &str, findings: &mut Vec<Finding>) {
    const SETTING: &str = "--public-url";
    let (scheme, host) = url.split_once("://").unwrap_or(("", url));
    let host = host.trim_end_matches('/');
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !name.ends_with(':') && port.bytes().all(|b| b.is_ascii_digit()) => (name, Some(port)),
        _ => (host, None),
    };
    if name == "localhost" || name == "127.0.0.1" || name == "[::1]" {
        return;
    }
    if scheme != "https" {
        findings.push(finding(&rules::URL_IS_NOT_HTTPS, SETTING, url));
    }
    let is_number = name.starts_with('[') || name.split('.').all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if is_number || port.is_some_and(|port| port != "443" && port != "80") {
        findings.push(finding(&rules::URL_IS_NO_NAME, SETTING, url));
    } else if is_main_domain(name) {
        findings.push(finding(&rules::URL_IS_MAIN_DOMAIN, SETTING, url));
    }
}

/// `example.com`, `www.example.com`, and the same under `com.cn` and its like.
fn is_main_domain(name: &str) -> bool {
    let name = name.strip_prefix("www.").unwrap_or(name);
    let parts: Vec<_> = name.split('.').collect();
    let has_two_level_ending =
        matches!(parts[..], [.., "com" | "net" | "org" | "gov" | "edu" | "co", _]) && parts.len() > 2;
    parts.len() == if has_two_level_ending { 3 } else { 2 }
}

/// Stars whose name or picture is given away before their day.
pub(super) fn hidden_stars(campaign: &Campaign, texts: &[(String, String)], visible_from: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    let hidden = campaign.stars.iter().enumerate().filter(|(_, star)| star.reveals_at > visible_from);
    for (index, star) in hidden {
        let own = format!("stars[{}].", index + 1);
        let names = [star.name.zh.as_str(), star.name.en.as_str()];
        for (setting, text) in texts.iter().filter(|(setting, _)| !setting.starts_with(&own)) {
            if has(&words(text), &names) {
                findings.push(finding(&rules::HIDDEN_STAR_NAMED, setting, format!("“{text}” names {}", star.id)));
            }
        }
        let prizes =
            campaign.rounds.prizes.iter().enumerate().map(|(at, prize)| ("rounds.prizes", at, "image", &prize.image));
        let of_fans = campaign.fans_draw.iter().flat_map(|fans| fans.prizes.iter().enumerate());
        let prizes = prizes.chain(of_fans.map(|(at, prize)| ("fans_draw.prizes", at, "image", &prize.image)));
        let items = campaign.items.iter().enumerate();
        let items = items.flat_map(|(at, item)| [("items", at, "image", &item.image), ("items", at, "url", &item.url)]);
        for (section, at, key, path) in prizes.chain(items) {
            let parts = path.split(|char: char| !char.is_ascii_alphanumeric() && char != '-');
            let id = star.id.as_str();
            if parts
                .into_iter()
                .any(|part| part == id || part.starts_with(&format!("{id}-")) || part.ends_with(&format!("-{id}")))
            {
                let setting = format!("{section}[{}].{key}", at + 1);
                findings.push(finding(&rules::HIDDEN_STAR_NAMED, &setting, format!("{path} names {id}")));
            }
        }
    }
    findings
}
