//! Kinds of values, each with what it is called when it was expected and something else was found.

use std::str::FromStr;

use carnival_domain::campaign::{DrawAt, Participation, PolicyProfile};
use carnival_domain::codes::{PREFIX_MAX_LENGTH, is_prefix};
use carnival_domain::ids::SLUG_MAX_LENGTH;
use carnival_domain::local_text::LocalText;
use carnival_domain::money::Fen;
use carnival_domain::time::{TimeOfDay, Timestamp, UtcOffset};
use carnival_domain::webhook::EventKind;
use toml::de::DeValue;

use super::moments::{StartsOn, duration_ms, moment, starts_on};

/// A kind of value.
pub(super) trait FromToml: Sized {
    /// What it is called.
    fn expected() -> String;
    /// Reads one; relative moments count from `first_start`.
    fn read(value: &DeValue, first_start: Timestamp) -> Option<Self>;
}

macro_rules! kinds {
    ($($kind:ty = $expected:expr, |$value:ident, $first_start:ident| $read:expr;)*) => {
        $(impl FromToml for $kind {
            fn expected() -> String {
                $expected.to_string()
            }

            fn read($value: &DeValue, $first_start: Timestamp) -> Option<Self> {
                $read
            }
        })*
    };
}

/// A text in both languages, if it could be read.
pub(super) type Text = Option<LocalText>;
/// Any text that is not empty.
pub(super) struct Words(pub(super) String);
/// How a prize gets to who won it.
#[derive(Clone, Copy)]
pub(super) enum KindWord {
    /// It is sent.
    Thing,
    /// It is a code.
    Coupon,
}
/// A picture that browsers show.
pub(super) struct Image(pub(super) String);
/// A picture that chats show.
pub(super) struct Cover(pub(super) String);
/// What made codes begin with.
pub(super) struct CodePrefix(pub(super) String);
/// A file beside the campaign's.
pub(super) struct FileBeside(pub(super) String);
/// Where webhooks are heard.
pub(super) struct Hook(pub(super) String);
/// What webhooks tell of.
pub(super) struct EventKinds(pub(super) Vec<EventKind>);
/// Where something is sold.
pub(super) struct Link(pub(super) String);
/// A colour.
pub(super) struct Color(pub(super) String);
/// An instant.
pub(super) struct Moment(pub(super) Timestamp);
/// A span of time.
pub(super) struct DurationMs(pub(super) i64);
/// Names of findings.
pub(super) struct Names(pub(super) Vec<String>);
/// A whole number within limits.
pub(super) struct Whole<const MIN: u32, const MAX: u32>(pub(super) u32);
/// An id.
pub(super) struct Slug<T>(pub(super) T);

kinds! {
    LocalText = r#"a text, or { zh = "…", en = "…" }"#, |value, _first_start| local_text(value);
    Words = "a text that is not empty", |value, _first_start| words(value).map(|text| Self(text.to_owned()));
    Image = r#"a picture's path such as "/art/picture.svg", or an https address"#, |value, _first_start| {
        words(value).filter(|text| is_path(text) || is_https(text)).map(|text| Self(text.to_owned()))
    };
    Cover = r#"the path of a PNG or JPEG picture such as "/art/cover.png", or its https address"#, |value, _first_start| {
        let drawn_by_chats = |text: &&str| [".png", ".jpg", ".jpeg"].iter().any(|end| text.ends_with(end));
        words(value).filter(|text| is_path(text) || is_https(text)).filter(drawn_by_chats).map(|text| Self(text.to_owned()))
    };
    CodePrefix = format!("1 to {PREFIX_MAX_LENGTH} digits and capital letters without I, L, O and U"), |value, _first_start| {
        words(value).filter(|text| is_prefix(text)).map(|text| Self(text.to_owned()))
    };
    FileBeside = r#"a file beside this one, such as "codes/offer.csv""#, |value, _first_start| {
        words(value).filter(|text| !text.starts_with('/')).map(|text| Self(text.to_owned()))
    };
    Hook = r#"an address such as "https://shop.example.com/hooks""#, |value, _first_start| {
        // Without TLS only on this machine, and only if the server is told to: tests.
        let is_local = |text: &str| ["http://127.0.0.1:", "http://localhost:"].iter().any(|start| text.starts_with(start));
        words(value).filter(|text| is_https(text) || is_local(text)).map(|text| Self(text.to_owned()))
    };
    EventKinds = format!("a list of {}", EventKind::ALL.map(|kind| format!("{:?}", kind.as_str())).join(", ")), |value, _first_start| {
        let kinds = value.as_array()?.iter().map(|kind| EventKind::parse(kind.get_ref().as_str()?));
        let kinds: Vec<_> = kinds.collect::<Option<_>>()?;
        (!kinds.is_empty()).then_some(Self(kinds))
    };
    Link = r#"an address such as "https://example.com/goods/1""#, |value, _first_start| {
        words(value).filter(|text| is_https(text)).map(|text| Self(text.to_owned()))
    };
    Color = r##"a colour such as "#c2410c""##, |value, _first_start| {
        let digits = value.as_str()?.strip_prefix('#')?;
        let fits = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| Self(format!("#{digits}").to_lowercase()))
    };
    Fen = r#"an amount in yuan such as "199.00""#, |value, _first_start| value.as_str()?.parse().ok();
    UtcOffset = r#"a distance from UTC such as "+08:00""#, |value, _first_start| value.as_str()?.parse().ok();
    TimeOfDay = r#"a time of day such as "10:00:00""#, |value, _first_start| written(value)?.parse().ok();
    DurationMs = r#"a duration such as "378s", "20m", "12h" or "7d""#, |value, _first_start| duration_ms(value.as_str()?).map(Self);
    Moment = r#"a moment such as "2026-06-18T20:00:00+08:00" or "first-start+20m""#, |value, first_start| moment(&written(value)?, first_start).map(Self);
    StartsOn = r#"a date such as "2026-06-01", or "first-start-5d""#, |value, _first_start| starts_on(&written(value)?);
    Participation = r#""join", "join_and_share" or "join_and_visit""#, |value, _first_start| match value.as_str()? {
        "join" => Some(Self::Join),
        "join_and_share" => Some(Self::JoinAndShare),
        "join_and_visit" => Some(Self::JoinAndVisit),
        _ => None,
    };
    KindWord = r#""thing" or "coupon""#, |value, _first_start| match value.as_str()? {
        "thing" => Some(Self::Thing),
        "coupon" => Some(Self::Coupon),
        _ => None,
    };
    DrawAt = r#""bell" or "target""#, |value, _first_start| match value.as_str()? {
        "bell" => Some(Self::Bell),
        "target" => Some(Self::Target),
        _ => None,
    };
    PolicyProfile = r#""strict" or "open""#, |value, _first_start| match value.as_str()? {
        "strict" => Some(Self::Strict),
        "open" => Some(Self::Open),
        _ => None,
    };
    bool = "true or false", |value, _first_start| value.as_bool();
    Names = r#"names of findings, such as ["group-buying"]"#, |value, _first_start| {
        let names = value.as_array()?.iter().map(|name| words(name.get_ref()).map(str::to_owned));
        names.collect::<Option<_>>().map(Self)
    };
}

impl<const MIN: u32, const MAX: u32> FromToml for Whole<MIN, MAX> {
    fn expected() -> String {
        format!("a whole number from {MIN} to {MAX}")
    }

    fn read(value: &DeValue, _first_start: Timestamp) -> Option<Self> {
        let number = value.as_integer().filter(|number| number.radix() == 10)?;
        let number: u32 = number.as_str().parse().ok()?;
        (MIN..=MAX).contains(&number).then_some(Self(number))
    }
}

impl<T: FromStr> FromToml for Slug<T> {
    fn expected() -> String {
        format!("an id of a-z, 0-9 and -, at most {SLUG_MAX_LENGTH} long")
    }

    fn read(value: &DeValue, _first_start: Timestamp) -> Option<Self> {
        value.as_str()?.parse().ok().map(Self)
    }
}

/// The days of the campaign on which there are rounds, ascending.
impl FromToml for Vec<u32> {
    fn expected() -> String {
        "days of the campaign, counted from 1, ascending, such as [1, 2, 5]".to_owned()
    }

    fn read(value: &DeValue, first_start: Timestamp) -> Option<Self> {
        let days = value.as_array()?.iter();
        let days = days.map(|day| Whole::<1, 366>::read(day.get_ref(), first_start).map(|day| day.0));
        let days: Self = days.collect::<Option<_>>()?;
        (!days.is_empty() && days.is_sorted_by(|a, b| a < b)).then_some(days)
    }
}

fn words<'v>(value: &'v DeValue) -> Option<&'v str> {
    value.as_str().filter(|text| !text.trim().is_empty())
}

/// Dates and times may stand with or without quotes.
pub(super) fn written(value: &DeValue) -> Option<String> {
    let plain = value.as_str().map(str::to_owned);
    plain.or_else(|| value.as_datetime().map(ToString::to_string))
}

fn is_path(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_.".contains(&b);
    text.starts_with('/') && !text.starts_with("//") && text.bytes().all(plain)
}

fn is_https(text: &str) -> bool {
    let rest = text.strip_prefix("https://");
    let plain = |b: u8| b.is_ascii_graphic() && !b"\"'<>;,".contains(&b);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(plain))
}

fn local_text(value: &DeValue) -> Option<LocalText> {
    if let Some(table) = value.as_table() {
        let text = |key| table.get(key).and_then(|value| words(value.get_ref())).map(str::to_owned);
        return (table.len() == 2).then_some(()).and_then(|()| Some(LocalText { zh: text("zh")?, en: text("en")? }));
    }
    words(value).map(LocalText::same)
}
