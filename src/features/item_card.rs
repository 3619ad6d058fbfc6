//! A thing to buy elsewhere.

use carnival_domain::campaign::Item;

use crate::state::State;
use crate::state::goods::Reason;
use crate::text::money;
use crate::ui::{El, el};

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
    let body = el("div", "item-card__body")
        .child(el("span", "chip item-card__reason").attr("data-tone", tone).text(said))
        .child(el("h3", "item-card__title").text(&state.local(&item.title)))
        .child(price.child(item.was_fen.map(|was| el("s", "").text(&money(was)))))
        .child(link);
    el("li", "card item-card").testid("item").child(el("div", "item-card__art").child(image)).child(body)
}
