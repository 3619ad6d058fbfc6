//! What only real fonts can tell.

use std::path::Path;

use carnival_domain::share_token::Landing;
use carnival_poster::{BYTES_MAX, Entry, HEIGHT, Line, Poster, SCALE, Step, WIDTH, steps};
use resvg::usvg::{Group, Node, Rect};

use super::fonts::Fonts;
use super::paint;
use crate::platform::settings::PlatformSettings;
use crate::site::Site;

fn fonts() -> Fonts {
    Fonts::find(None).expect("a font with Chinese characters, such as that of the package fonts-noto-cjk")
}

fn site() -> Site {
    let campaign = carnival_contract::scenarios::campaign::campaign();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site");
    let now = carnival_contract::scenarios::campaign::noon();
    Site::load(Some(&directory), None, &campaign, &PlatformSettings::default(), now).expect("a page")
}

fn posters() -> Vec<Poster> {
    let campaign = carnival_contract::scenarios::campaign::campaign();
    let landings = [Landing::Rush, Landing::Stars, Landing::Star { star_id: campaign.stars[0].id.clone() }];
    let link = "https://618.example.com/s/AAb0d5Y0xXcVvM2hJm6h8w5uXKkqTQ";
    let entry = Some(Entry { round: 228, code: "7Q3K9WZ2M4N8P6R5T1V0X2Y4ZA".to_owned() });
    let mut posters = Vec::new();
    for landing in landings {
        for in_english in [false, true] {
            let plain = Poster::of(&campaign, &landing, link.to_owned(), in_english);
            posters.push(Poster { entry: entry.clone(), picture: "/art/cover.svg".to_owned(), ..plain.clone() });
            posters.push(Poster {
                title: "一个写得很长很长的名字 with Words in it".to_owned(),
                line: "MWMW Wide words 和中文混排在一起的一行说明文字，还没有完".to_owned(),
                ..plain
            });
        }
    }
    posters
}

fn boxes_of_text(group: &Group, boxes: &mut Vec<Rect>) {
    for node in group.children() {
        match node {
            Node::Group(group) => boxes_of_text(group, boxes),
            Node::Text(text) => boxes.push(text.abs_bounding_box()),
            _ => {}
        }
    }
}

#[test]
fn no_line_is_wider_than_it_may_be() {
    let (fonts, site) = (fonts(), site());
    for poster in posters() {
        let steps = steps(&poster).expect("a short link");
        let lines: Vec<&Line> =
            steps.iter().filter_map(|step| if let Step::Write(line) = step { Some(line) } else { None }).collect();
        let mut boxes = Vec::new();
        boxes_of_text(paint::tree(&steps, &fonts, &site).expect("a drawing").root(), &mut boxes);
        assert_eq!(lines.len(), boxes.len());
        let scale = f64::from(SCALE);
        for (line, found) in lines.iter().zip(boxes) {
            assert!(f64::from(found.width()) / scale <= line.width, "{line:?} is {} wide", found.width());
            assert!(found.x() >= 0.0 && f64::from(found.right()) <= WIDTH * scale, "{line:?}");
            assert!(f64::from(found.bottom()) <= HEIGHT * scale, "{line:?}");
        }
    }
}

#[test]
fn a_poster_with_a_picture_is_small_enough_to_hold() {
    let jpeg = paint::jpeg(&posters()[0], &fonts(), &site()).expect("a poster");
    assert!(jpeg.len() <= BYTES_MAX && jpeg.starts_with(&[0xff, 0xd8]), "{} bytes", jpeg.len());
}

#[test]
fn a_picture_that_cannot_be_had_is_left_out() {
    let picture = |picture: &str| Poster { picture: picture.to_owned(), ..posters().remove(0) };
    for address in ["/art/none.svg", "https://elsewhere.example/a.png", "/etc/passwd", ""] {
        assert!(paint::jpeg(&picture(address), &fonts(), &site()).is_ok(), "{address}");
    }
}

#[test]
fn what_an_operator_writes_is_text_and_not_markup() {
    let brand = "<image href=\"/etc/passwd\"/> & \u{1} 'x'".to_owned();
    assert!(paint::jpeg(&Poster { brand, ..posters().remove(0) }, &fonts(), &site()).is_ok());
}
