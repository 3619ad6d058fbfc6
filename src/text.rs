//! Every visible sentence, in Chinese and English; numbers, amounts, dates and the time left.
//!
//! A table of plain texts a language and a few functions: a translation runtime would weigh more than the page. Chinese
//! is in the module; English is fetched by those who speak it.

mod audit;
#[cfg(test)]
mod en;
mod friends;
mod goods;
mod guide;
mod number;
mod refusal;
mod table;
mod when;
mod zh;

use std::sync::OnceLock;

use carnival_domain::platforms::Provider;

use crate::browser::language;

pub(crate) use audit::AuditText;
pub(crate) use friends::FriendsText;
pub(crate) use goods::GoodsText;
pub(crate) use guide::GuideText;
pub(crate) use number::{grouped, money, plain};
pub(crate) use refusal::refusal;
pub(crate) use table::Text;
pub(crate) use when::{
    COUNTDOWN, COUNTDOWN_LONG, clock_of, countdown_digit, countdown_units, countdown_wheel, date_of,
    minutes_and_seconds, moment_of, time_left,
};

/// English, once it is here.
static ENGLISH: OnceLock<Text> = OnceLock::new();

/// What the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// Simplified Chinese, the default.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// As it stands in `<html lang>`.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// Whether it is English.
    pub(crate) fn is_english(self) -> bool {
        self == Self::English
    }
}

static CHINESE: Text = Text::CHINESE;

impl Text {
    /// The sentences of a language: Chinese in place of one that is not here.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => Self::english().unwrap_or(&CHINESE),
        }
    }

    #[cfg(not(test))]
    fn english() -> Option<&'static Self> {
        ENGLISH.get()
    }

    #[cfg(test)]
    fn english() -> Option<&'static Self> {
        ENGLISH.get_or_init(|| Text::of_words(en::TEXT.words()).expect("as many as there are")).into()
    }
}

/// What a platform is called.
pub(crate) fn platform(text: &Text, provider: Provider) -> &'static str {
    match provider {
        Provider::WeChat => text.wechat(),
        Provider::Qq => "QQ",
    }
}

/// Fetches what a language needs; says whether it is here then.
pub(crate) async fn fetch(language: Language) -> bool {
    if language == Language::Chinese || ENGLISH.get().is_some() {
        return true;
    }
    Text::of_words(language::words().await).is_some_and(|text| ENGLISH.set(text).is_ok())
}

/// Puts the parts where `{0}`, `{1}` … stand: languages order them differently, and `format!` takes no text from a
/// table.
pub(crate) fn fill(template: &str, parts: &[&str]) -> String {
    let mut filled = String::new();
    fill_with(&mut filled, template, &|place, filled| filled.push_str(parts.get(place).copied().unwrap_or_default()));
    filled
}

/// The same at the end of a text that is there; whatever stands at a place is written there.
pub(crate) fn fill_with(filled: &mut String, template: &str, write: &dyn Fn(usize, &mut String)) {
    let mut pieces = template.split('{');
    filled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (place, rest) = piece.split_at(piece.find('}').map_or(piece.len(), |end| end + 1));
        let place = place.bytes().next().map_or(0, |digit| usize::from(digit.wrapping_sub(b'0')));
        write(place, filled);
        filled.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_where_the_sentence_wants_them() {
        assert_eq!(fill("第 {0} 场，奖池 {1} 件", &["7", "12"]), "第 7 场，奖池 12 件");
        assert_eq!(fill("{1} prizes in round {0}", &["7", "12"]), "12 prizes in round 7");
        assert_eq!(fill("plain", &[]), "plain");
    }

    #[test]
    fn both_languages_leave_the_same_places_to_fill() {
        let places = |text: &str| (0..5).filter(|place| text.contains(&format!("{{{place}}}"))).collect::<Vec<_>>();
        for ((name, zh), (_, en)) in zh::TEXT.all().iter().zip(en::TEXT.all()) {
            assert!(!zh.is_empty() && !en.is_empty(), "{name} says nothing");
            assert_eq!(places(zh), places(en), "{name}");
        }
    }

    #[test]
    fn a_language_is_the_same_after_it_was_in_a_file() {
        let words = en::TEXT.words();
        let read = Text::of_words(words.clone()).expect("as many as there are");
        assert_eq!((read.month(0), read.month(11)), (Some("January"), Some("December")));
        assert_eq!((read.date(), read.refused_network()), (en::TEXT.date, en::TEXT.refused_network));
        for other in [&words[1..], &[words.as_slice(), &["more"]].concat(), &[]] {
            assert!(Text::of_words(other.to_vec()).is_none(), "a file of another build is not taken");
        }
    }
}
