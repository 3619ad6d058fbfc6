//! What a page says of itself.

use scraper::{Html, Selector};

/// The parts of a page that cards are made of; empty ones count as left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) item_name: Option<String>,
    pub(super) item_description: Option<String>,
    pub(super) item_image: Option<String>,
    pub(super) og_title: Option<String>,
    pub(super) og_description: Option<String>,
    pub(super) og_image: Option<String>,
    /// Whether a filing number stands in it.
    pub(super) has_filing: bool,
}

impl Page {
    pub(super) fn read(source: &str) -> Self {
        let html = Html::parse_document(source);
        let meta = |key: &str, name: &str| {
            let selector = Selector::parse(&format!("meta[{key}=\"{name}\"]")).ok()?;
            let contents = html.select(&selector).filter_map(|tag| tag.attr("content"));
            contents.map(str::trim).find(|content| !content.is_empty()).map(str::to_owned)
        };
        let title = Selector::parse("head > title").ok().and_then(|title| html.select(&title).next());
        let title = title.map(|title| title.text().collect::<String>().trim().to_owned());
        Self {
            title: title.filter(|title| !title.is_empty()),
            description: meta("name", "description"),
            item_name: meta("itemprop", "name"),
            item_description: meta("itemprop", "description"),
            item_image: meta("itemprop", "image"),
            og_title: meta("property", "og:title"),
            og_description: meta("property", "og:description"),
            og_image: meta("property", "og:image"),
            has_filing: source.contains("ICP备") || source.contains("ICP证"),
        }
    }

    /// The card's title.
    pub(super) fn card_title(&self) -> Option<&str> {
        [&self.item_name, &self.og_title, &self.title].into_iter().flatten().next().map(String::as_str)
    }

    /// The card's line.
    pub(super) fn card_text(&self) -> Option<&str> {
        let found = [&self.item_description, &self.og_description, &self.description];
        found.into_iter().flatten().next().map(String::as_str)
    }

    /// The card's picture.
    pub(super) fn image(&self) -> Option<&str> {
        self.item_image.as_deref().or(self.og_image.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_left_out_and_entities_are_read() {
        let page = Page::read(
            "<!doctype html><html><head><title> A &amp; B </title><meta itemprop=name content=\"\">\
             <meta property=og:title content='星光 \"618\"'><meta content=x.png itemprop=image></head>\
             <body><svg><title>no</title></svg>京ICP备12345678号</body></html>",
        );
        assert_eq!(page.title.as_deref(), Some("A & B"));
        assert_eq!(page.card_title(), Some("星光 \"618\""));
        assert_eq!((page.card_text(), page.image()), (None, Some("x.png")));
        assert!(page.has_filing);
        assert_eq!(Page::read("not html at all"), Page::default());
    }
}
