//! The page's side module: it paints a poster on a canvas and shows it as a real picture with a data URL, which is what
//! chat apps can hold and save.
//!
//! It speaks to the page in plain JavaScript values. `draw(poster)` fills the elements `poster-frame` and `poster-foot`,
//! which the page has put up. A poster has `kind` (`star`, `item` or nothing), `title` (none for the rounds), `line`,
//! `picture`, `color`, `brand`, `organiser`, `starts_at`, `ends_at` and `round_length_ms` in ms, `utc_offset` in minutes,
//! `round` and `entry` if there is one, `link`, `language`, and two truths: `has_server`, for then a poster that can't be
//! drawn here comes from there, and `has_downloads`, where a picture need not be held to be kept.

mod brush;
mod canvas;
mod frame;
mod picture;
mod words;

use carnival_domain::time::{Timestamp, UtcOffset};
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{Entry, Poster, Subject, steps};
use frame::Frame;

/// See the module.
#[wasm_bindgen]
pub fn draw(settings: JsValue) {
    // Whoever has closed it meanwhile has nothing to fill.
    let Some(frame) = Frame::find() else { return };
    let poster = read(&settings);
    let truth = |name| get(&settings, name).is_truthy();
    let (has_server, has_downloads) = (truth("has_server"), truth("has_downloads"));
    spawn_local(async move {
        let drawn = drawn(&poster, has_server).await;
        let spare = has_server.then(|| servers(&poster));
        frame.show(&poster, drawn, spare, has_downloads);
    });
}

/// The picture's data URL; none where this engine can't make one.
async fn drawn(poster: &Poster, has_server: bool) -> Option<String> {
    let steps = steps(poster).ok()?;
    let picture = picture::load(&poster.picture).await;
    let drawn = canvas::data_url(&steps, picture.as_ref());
    // Without a server, better without the picture than not at all.
    if drawn.is_none() && !has_server { canvas::data_url(&steps, None) } else { drawn }
}

/// Where the server's own poster of the same link is (`carnival_contract::paths::poster`).
fn servers(poster: &Poster) -> String {
    let token = poster.link.rsplit('/').next().unwrap_or_default();
    ["/api/v1/posters/", token, if poster.in_english { ".jpg?lang=en" } else { ".jpg" }].concat()
}

fn read(settings: &JsValue) -> Poster {
    let text = |name| get(settings, name).as_string().unwrap_or_default();
    let number = |name| get(settings, name).as_f64().unwrap_or_default();
    // What is more than 32 bits comes as text.
    let ms = |name| text(name).parse().unwrap_or_default();
    let code = text("entry");
    Poster {
        subject: match text("kind").as_str() {
            "star" => Subject::Star { color: text("color") },
            "item" => Subject::Item,
            _ => Subject::Campaign,
        },
        brand: text("brand"),
        title: text("title"),
        line: text("line"),
        picture: text("picture"),
        organiser: text("organiser"),
        starts_at: Timestamp::from_ms(ms("starts_at")),
        ends_at: Timestamp::from_ms(ms("ends_at")),
        utc_offset: UtcOffset(number("utc_offset") as i32),
        round_length_ms: ms("round_length_ms"),
        entry: (!code.is_empty()).then(|| Entry { round: number("round") as u32, code }),
        link: text("link"),
        in_english: text("language").starts_with("en"),
    }
}

/// A member, or `undefined`.
fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
