//! The card as the page gives it.

use wasm_bindgen::JsValue;

use crate::js;

/// What a chat is to show, and the link for each way it may go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Card {
    pub(crate) title: String,
    pub(crate) text: String,
    /// A whole address.
    pub(crate) image: String,
    pub(crate) friend: String,
    pub(crate) moments: String,
    pub(crate) qq: String,
    pub(crate) qzone: String,
    /// The page's own address, without a fragment.
    pub(crate) url: String,
}

impl Card {
    pub(crate) fn read(value: &JsValue) -> Self {
        let links = js::get(value, "links");
        let url = js::text(value, "url");
        // Never an empty link: a card with one is refused as a whole.
        let link = |name: &str| {
            let link = js::text(&links, name);
            if link.is_empty() { url.clone() } else { link }
        };
        let title = js::text(value, "title");
        let text = js::text(value, "text");
        Self {
            text: if text.is_empty() { title.clone() } else { text },
            title,
            image: js::text(value, "image"),
            friend: link("friend"),
            moments: link("moments"),
            qq: link("qq"),
            qzone: link("qzone"),
            url,
        }
    }
}
