//! Every visible sentence, in Chinese and English; numbers, amounts, dates and the time left.
//!
//! A table of plain texts a language and a few functions: a translation runtime would weigh more than the page.

mod en;
mod number;
mod refusal;
mod table;
mod when;
mod zh;

pub(crate) use number::{grouped, money};
pub(crate) use refusal::refusal;
pub(crate) use table::Text;
pub(crate) use when::{COUNTDOWN, COUNTDOWN_LONG, clock_of, countdown_digit, date_of, minutes_and_seconds, moment_of};

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

impl Text {
    /// The table of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &zh::TEXT,
            Language::English => &en::TEXT,
        }
    }
}

/// Puts the parts where `{0}`, `{1}` … stand: languages order them differently, and `format!` takes no text from a
/// table.
pub(crate) fn fill(template: &str, parts: &[&str]) -> String {
    let mut pieces = template.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (place, rest) = piece.split_at(piece.find('}').map_or(piece.len(), |end| end + 1));
        let place = place.bytes().next().map_or(0, |digit| usize::from(digit.wrapping_sub(b'0')));
        filled.push_str(parts.get(place).copied().unwrap_or_default());
        filled.push_str(rest);
    }
    filled
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
}
