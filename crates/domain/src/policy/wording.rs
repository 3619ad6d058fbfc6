//! Finding words whatever stands between their characters: 分 享 后, 分·享·后 and ｓｈａｒｅ are what they are.

/// A separator inside a sentence.
const PAUSE: &str = ",";
/// The end of a sentence.
const STOP: &str = ".";

/// A text as words: one Chinese character each, or one run of letters and digits.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut run = String::new();
    let mut chars = text.chars().map(folded).peekable();
    while let Some(char) = chars.next() {
        let is_letter = char.is_ascii_alphanumeric() || (char.is_alphabetic() && !is_ideograph(char));
        if is_letter {
            run.extend(char.to_lowercase());
            continue;
        }
        // don't is one word.
        if matches!(char, '\'' | '’') && !run.is_empty() {
            continue;
        }
        if !run.is_empty() {
            words.push(std::mem::take(&mut run));
        }
        match char {
            _ if is_ideograph(char) => words.push(char.to_string()),
            '。' | '!' | '?' | ';' | '\n' => words.push(STOP.to_owned()),
            '.' if chars.peek().is_none_or(|next| next.is_whitespace()) => words.push(STOP.to_owned()),
            ',' | '、' | ':' | '—' => words.push(PAUSE.to_owned()),
            _ => {}
        }
    }
    if !run.is_empty() {
        words.push(run);
    }
    words
}

/// Full-width letters and signs as the plain ones.
fn folded(char: char) -> char {
    match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        _ => char,
    }
}

fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_break(word: &str) -> bool {
    word == PAUSE || word == STOP
}

/// Where one phrase ends if it begins exactly here. Signs between its words are passed over; `#` is any number.
fn phrase_at(words: &[String], from: usize, phrase: &[String]) -> Option<usize> {
    let mut at = from;
    for (index, wanted) in phrase.iter().enumerate() {
        while index > 0 && words.get(at).is_some_and(|word| is_break(word)) {
            at += 1;
        }
        let found = words.get(at)?;
        let is_number = wanted == "#"
            && (found.bytes().all(|b| b.is_ascii_digit()) || "一二两三四五六七八九十百几".contains(found.as_str()));
        if !is_number && found != wanted {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Reads a phrase of the tables, in which `#` stands for a number.
fn parsed(phrase: &str) -> Vec<String> {
    if phrase == "#" { vec!["#".to_owned()] } else { words(phrase) }
}

/// Where one of the phrases of each step is found, each step at most so many words behind the one before it.
pub(super) fn find(words: &[String], steps: &[(usize, &[&str])]) -> Option<(usize, usize)> {
    (0..words.len()).find_map(|from| match_from(words, from, steps, true).map(|end| (from, end)))
}

fn match_from(words: &[String], from: usize, steps: &[(usize, &[&str])], is_first: bool) -> Option<usize> {
    let Some(((gap, phrases), rest)) = steps.split_first() else {
        return Some(from);
    };
    let reach = if is_first { 0 } else { *gap };
    for at in from..=from + reach {
        for phrase in *phrases {
            if let Some(end) = phrase_at(words, at, &parsed(phrase))
                && let Some(end) = match_from(words, end, rest, false)
            {
                return Some(end);
            }
        }
        // A gap does not lead into the next sentence.
        if words.get(at).is_none_or(|word| word == STOP) {
            return None;
        }
    }
    None
}

/// Whether one of the phrases is anywhere among the words.
pub(super) fn has(words: &[String], phrases: &[&str]) -> bool {
    find(words, &[(0, phrases)]).is_some()
}

/// The words from the last separator before a place up to it.
pub(super) fn lead(words: &[String], at: usize) -> &[String] {
    let before = &words[..at];
    let start = before.iter().rposition(|word| is_break(word)).map_or(0, |found| found + 1);
    &before[start..]
}

/// The words of the sentence from a place on.
pub(super) fn rest(words: &[String], at: usize) -> &[String] {
    let behind = &words[at..];
    &behind[..behind.iter().position(|word| word == STOP).unwrap_or(behind.len())]
}

/// Takes harmless words out, so that nothing is read into them.
pub(super) fn without(mut words: Vec<String>, harmless: &[&str]) -> Vec<String> {
    for phrase in harmless {
        let phrase = parsed(phrase);
        for at in 0..words.len() {
            if let Some(end) = phrase_at(&words, at, &phrase) {
                words[at..end].fill("·".to_owned());
            }
        }
    }
    words
}

/// What was found, to be shown.
pub(super) fn shown(words: &[String]) -> String {
    let mut text = String::new();
    for word in words.iter().filter(|word| !is_break(word)) {
        let latin = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
        if latin(text.chars().last()) && latin(word.chars().next()) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text.replace('·', "…")
}
