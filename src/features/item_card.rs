//! A thing to buy elsewhere.

use carnival_domain::campaign::Item;

use crate::state::State;
use crate::state::goods::Reason;
use crate::text::money;
use crate::ui::{El, el, icon};

/// An item, with the reason why it stands here.
pub(crate) fn item_card(state: State, item: &Item, reason: Reason) -> El {
    let text = state.text();
    let (said, tone) = match reason {
        Reason::VotedStar => (text.reason_voted, "red"),
        Reason::StarOfTheDay => (text.reason_day, "done"),
        Reason::Popular => (text.reason_popular, "plain"),
    };
    let price = money(item.price_fen);
    let price = el("p", "item-card__price").child(el("small", "").text("¥")).text(price.trim_start_matches('¥'));
    let image = el("img", "").attr("loading", "lazy").attr("src", &item.image).attr("alt", "");
    let link = el("a", "button button--wide button--quiet")
        .attr("href", &item.url)
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(text.buy);
    let shared = item.clone();
    let share = el("button", "icon-button item-card__share")
        .attr("type", "button")
        .attr("aria-label", text.share)
        .on_click(move || state.share_item(shared.clone()))
        .child(icon("share"));
    let (opened, words) = (item.clone(), text.buy);
    let tag = move || if state.referral.has_open_tags() { open_tag(&opened, words) } else { None };
    let buy = el("div", "item-card__buy").child(link).child_with(tag);
    let body = el("div", "item-card__body")
        .child(el("span", "chip item-card__reason").attr("data-tone", tone).text(said))
        .child(el("h3", "item-card__title").text(&state.local(&item.title)))
        .child(price.child(item.was_fen.map(|was| el("s", "").text(&money(was)))))
        .child(buy);
    let art = el("div", "item-card__art").child(image).child(share);
    el("li", "card item-card").testid("item").child(art).child(body)
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
