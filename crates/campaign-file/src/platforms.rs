//! The sections `[wechat]`, `[qq]` and `[privacy]`. None is needed.

use carnival_domain::local_text::LocalText;
use carnival_domain::platforms::{MiniProgramPage, NativeAppPage, Platforms, QqApplication, WeChatAccount};
use carnival_domain::privacy::PrivacyNotice;
use carnival_domain::time::Timestamp;
use toml::de::DeValue;

use super::section::Section;
use super::values::{FromToml, Link, Whole, Words, written};

/// How long things are kept after the end, if the file does not say.
const KEPT_DAYS: u32 = 90;
/// How long an address is kept once the prize was sent: long enough to ask what became of the parcel.
const DELIVERY_KEPT_DAYS: u32 = 30;

/// An `appid` of WeChat's.
struct WeChatAppId(String);
/// Yes or no.
struct Switch(bool);
/// One line each.
struct Lines(Vec<LocalText>);
/// An application's id at QQ Connect.
struct ClientId(String);
/// Which wording a notice is.
struct Version(String);

impl FromToml for WeChatAppId {
    fn expected() -> String {
        "an appid: wx and 16 hexadecimal digits".to_owned()
    }

    fn read(value: &DeValue, _first_start: Timestamp) -> Option<Self> {
        let digits = value.as_str()?.strip_prefix("wx")?;
        let fits = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(format!("wx{digits}")))
    }
}

impl FromToml for Switch {
    fn expected() -> String {
        "true or false".to_owned()
    }

    fn read(value: &DeValue, _first_start: Timestamp) -> Option<Self> {
        value.as_bool().map(Self)
    }
}

impl FromToml for Lines {
    fn expected() -> String {
        r#"a list of texts, each "…" or { zh = "…", en = "…" }"#.to_owned()
    }

    fn read(value: &DeValue, first_start: Timestamp) -> Option<Self> {
        let lines = value.as_array()?.iter().map(|line| LocalText::read(line.get_ref(), first_start));
        lines.collect::<Option<_>>().map(Self)
    }
}

impl FromToml for ClientId {
    fn expected() -> String {
        r#"the application's number as a text, such as "101234567""#.to_owned()
    }

    fn read(value: &DeValue, _first_start: Timestamp) -> Option<Self> {
        let digits = value.as_str()?;
        let fits = (5..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(digits.to_owned()))
    }
}

impl FromToml for Version {
    fn expected() -> String {
        r#"a version such as "2026-06-01", at most 32 letters, digits and signs"#.to_owned()
    }

    fn read(value: &DeValue, _first_start: Timestamp) -> Option<Self> {
        let fits = |text: &String| (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        written(value).filter(fits).map(Self)
    }
}

/// The accounts; none where something in a section is wrong.
pub(super) fn read(wechat: Option<&Section>, qq: Option<&Section>) -> Option<Platforms> {
    // Both are read before either is given up: every mistake is told at once.
    let (wechat, qq) = (wechat.map(we_chat), qq.map(qq_application));
    let whole = !matches!(wechat, Some(None)) && !matches!(qq, Some(None));
    whole.then(|| Platforms { wechat: wechat.flatten(), qq: qq.flatten() })
}

fn we_chat(section: &Section) -> Option<WeChatAccount> {
    let app_id = section.take::<WeChatAppId>("app_id");
    let switch = |key, or: bool| section.maybe::<Switch>(key).map_or(or, |switch| switch.0);
    let share_card = switch("share_card", true);
    let sign_in = switch("sign_in", false);
    let profile = switch("profile", false);
    if profile && !sign_in {
        section.wrong("profile", "false, or sign_in = true: who does not sign in gives no nickname");
    }
    refuse_secrets(section, "CARNIVAL_WECHAT_SECRET");
    section.finish();
    Some(WeChatAccount { app_id: app_id?.0, share_card, sign_in, profile })
}

fn qq_application(section: &Section) -> Option<QqApplication> {
    let client_id = section.take::<ClientId>("client_id");
    let profile = section.maybe::<Switch>("profile").is_some_and(|switch| switch.0);
    refuse_secrets(section, "CARNIVAL_QQ_SECRET");
    section.finish();
    Some(QqApplication { client_id: client_id?.0, profile })
}

/// A secret in a file that is copied, mailed and committed is no secret.
fn refuse_secrets(section: &Section, variable: &str) {
    for key in ["secret", "app_secret", "appsecret", "client_secret", "app_key", "appkey", "token", "password"] {
        section.refuse(key, &format!("no secrets in this file: put it into the environment as {variable}"));
    }
}

/// The notice. Without a section it is the fixed text with the campaign's own contact.
pub(super) fn privacy(section: Option<&Section>, campaign_contact: Option<&String>) -> Option<PrivacyNotice> {
    let Some(section) = section else {
        return Some(PrivacyNotice {
            version: "1".to_owned(),
            contact: campaign_contact?.clone(),
            keep_days: KEPT_DAYS,
            delivery_keep_days: DELIVERY_KEPT_DAYS,
            third_parties: Vec::new(),
            url: None,
        });
    };
    let version = section.take::<Version>("version");
    let contact = section.maybe::<Words>("contact").map(|words| words.0).or_else(|| campaign_contact.cloned());
    let keep_days = section.maybe::<Whole<1, 3650>>("keep_days").map_or(KEPT_DAYS, |days| days.0);
    let delivery_keep_days =
        section.maybe::<Whole<1, 365>>("delivery_keep_days").map_or(DELIVERY_KEPT_DAYS, |days| days.0);
    let third_parties = section.maybe::<Lines>("third_parties").map_or_else(Vec::new, |lines| lines.0);
    let url = section.maybe::<Link>("url").map(|link| link.0);
    section.finish();
    Some(PrivacyNotice { version: version?.0, contact: contact?, keep_days, delivery_keep_days, third_parties, url })
}

/// Where an item is sold in a mini-program.
pub(super) fn mini_program(section: &Section) -> Option<MiniProgramPage> {
    let (app_id, path) = (section.take::<WeChatAppId>("app_id"), section.take::<Words>("path"));
    section.finish();
    Some(MiniProgramPage { app_id: app_id?.0, path: path?.0 })
}

/// Where an item is sold in a native app.
pub(super) fn native_app(section: &Section) -> Option<NativeAppPage> {
    let (app_id, ext_info) = (section.take::<WeChatAppId>("app_id"), section.take::<Words>("ext_info"));
    section.finish();
    Some(NativeAppPage { app_id: app_id?.0, ext_info: ext_info?.0 })
}
