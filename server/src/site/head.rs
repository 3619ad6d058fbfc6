//! What a chat or a search engine sees of a page: title, line and picture of the share card.

use carnival_domain::campaign::Campaign;
use carnival_domain::local_text::LocalText;
use carnival_domain::share_token::Landing;

use super::escape::html;

/// One page's card.
#[derive(Debug, PartialEq, Eq)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// The line under it.
    pub text: String,
}

impl Card {
    /// The card of a page, in English or else in Chinese.
    pub fn of(landing: &Landing, campaign: &Campaign, in_english: bool) -> Self {
        let say = |text: &LocalText| {
            if in_english { text.en.clone() } else { text.zh.clone() }
        };
        let whole = Self { title: say(&campaign.share_title), text: say(&campaign.share_text) };
        let found = match landing {
            Landing::Star { star_id } => campaign.star(star_id).map(|star| (&star.name, say(&star.epithet))),
            Landing::Item { item_id } => {
                let item = campaign.items.iter().find(|item| item.id == *item_id);
                item.map(|item| (&item.title, whole.text.clone()))
            }
            _ => None,
        };
        found.map_or(whole, |(name, text)| Self { title: format!("{} · {}", say(name), say(&campaign.title)), text })
    }

    /// The tags that stand in the head. `base` is the address before every path: cards need whole addresses.
    pub fn tags(&self, base: &str, path: &str, cover: &str) -> String {
        let (title, text) = (html(&self.title), html(&self.text));
        let picture = html(&if cover.starts_with('/') { format!("{base}{cover}") } else { cover.to_owned() });
        let url = html(&format!("{base}{path}"));
        // `itemprop` is what QQ reads, `og:` nearly everybody else.
        format!(
            "<meta name=\"description\" content=\"{text}\">\
             <meta itemprop=\"name\" content=\"{title}\"><meta itemprop=\"description\" content=\"{text}\">\
             <meta itemprop=\"image\" content=\"{picture}\">\
             <meta property=\"og:type\" content=\"website\"><meta property=\"og:title\" content=\"{title}\">\
             <meta property=\"og:description\" content=\"{text}\"><meta property=\"og:image\" content=\"{picture}\">\
             <meta property=\"og:url\" content=\"{url}\">"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnival_contract::scenarios::campaign::{campaign, slug};

    #[test]
    fn a_star_has_a_card_of_its_own() {
        let card = Card::of(&Landing::Star { star_id: slug("ben") }, &campaign(), false);
        assert_eq!(card.title, "ben · Scenarios");
        assert_eq!(Card::of(&Landing::Rush, &campaign(), false).text, "Every back end alike");
    }

    #[test]
    fn no_text_of_the_operator_breaks_the_page() {
        let card = Card { title: "\"><script>".to_owned(), text: "a & b".to_owned() };
        let tags = card.tags("https://a.example", "/", "/art/cover.png");
        assert!(!tags.contains("<script"));
        assert!(tags.contains("content=\"https://a.example/art/cover.png\""));
    }
}
