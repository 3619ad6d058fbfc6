//! The goods, in an order that has a reason, and the reason is shown.

mod picks;

use std::sync::Arc;

use carnival_contract::replies::Picks;
use carnival_domain::campaign::Item;
use carnival_domain::goods::{OrderFacts, Reason, in_order};
use leptos::task::spawn_local;

use super::State;
use crate::browser::{storage, timer};
use crate::var::{Kept, Var};
use picks::PickWrite;

/// Where the wish for an order without personal data is kept.
const RULES_ONLY_KEY: &str = "carnival.rules-only";
/// How long the order waits for what is picked; then it does without. Longer, and a shopper looks at empty cards, ms.
const PATIENCE_MS: i32 = 1200;

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Goods {
    items: Var<Arc<Vec<Item>>>,
    rules_only: Var<bool>,
    /// What is picked, as far as is known, with what is on its way.
    picks: Var<Option<Picks>>,
    /// What the order goes by while the page is open: a card that moved under a finger would be tapped in error.
    ordered_by: Var<Option<Picks>>,
    /// What is to be sent, one after the other.
    unsent: Kept<Vec<PickWrite>>,
}

impl Goods {
    pub(super) fn new() -> Self {
        let rules_only = storage::read(RULES_ONLY_KEY).is_some_and(|kept| kept == "1");
        Self {
            items: Var::new(Arc::default()),
            rules_only: Var::new(rules_only),
            picks: Var::new(None),
            ordered_by: Var::new(None),
            unsent: Kept::new(Vec::new()),
        }
    }

    pub(super) fn set_items(self, items: Vec<Item>) {
        if *self.items.get_untracked() != items {
            self.items.set(Arc::new(items));
        }
    }

    /// Whether the order does without personal data.
    pub(crate) fn rules_only(self) -> bool {
        self.rules_only.get()
    }

    /// Whether anything is sold in a mini-program or an app.
    pub(super) fn has_open_tags(self) -> bool {
        let opens = |item: &Item| item.mini_program.is_some() || item.native_app.is_some();
        self.items.with_untracked(|items| items.iter().any(opens))
    }

    /// Chooses the order, now and next time. The choice stays in this browser.
    pub(crate) fn set_rules_only(self, rules_only: bool) {
        storage::write(RULES_ONLY_KEY, if rules_only { "1" } else { "0" });
        self.rules_only.set(rules_only);
    }

    fn order_by(self, picks: Picks) {
        if self.ordered_by.with_untracked(Option::is_none) {
            self.ordered_by.set(Some(picks));
        }
    }
}

impl State {
    /// Looks what is picked, for a page of goods that is opened.
    pub(crate) fn open_goods(self) {
        let goods = self.goods;
        goods.ordered_by.set(goods.picks.get_untracked());
        timer::after(PATIENCE_MS, move || goods.order_by(Picks::default()));
        spawn_local(async move {
            let reply = self.api().picks().await;
            // What is on its way is newer than any answer.
            if goods.unsent.with(Vec::is_empty)
                && let Ok(picks) = &reply
            {
                goods.picks.set(Some(picks.clone()));
            }
            goods.order_by(reply.unwrap_or_default());
        });
    }

    /// The goods in their order; none while it is not known what that goes by.
    pub(crate) fn goods_by_reason(self) -> Option<Vec<(Reason, Item)>> {
        let voted = self.session.me(|me| me.votes.by_star.iter().map(|cast| cast.star_id.clone()).collect::<Vec<_>>());
        let newest = self.leaderboard.newest_star();
        let rules_only = self.goods.rules_only();
        self.goods.ordered_by.with(|picks| {
            let picks = picks.as_ref()?;
            let facts = OrderFacts {
                star_of_the_day: newest.as_ref(),
                voted: &voted,
                of_friends: &picks.of_friends,
                popular: &picks.popular,
                rules_only,
            };
            let items = self.goods.items.get();
            Some(in_order(&items, &facts).into_iter().map(|(reason, place)| (reason, items[place].clone())).collect())
        })
    }
}
