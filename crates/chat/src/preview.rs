//! The card as WeChat and QQ would show it, and what is missing.

use carnival_domain::share_card::{QQ_LINK_BYTES, ShareCard, is_raster};
use web_sys::HtmlElement;

use crate::card::Card;
use crate::panel::{add, block};

/// Draws both previews and the list of what is wrong with the card.
pub(crate) fn draw(into: &HtmlElement, card: &Card, in_english: bool) {
    let say = |zh: &'static str, en: &'static str| if in_english { en } else { zh };
    let for_qq = ShareCard { title: card.title.clone(), text: card.text.clone(), image: card.image.clone() }.for_qq();
    tile(into, say("微信会显示", "WeChat would show"), &card.title, &card.text, &card.image);
    tile(into, say("QQ 会显示", "QQ would show"), &for_qq.title, &for_qq.text, &card.image);
    let mut missing = Vec::new();
    if for_qq.title != card.title {
        missing.push(say("标题超过 QQ 的 45 字节，会被截短", "The title is over QQ's 45 bytes and is cut"));
    }
    if for_qq.text != card.text {
        missing.push(say("描述超过 QQ 的 60 字节，会被截短", "The text is over QQ's 60 bytes and is cut"));
    }
    if [&card.qq, &card.qzone].iter().any(|link| link.len() > QQ_LINK_BYTES) {
        missing.push(say("链接超过 QQ 的 120 字节，会被忽略", "The link is over QQ's 120 bytes and is ignored"));
    }
    if !is_raster(&card.image) {
        missing.push(say("图片不是 PNG 或 JPEG：聊天里不显示", "The picture is no PNG or JPEG: chats draw none"));
    }
    if !card.image.starts_with("https://") {
        missing.push(say("图片地址不是 https", "The picture's address is not https"));
    }
    if missing.is_empty() {
        missing.push(say("卡片完整", "The card is complete"));
    }
    for line in missing {
        add(into, "li", "margin:0 0 4px 18px", line);
    }
}

fn tile(into: &HtmlElement, caption: &str, title: &str, text: &str, image: &str) {
    add(into, "p", "margin:12px 0 4px;color:#8a5a44", caption);
    let tile = block(into, "overflow:hidden;max-width:280px;padding:10px;background:#fff;border-radius:8px;color:#222");
    add(&tile, "div", "font-size:16px;line-height:1.35;margin-bottom:6px", title);
    let picture = add(&tile, "img", "float:right;width:48px;height:48px;object-fit:cover;margin-left:8px", "");
    let _set = picture.set_attribute("src", image);
    let _set = picture.set_attribute("alt", "");
    add(&tile, "div", "font-size:12px;line-height:1.4;color:#888", text);
}
