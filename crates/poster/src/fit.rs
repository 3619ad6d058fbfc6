//! Making a text fit without measuring it: by how wide its characters are at most in the fonts that phones have.

/// A text in lines of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fitted {
    pub(crate) size: u32,
    pub(crate) lines: Vec<String>,
}

impl Fitted {
    /// How high all lines are together.
    pub(crate) fn height(&self) -> f64 {
        self.lines.len() as f64 * self.line_height()
    }

    pub(crate) fn line_height(&self) -> f64 {
        (f64::from(self.size) * 1.28).round()
    }
}

/// Fits a text: on one line as large as may be, else smaller, else on more lines, and at last with its end cut off.
pub(crate) fn fit(text: &str, sizes: std::ops::RangeInclusive<u32>, width: f64, lines_max: usize) -> Fitted {
    let text = text.trim();
    let (least, most) = (*sizes.start(), *sizes.end());
    // Shrinking by a third is better read than a second line; below that, lines are broken at the size in between.
    let on_one = least.max(most * 2 / 3);
    for size in (on_one..=most).rev() {
        if ems(text) * f64::from(size) <= width {
            return Fitted { size, lines: vec![text.to_owned()] };
        }
    }
    for size in (least..=on_one).rev() {
        let width = width / f64::from(size);
        let lines = broken(text, width);
        if lines.len() <= lines_max {
            return Fitted { size, lines: balanced(text, width, lines) };
        }
    }
    let mut lines = broken(text, width / f64::from(least));
    lines.truncate(lines_max);
    if let Some(last) = lines.last_mut() {
        while !last.is_empty() && ems(last) + ems("…") > width / f64::from(least) {
            last.pop();
        }
        last.push('…');
    }
    Fitted { size: least, lines }
}

/// The same number of lines, as even as can be: one word alone on the last line looks forgotten.
fn balanced(text: &str, mut width: f64, mut lines: Vec<String>) -> Vec<String> {
    loop {
        width -= 0.5;
        let narrower = broken(text, width);
        if width <= 1.0 || narrower.len() > lines.len() {
            return lines;
        }
        lines = narrower;
    }
}

/// Lines of at most so many ems: broken at spaces, or between Chinese characters; a word longer than a line anywhere.
fn broken(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && ems(&line) + ems(piece.trim_end()) > width {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        for character in piece.chars() {
            if !line.is_empty() && character != ' ' && ems(&line) + em(character) > width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            line.push(character);
        }
    }
    lines.push(line.trim_end().to_owned());
    lines.retain(|line| !line.is_empty());
    lines
}

/// What must stay together: words with the space after them, Chinese characters one by one with the punctuation that may
/// not begin a line.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let may_break = before.is_some_and(|before| {
            before == ' ' && character != ' '
                || (is_wide(before) || is_wide(character))
                    && !is_closing(character)
                    && character != ' '
                    && !is_opening(before)
        });
        if may_break {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(character);
    }
    pieces.push(&text[start..]);
    pieces
}

fn is_closing(character: char) -> bool {
    "，。、；：？！）》」』】”’…,.;:?!)".contains(character)
}

fn is_opening(character: char) -> bool {
    "（《「『【“‘(".contains(character)
}

fn is_wide(character: char) -> bool {
    character >= '\u{2e80}'
}

/// How wide a text is at most, ems.
pub(crate) fn ems(text: &str) -> f64 {
    text.chars().map(em).sum()
}

/// In hundredths, bold: the widths of DejaVu, the widest font that anybody's phone or server falls back to, rounded up.
fn em(character: char) -> f64 {
    let hundredths = match character {
        ' ' => 36,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '·' => 40,
        'f' | 'r' | 't' | '-' | '(' | ')' | '[' | ']' | '/' | '"' => 50,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 112,
        '0'..='9' => 70,
        'A'..='Z' | '&' | '#' | '+' | '=' | '<' | '>' | '~' => 88,
        'a'..='z' | '$' | '*' | '?' | '_' => 72,
        // Dashes, dots and quotation marks are as wide as a Chinese character in a Chinese font.
        '\u{2010}'..='\u{2e7f}' => 100,
        character if !is_wide(character) => 88,
        // Emoji are wider than a Chinese character.
        '\u{1f000}'.. => 140,
        _ => 100,
    };
    f64::from(hundredths) / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, width: f64) -> Vec<String> {
        broken(text, width)
    }

    #[test]
    fn words_stay_whole_and_chinese_breaks_anywhere() {
        assert_eq!(lines("one two three", 6.0), ["one two", "three"]);
        assert_eq!(lines("每一轮好礼都在路上", 4.0), ["每一轮好", "礼都在路", "上"]);
        assert_eq!(lines("第 18 场", 3.0), ["第 18", "场"]);
    }

    #[test]
    fn no_line_begins_with_a_comma() {
        assert_eq!(lines("好礼星光，都在路上", 4.0), ["好礼星", "光，都在", "路上"]);
    }

    #[test]
    fn a_word_that_fills_more_than_a_line_is_broken_anywhere() {
        assert!(lines(&"x".repeat(40), 10.0).iter().all(|line| ems(line) <= 10.0));
    }

    #[test]
    fn a_text_shrinks_first_then_breaks_then_is_cut() {
        let of = |text: &str| fit(text, 20..=40, 300.0, 2);
        assert_eq!(of("六个字的名字"), Fitted { size: 40, lines: vec!["六个字的名字".to_owned()] });
        assert_eq!(of("十个字的名字在这里啊").size, 30);
        let broken = of("一个相当长的名字，要两行才写得下呢");
        assert_eq!(broken.lines, ["一个相当长的名字，", "要两行才写得下呢"]);
        let cut = of(&"长".repeat(60));
        assert_eq!((cut.size, cut.lines.len()), (20, 2));
        assert!(cut.lines[1].ends_with('…'));
    }

    proptest! {
        #[test]
        fn whatever_it_says_it_fits(text in "[a-zA-Z 一-龥，。0-9🎉]{0,120}", width in 40.0..400.0f64) {
            let fitted = fit(&text, 12..=40, width, 3);
            prop_assert!(fitted.lines.len() <= 3 && (12..=40).contains(&fitted.size));
            for line in &fitted.lines {
                prop_assert!(ems(line) * f64::from(fitted.size) <= width + 1e-6, "{:?}", line);
            }
        }
    }
}
