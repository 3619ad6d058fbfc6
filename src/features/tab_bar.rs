//! The way between the pages.

use crate::routes::Tab;
use crate::state::State;
use crate::ui::{El, el, icon};

/// Five real links: they can be opened in another tab, copied, and used before the page is ready.
pub(crate) fn tab_bar(state: State) -> El {
    let text = state.text();
    let mut bar = el("nav", "tabbar").attr("aria-label", text.tabs_label());
    for tab in Tab::ALL {
        let words = match tab {
            Tab::Rush => text.tab_rush(),
            Tab::Stars => text.tab_stars(),
            Tab::Coupons => text.tab_coupons(),
            Tab::Goods => text.tab_goods(),
            Tab::Mine => text.tab_mine(),
        };
        let id = ["tab-", tab.as_str()].concat();
        let is_here = move || (state.navigation.route().tab() == Some(tab)).then_some("page");
        let link = el("a", "tabbar__tab")
            .testid(&id)
            .attr("data-tap", &id)
            .attr("href", &tab.route().path())
            .attr_with("aria-current", is_here)
            .child(icon(tab.as_str()))
            .child(el("span", "").text(words));
        bar = bar.child(link);
    }
    bar
}
