//! What must hold of any poster, whatever stands on it.

use proptest::prelude::*;

use super::*;
use crate::code::QUIET_MODULES;
use crate::fit::ems;
use crate::poster::Entry;
use crate::step::{Paint, Shape};

const LINK: &str = "https://618.example.com/s/AAb0d5Y0xXcVvM2hJm6h8w5uXKkqTQ";

pub(crate) fn poster(in_english: bool) -> Poster {
    let say = |zh: &str, en: &str| if in_english { en.to_owned() } else { zh.to_owned() };
    let zone = carnival_domain::time::UtcOffset(480);
    Poster {
        subject: Subject::Star { color: "#8a2bbd".to_owned() },
        brand: say("618 星光嘉年华", "618 Starlight Carnival"),
        title: say("可米 Kemi", "Kemi"),
        line: say("用电子音写日记的女孩", "She keeps her diary in synths"),
        picture: "/art/stars/kemi.svg".to_owned(),
        organiser: say("星光商店（演示）", "Starlight Store (demo)"),
        starts_at: "2026-05-31T16:00:00Z".parse().expect("an instant"),
        ends_at: "2026-06-18T16:00:00Z".parse().expect("an instant"),
        utc_offset: zone,
        round_length_ms: 378_000,
        entry: None,
        link: LINK.to_owned(),
        in_english,
    }
}

fn entry() -> Option<Entry> {
    Some(Entry { round: 1107, code: "7Q3K9WZ2M4N8P6R5T1V0X2Y4ZA".to_owned() })
}

fn lines(steps: &[Step]) -> Vec<&Line> {
    let lines = steps.iter().filter_map(|step| if let Step::Write(line) = step { Some(line) } else { None });
    lines.collect()
}

/// What a line may cover: from the top of its characters to below their descenders.
fn extent(line: &Line) -> Area {
    let size = f64::from(line.size);
    let width = (ems(&line.text) * size).min(line.width);
    let x = if line.anchor == Anchor::Middle { line.x - width / 2.0 } else { line.x };
    Area { x, y: line.y - 0.88 * size, width, height: 1.12 * size }
}

fn overlap(one: Area, other: Area) -> bool {
    one.x < other.right() && other.x < one.right() && one.y < other.bottom() && other.y < one.bottom()
}

fn inside(area: Area) -> bool {
    area.x >= 0.0 && area.y >= 0.0 && area.right() <= WIDTH && area.bottom() <= HEIGHT
}

/// The dark cells, and the white field that was filled right before them.
fn code(steps: &[Step]) -> (Area, &[Area]) {
    let pairs = steps.windows(2).filter_map(|pair| match pair {
        [Step::Fill(Shape::Box(field, _), Paint::Plain(white)), Step::Fill(Shape::Cells(cells), _)] => {
            assert_eq!(white, "#fff");
            Some((*field, cells.as_slice()))
        }
        _ => None,
    });
    let all: Vec<_> = pairs.collect();
    assert_eq!(all.len(), 1, "one code");
    all[0]
}

fn holds(poster: &Poster) {
    let steps = steps(poster).expect("a link of this length");
    let lines = lines(&steps);
    for line in &lines {
        assert!(inside(extent(line)), "{line:?}");
        assert!(ems(&line.text) * f64::from(line.size) <= line.width + 1e-6, "{line:?}");
    }
    let (field, cells) = code(&steps);
    // The title's shadow is the one thing that lies under its like; the picture covers its stand-in.
    let distinct = |one: &Line, other: &Line| one.text != other.text && one.ink != "#ffcf5c" && other.ink != "#ffcf5c";
    for (at, one) in lines.iter().enumerate() {
        assert!(!overlap(extent(one), field), "{one:?} lies on the code");
        for other in &lines[at + 1..] {
            assert!(!distinct(one, other) || !overlap(extent(one), extent(other)), "{one:?} and {other:?}");
        }
    }
    let pictures =
        steps.iter().filter_map(|step| if let Step::Picture { area, .. } = step { Some(*area) } else { None });
    for picture in pictures {
        assert!(inside(picture) && picture.height > 110.0, "{picture:?}");
        assert!(!overlap(picture, field));
        let on_it = lines.iter().filter(|line| line.ink != "#ffcf5c" && overlap(extent(line), picture));
        assert_eq!(on_it.count(), 0, "words on the picture of {:?}", poster.title);
    }
    // Cells are one module high, on whole pixels, and four modules of white are around them.
    let module = cells[0].height;
    assert!(module * f64::from(SCALE) >= 6.0, "three pixels a module at half the size");
    assert!((module * f64::from(SCALE)).fract() == 0.0);
    let quiet = field.grown(-module * QUIET_MODULES as f64);
    for cell in cells {
        assert!((cell.x * f64::from(SCALE)).fract() == 0.0 && (cell.y * f64::from(SCALE)).fract() == 0.0);
        assert!(
            cell.x >= quiet.x && cell.y >= quiet.y && cell.right() <= quiet.right() && cell.bottom() <= quiet.bottom()
        );
    }
}

#[test]
fn everything_is_on_the_poster_and_nothing_lies_over_words_or_code() {
    for in_english in [false, true] {
        let star = poster(in_english);
        for subject in [star.subject.clone(), Subject::Campaign, Subject::Item] {
            for entry in [None, entry()] {
                holds(&Poster { subject: subject.clone(), entry, ..star.clone() });
            }
        }
    }
}

#[test]
fn an_entry_is_shown_by_round_and_receipt_alone() {
    let said = |entry| {
        let steps = steps(&Poster { entry, ..poster(false) }).expect("a short link");
        lines(&steps).iter().map(|line| line.text.clone()).collect::<Vec<_>>()
    };
    let (with, without) = (said(entry()), said(None));
    let own: Vec<_> = with.iter().filter(|text| !without.contains(text)).collect();
    assert_eq!(own, ["我在第 1107 场", "抽奖凭据 7Q3K9WZ2M4N8P6R5T1V0X2Y4ZA"]);
}

#[test]
fn a_link_that_makes_no_legible_code_makes_no_poster() {
    let of = |length: usize| steps(&Poster { link: "x".repeat(length), ..poster(false) });
    assert!(of(192).is_ok());
    assert_eq!(of(193), Err(TooLong));
    assert_eq!(of(0), Err(TooLong));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_the_operator_writes_the_poster_holds_it(
        brand in "[一-龥A-Za-z ]{1,40}", title in "[一-龥A-Za-z0-9 ]{1,60}", line in "[一-龥a-z，。 ]{0,90}",
        organiser in "[一-龥A-Za-z（）]{1,50}", link in "https://[a-z]{1,40}\\.example/s/[A-Za-z0-9_-]{24,56}",
        with_entry: bool, in_english: bool, kind in 0..3usize,
    ) {
        let subject = [Subject::Campaign, Subject::Item, Subject::Star { color: "#c2410c".to_owned() }][kind].clone();
        let entry = entry().filter(|_| with_entry);
        holds(&Poster { subject, brand, title, line, organiser, link, entry, in_english, ..poster(in_english) });
    }
}

#[test]
fn the_table_of_a_circle_is_one() {
    for step in 0..48 {
        let (x, y) = around(step);
        let angle = step as f64 * std::f64::consts::TAU / 48.0;
        assert!((x - angle.cos()).abs() < 1e-4 && (y - angle.sin()).abs() < 1e-4, "{step}");
    }
}
