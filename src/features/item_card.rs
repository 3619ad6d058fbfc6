//! A thing to buy elsewhere.

use carnival_domain::campaign::Item;
use carnival_domain::goods::Reason;
use carnival_domain::ids::ItemId;

use crate::state::State;
use crate::text::money;
use crate::ui::{El, el, icon, svg};

/// A heart in a square of 24. It is in no sprite: only these cards have it.
const HEART: &str = "M12 20S4 15 4 9.5A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.5C20 15 12 20 12 20z";

/// An item, with the reason why it stands here.
pub(crate) fn item_card(state: State, item: &Item, reason: Reason) -> El {
    let (text, words) = (state.text(), state.goods_text());
    let (said, tone) = match reason {
        Reason::StarOfTheDay => (words.reason_day, "done"),
        Reason::VotedStar => (words.reason_voted, "red"),
        Reason::FriendsPick => (words.reason_friend, "red"),
        Reason::Popular => (words.reason_popular, "plain"),
        Reason::ShopsOrder => (words.reason_shop, "off"),
    };
    let price = money(item.price_fen);
    let price = el("p", "item-card__price").child(el("small", "").text("¥")).text(price.trim_start_matches('¥'));
    let image = el("img", "").attr("loading", "lazy").attr("src", &item.image).attr("alt", "");
    let link = el("a", "button button--wide button--quiet")
        .attr("href", &item.url)
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(text.buy());
    let shared = item.clone();
    let share = el("button", "icon-button item-card__share")
        .attr("type", "button")
        .attr("aria-label", text.share())
        .on_click(move || state.share_item(shared.clone()))
        .child(icon("share"));
    let (opened, words) = (item.clone(), text.buy());
    let tag = move || if state.referral.has_open_tags() { open_tag(&opened, words) } else { None };
    let buy = el("div", "item-card__buy").child(link).child_with(tag);
    let body = el("div", "item-card__body")
        .child(el("span", "chip item-card__reason").attr("data-tone", tone).text(said))
        .child(el("h3", "item-card__title").text(&state.local(&item.title)))
        .child(price.child(item.was_fen.map(|was| el("s", "").text(&money(was)))))
        .child(buy);
    let word = item.tag.as_ref().map(|tag| el("span", "chip item-card__word").text(&state.local(tag)));
    let art = el("div", "item-card__art").child(image).child(word).child(share).child(heart(state, item.id.clone()));
    el("li", "card item-card").testid("item").child(art).child(body)
}

/// Picks the item, or takes that back.
fn heart(state: State, item: ItemId) -> El {
    let drawing = svg("svg", "icon").attr("viewBox", "0 0 24 24").attr("aria-hidden", "true");
    let drawing = drawing.child(svg("path", "").attr("d", HEART));
    let asked = item.clone();
    let is_picked = move || Some(if state.is_picked(&asked) { "true" } else { "false" });
    el("button", "icon-button item-card__share item-card__pick")
        .testid("pick")
        .attr("type", "button")
        .attr("aria-label", state.goods_text().pick)
        .attr_with("aria-pressed", is_picked)
        .on_click(move || state.toggle_pick(&item))
        .child(drawing)
}

/// WeChat's own tag over the button: it opens the mini-program or the app that sells the item. Where WeChat can't show
/// it, it shows nothing, and the link below is what is tapped.
fn open_tag(item: &Item, words: &str) -> Option<El> {
    let tag = match (&item.mini_program, &item.native_app) {
        (Some(page), _) => {
            el("wx-open-launch-weapp", "item-card__tag").attr("appid", &page.app_id).attr("path", &page.path)
        }
        (None, Some(page)) => {
            el("wx-open-launch-app", "item-card__tag").attr("appid", &page.app_id).attr("extinfo", &page.ext_info)
        }
        (None, None) => return None,
    };
    let style = "<style>.b{display:block;width:100%;height:44px;opacity:0}</style>";
    let template = [style, "<button class=\"b\">", words, "</button>"].concat();
    Some(tag.child(el("script", "").attr("type", "text/wxtag-template").text(&template)))
}
