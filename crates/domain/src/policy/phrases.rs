//! Which words touch which rule, in Chinese and English.

mod chinese;
mod english;

use super::rules::Rule;
use super::wording::{find, has, lead, rest, shown, without, words};

/// A rule, and the steps of one way to touch it: each one of its phrases, at most so many words behind the last step.
type Phrase = (&'static Rule, &'static [(usize, &'static [&'static str])]);

/// Words that hold another word by chance.
const HARMLESS: &[&str] = &[
    "分享会",
    "分享官",
    "心得",
    "觉得",
    "值得",
    "记得",
    "懂得",
    "难得",
    "然后",
    "最后",
    "今后",
    "售后",
    "领先",
    "领队",
    "领口",
];
/// What turns a sentence around when it leads to the words.
const NOT_BEFORE: &[&str] = &[
    "无需",
    "无须",
    "毋须",
    "不需",
    "不用",
    "不必",
    "不要求",
    "不以",
    "不靠",
    "禁止",
    "without",
    "no need to",
    "need not",
    "not need to",
    "dont need to",
    "not have to",
    "dont have to",
    "not required to",
    "regardless of",
];
/// The same where it stands behind the first of the words.
const NOT_BEHIND: &[&str] = &[
    "无关",
    "不影响",
    "不增加",
    "不会增加",
    "不提高",
    "不会提高",
    "不改变",
    "不会改变",
    "不会获得",
    "不能获得",
    "not affect",
    "doesnt affect",
    "not change",
    "doesnt change",
    "no effect",
    "not raise",
    "doesnt raise",
    "is not required",
];

/// The rules that a text touches, each once, with the words that do.
pub(super) fn touched(text: &str) -> Vec<(&'static Rule, String)> {
    let words = without(words(text), HARMLESS);
    let mut found: Vec<(&'static Rule, String)> = Vec::new();
    for (rule, steps) in chinese::PHRASES.iter().chain(english::PHRASES) {
        if found.iter().any(|(known, _)| known.name == rule.name) {
            continue;
        }
        let mut from = 0;
        while let Some((start, end)) = find(&words[from..], steps) {
            let (start, end) = (from + start, from + end);
            if !has(lead(&words, start), NOT_BEFORE) && !has(rest(&words, start), NOT_BEHIND) {
                found.push((rule, shown(&words[start..end])));
                break;
            }
            from = start + 1;
        }
    }
    found
}
