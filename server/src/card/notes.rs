//! What is missing from a card, or cut.

use carnival_domain::policy::Cover;
use carnival_domain::share_card::{QQ_LINK_BYTES, QQ_TEXT_BYTES, QQ_TITLE_BYTES};
use reqwest::Url;

use super::{Picture, Seen, Signature};

/// The least width and height of a picture.
const LEAST_PIXELS: usize = 300;

/// One thing to know.
pub(super) struct Note {
    /// Whether a card lacks something by it; else it is advice.
    pub(super) is_missing: bool,
    pub(super) text: String,
}

impl Seen {
    /// The address that is shared: without what no server sees.
    pub(super) fn link(&self) -> Url {
        let mut link = self.fetched.url.clone();
        link.set_fragment(None);
        link
    }

    /// Everything to know, what is missing first.
    pub(super) fn notes(&self) -> Vec<Note> {
        let mut notes = Notes(Vec::new());
        if !self.fetched.status.is_success() {
            notes.missing(format!("the answer is {}: a friend sees an error", self.fetched.status));
        }
        if self.fetched.url.host() != self.asked.host() {
            notes.missing("the page leads on to another host: chats take the card of that one".to_owned());
        }
        if self.page.title.is_none() {
            notes.missing("the page has no title: without the JS-SDK, WeChat shows the bare address".to_owned());
        }
        for (name, value) in [("name", &self.page.item_name), ("description", &self.page.item_description)] {
            if value.is_none() {
                notes.missing(format!("no itemprop={name}: QQ makes its own"));
            }
        }
        self.picture(&mut notes);
        self.lengths(&mut notes);
        if self.fetched.url.scheme() != "https" {
            notes.advice("the page is not https: chats warn of it, and nobody can sign in".to_owned());
        }
        match &self.signature {
            Signature::Given => {}
            Signature::NotConfigured => {
                notes.advice("no signature for the JS-SDK: WeChat shows title and address, and no picture".to_owned());
            }
            Signature::Refused(why) => {
                notes.missing(format!("the signature for the JS-SDK is refused ({why}): WeChat shows no card"));
            }
        }
        if !self.page.has_filing {
            notes.advice("no ICP filing number on the page: WeChat caps un-filed domains in Moments".to_owned());
        }
        notes.0.sort_by_key(|note| !note.is_missing);
        notes.0
    }

    fn picture(&self, notes: &mut Notes) {
        match &self.picture {
            Picture::NotNamed => notes.missing("no itemprop=image: cards have no picture".to_owned()),
            Picture::Unreachable { url, why } => notes.missing(format!("the picture {url} can't be fetched: {why}")),
            Picture::Fetched { url, cover, .. } => {
                match cover {
                    Cover::Picture { width, height } if (*width).min(*height) < LEAST_PIXELS => {
                        let least = format!("at least {LEAST_PIXELS} × {LEAST_PIXELS}");
                        notes.missing(format!("the picture has {width} × {height} pixels; chats want {least}"));
                    }
                    Cover::Picture { .. } => {}
                    _ => notes.missing("the picture is neither PNG nor JPEG: chats draw nothing else".to_owned()),
                }
                if self.page.image().is_some_and(|named| Url::parse(named).is_err()) {
                    notes.missing(
                        "the picture's address is not absolute: chats don't know what it belongs to".to_owned(),
                    );
                } else if url.scheme() != "https" {
                    notes.advice("the picture is not https: some chats leave it out".to_owned());
                }
            }
        }
    }

    fn lengths(&self, notes: &mut Notes) {
        let parts = [("title", self.page.card_title(), QQ_TITLE_BYTES), ("text", self.page.card_text(), QQ_TEXT_BYTES)];
        for (name, value, most) in parts {
            let length = value.map_or(0, str::len);
            if length > most {
                notes.advice(format!("the {name} has {length} bytes; QQ is given the first {most}"));
            }
        }
        let link = self.link().as_str().len();
        if link > QQ_LINK_BYTES {
            notes.missing(format!("the link has {link} bytes; QQ ignores those over {QQ_LINK_BYTES}"));
        }
    }
}

struct Notes(Vec<Note>);

impl Notes {
    fn missing(&mut self, text: String) {
        self.0.push(Note { is_missing: true, text });
    }

    fn advice(&mut self, text: String) {
        self.0.push(Note { is_missing: false, text });
    }
}
