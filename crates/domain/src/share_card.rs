//! The card that a chat shows for a shared link: one function for the page, the server's meta tags, the JS-SDK and the
//! preview, so that a friend sees what was on the screen.
//!
//! A round has no card of its own: by the time a friend opens the link it would name one that is over.

use crate::campaign::Campaign;
use crate::local_text::LocalText;
use crate::share_token::Landing;

/// QQ ignores longer titles (`setShareInfo`, bytes of UTF-8).
pub const QQ_TITLE_BYTES: usize = 45;
/// QQ ignores longer texts.
pub const QQ_TEXT_BYTES: usize = 60;
/// QQ ignores longer links.
pub const QQ_LINK_BYTES: usize = 120;

/// Title, line and picture. No field is ever empty: WeChat refuses a card with an empty one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareCard {
    /// The title.
    pub title: String,
    /// The line under it.
    pub text: String,
    /// Path or https address of the picture.
    pub image: String,
}

/// What is shared.
#[derive(Clone, Copy, Debug)]
pub enum Shared<'c> {
    /// The campaign as a whole.
    Campaign,
    /// One of its pages.
    Page(&'c LocalText),
    /// A star.
    Star {
        /// Its name.
        name: &'c LocalText,
        /// One line about it.
        epithet: &'c LocalText,
        /// Path of its picture.
        portrait: &'c str,
        /// Its colour, which is that of its poster.
        color: &'c str,
    },
    /// An item of the goods.
    Item {
        /// Its name.
        title: &'c LocalText,
        /// Path of its picture.
        image: &'c str,
    },
}

/// What every card of a campaign is made of.
#[derive(Clone, Copy, Debug)]
pub struct CardTexts<'c> {
    /// The campaign's name.
    pub campaign_title: &'c LocalText,
    /// Title of the whole campaign's card.
    pub share_title: &'c LocalText,
    /// Line under that title.
    pub share_text: &'c LocalText,
    /// Path of the campaign's picture.
    pub cover: &'c str,
}

impl ShareCard {
    /// The card of what is shared, in English or else in Chinese.
    pub fn of(shared: Shared, texts: CardTexts, in_english: bool) -> Self {
        let say = |text: &LocalText| if in_english { text.en.clone() } else { text.zh.clone() };
        let of_campaign = |name: &LocalText| [&say(name), " · ", &say(texts.campaign_title)].concat();
        let (title, text, image) = match shared {
            Shared::Campaign => (say(texts.share_title), say(texts.share_text), texts.cover),
            Shared::Page(name) => (of_campaign(name), say(texts.share_text), texts.cover),
            Shared::Star { name, epithet, portrait, .. } => (of_campaign(name), say(epithet), portrait),
            Shared::Item { title, image } => (of_campaign(title), say(texts.share_text), image),
        };
        let text = if text.is_empty() { title.clone() } else { text };
        Self { title, text, image: if is_raster(image) { image } else { texts.cover }.to_owned() }
    }

    /// The same card within QQ's limits.
    pub fn for_qq(&self) -> Self {
        Self {
            title: shortened(&self.title, QQ_TITLE_BYTES),
            text: shortened(&self.text, QQ_TEXT_BYTES),
            image: self.image.clone(),
        }
    }
}

impl Campaign {
    /// The card of a landing page of this campaign. What is not there shares the campaign.
    pub fn share_card(&self, landing: &Landing, in_english: bool) -> ShareCard {
        let page;
        let shared = match landing {
            Landing::Rush => Shared::Campaign,
            Landing::Stars | Landing::Coupons | Landing::Goods => {
                page = page_name(landing);
                Shared::Page(&page)
            }
            Landing::Star { star_id } => self.star(star_id).map_or(Shared::Campaign, |star| Shared::Star {
                name: &star.name,
                epithet: &star.epithet,
                portrait: &star.portrait,
                color: &star.color,
            }),
            Landing::Item { item_id } => {
                let item = self.items.iter().find(|item| item.id == *item_id);
                item.map_or(Shared::Campaign, |item| Shared::Item { title: &item.title, image: &item.image })
            }
        };
        let texts = CardTexts {
            campaign_title: &self.title,
            share_title: &self.share_title,
            share_text: &self.share_text,
            cover: &self.cover,
        };
        ShareCard::of(shared, texts, in_english)
    }
}

/// What a page is called on its card.
pub fn page_name(landing: &Landing) -> LocalText {
    let (zh, en) = match landing {
        Landing::Stars | Landing::Star { .. } => ("明星榜", "Leaderboard"),
        Landing::Coupons => ("领券", "Coupons"),
        Landing::Goods | Landing::Item { .. } => ("好物", "Goods"),
        Landing::Rush => ("抢大奖", "Prize rush"),
    };
    LocalText { zh: zh.to_owned(), en: en.to_owned() }
}

/// Whether chats can show this picture on a card: they draw no SVG.
pub fn is_raster(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["png", "jpg", "jpeg"].iter().any(|raster| ending.eq_ignore_ascii_case(raster))
}

/// The beginning of a text that fits, cut between characters and marked as cut.
fn shortened(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    let mut end = bytes.saturating_sub('…'.len_utf8());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    [text[..end].trim_end(), "…"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> LocalText {
        LocalText::same(text)
    }

    fn card(shared: Shared, share_text: &str) -> ShareCard {
        let (title, share_title, share_text) = (words("Carnival"), words("Come along"), words(share_text));
        let texts = CardTexts {
            campaign_title: &title,
            share_title: &share_title,
            share_text: &share_text,
            cover: "/art/cover.png",
        };
        ShareCard::of(shared, texts, false)
    }

    #[test]
    fn a_star_has_a_card_of_its_own_but_no_vector_picture_on_it() {
        let (name, epithet) = (words("Kemi"), words("synths"));
        let vector = card(Shared::Star { name: &name, epithet: &epithet, portrait: "/art/kemi.svg", color: "" }, "x");
        assert_eq!((vector.title.as_str(), vector.text.as_str()), ("Kemi · Carnival", "synths"));
        assert_eq!(vector.image, "/art/cover.png");
        let photo =
            card(Shared::Star { name: &name, epithet: &epithet, portrait: "/art/kemi.JPG?v=2", color: "" }, "x");
        assert_eq!(photo.image, "/art/kemi.JPG?v=2");
    }

    #[test]
    fn a_card_has_no_empty_line() {
        assert_eq!(card(Shared::Campaign, "").text, "Come along");
    }

    proptest! {
        #[test]
        fn a_card_for_qq_fits_and_is_whole_characters(title in "\\PC{0,60}", text in "[一-龥a-z ]{0,60}") {
            let card = ShareCard { title: title.clone(), text, image: String::new() }.for_qq();
            prop_assert!(card.title.len() <= QQ_TITLE_BYTES && card.text.len() <= QQ_TEXT_BYTES);
            prop_assert!(card.title == title || card.title.ends_with('…'));
        }
    }
}
