//! Cards in a terminal, or as JSON.

use std::fmt::Write as _;

use carnival_domain::policy::Cover;
use carnival_domain::share_card::ShareCard;
use serde_json::{Value, json};

use super::{Picture, Seen, Signature};
use crate::check::Told;

/// What one chat shows.
struct Shown {
    chat: &'static str,
    how: &'static str,
    title: String,
    text: String,
    picture: Option<String>,
}

fn cards(seen: &Seen) -> Vec<Shown> {
    let link = seen.link();
    let picture = picture(&seen.picture);
    let card = ShareCard {
        title: seen.page.card_title().unwrap_or_default().to_owned(),
        text: seen.page.card_text().unwrap_or_default().to_owned(),
        image: String::new(),
    };
    let wechat = match seen.signature {
        Signature::Given => Shown {
            chat: "WeChat",
            how: "set by the page through the JS-SDK",
            title: card.title.clone(),
            text: card.text.clone(),
            picture: picture.clone(),
        },
        _ => Shown {
            chat: "WeChat",
            how: "without the JS-SDK",
            title: seen.page.title.clone().unwrap_or_else(|| link.to_string()),
            text: link.host_str().unwrap_or_default().to_owned(),
            picture: None,
        },
    };
    let cut = card.for_qq();
    let qq = Shown { chat: "QQ", how: "from the page's itemprop tags", title: cut.title, text: cut.text, picture };
    vec![wechat, qq]
}

/// The picture as a chat would draw it, or nothing.
fn picture(picture: &Picture) -> Option<String> {
    match picture {
        Picture::Fetched { url, cover: Cover::Picture { width, height }, bytes } => {
            Some(format!("{url}, {width} × {height}, {} KB", bytes.div_ceil(1024)))
        }
        _ => None,
    }
}

pub(super) fn text(seen: &Seen) -> Told {
    let mut text = format!("{}\n", seen.asked);
    for redirect in &seen.fetched.redirects {
        let _infallible = writeln!(text, "  → {redirect}");
    }
    for card in cards(seen) {
        let picture = card.picture.as_deref().unwrap_or("no picture");
        let title = if card.title.is_empty() { "(no title)" } else { &card.title };
        let line = if card.text.is_empty() { "(no text)" } else { &card.text };
        let _infallible = write!(
            text,
            "\n{}, {}\n  ┌────────────────────────────\n  │ {title}\n  │ {line}\n  │ [{picture}]\n  └────────────────────────────\n",
            card.chat, card.how
        );
    }
    let notes = seen.notes();
    for (heading, is_missing) in [("Missing or cut", true), ("Good to know", false)] {
        let mut of_kind = notes.iter().filter(|note| note.is_missing == is_missing).peekable();
        if of_kind.peek().is_some() {
            let _infallible = writeln!(text, "\n{heading}");
            for note in of_kind {
                let _infallible = writeln!(text, "  - {}", note.text);
            }
        }
    }
    if notes.is_empty() {
        text.push_str("\nNothing is missing.\n");
    }
    Told { text: text.trim_end().to_owned(), is_right: !notes.iter().any(|note| note.is_missing) }
}

pub(super) fn json(seen: &Seen) -> Told {
    let of_kind = |is_missing: bool| -> Vec<String> {
        let notes = seen.notes().into_iter().filter(|note| note.is_missing == is_missing);
        notes.map(|note| note.text).collect()
    };
    let missing = of_kind(true);
    let is_right = missing.is_empty();
    let cards: Vec<Value> = cards(seen)
        .into_iter()
        .map(|card| {
            json!({ "chat": card.chat, "how": card.how, "title": card.title, "text": card.text, "picture": card.picture })
        })
        .collect();
    let redirects: Vec<_> = seen.fetched.redirects.iter().map(ToString::to_string).collect();
    let told = json!({
        "url": seen.asked.as_str(), "redirects": redirects, "link": seen.link().as_str(),
        "link_bytes": seen.link().as_str().len(), "status": seen.fetched.status.as_u16(),
        "signature": match &seen.signature {
            Signature::Given => "given",
            Signature::NotConfigured => "not configured",
            Signature::Refused(_) => "refused",
        },
        "cards": cards, "missing": missing, "advice": of_kind(false),
    });
    Told { text: format!("{told:#}"), is_right }
}
