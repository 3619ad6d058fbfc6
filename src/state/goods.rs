//! The goods, in an order that has a reason, and the reason is shown.

use std::sync::Arc;

use super::State;
use crate::browser::storage;
use crate::var::Var;
use carnival_domain::campaign::Item;
use carnival_domain::ids::StarId;

/// Where the wish for an order without personal data is kept.
const RULES_ONLY_KEY: &str = "carnival.rules-only";

/// Why an item stands where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// It belongs to a star the participant voted for.
    VotedStar,
    /// It belongs to the star revealed last.
    StarOfTheDay,
    /// None but the shop's own order.
    Popular,
}

/// Orders items by reason; items of one reason keep the shop's order. By rules alone, nothing personal moves them.
pub(crate) fn by_reason(
    items: &[Item],
    voted: &[StarId],
    star_of_the_day: Option<&StarId>,
    rules_only: bool,
) -> Vec<(Reason, Item)> {
    let reason = |item: &Item| match &item.star_id {
        Some(star) if !rules_only && voted.contains(star) => Reason::VotedStar,
        Some(star) if Some(star) == star_of_the_day => Reason::StarOfTheDay,
        _ => Reason::Popular,
    };
    let mut ordered: Vec<_> = items.iter().map(|item| (reason(item), item.clone())).collect();
    if !rules_only {
        ordered.sort_by_key(|(reason, _)| *reason);
    }
    ordered
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Goods {
    items: Var<Arc<Vec<Item>>>,
    rules_only: Var<bool>,
}

impl Goods {
    pub(super) fn new() -> Self {
        let rules_only = storage::read(RULES_ONLY_KEY).is_some_and(|kept| kept == "1");
        Self { items: Var::new(Arc::default()), rules_only: Var::new(rules_only) }
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

    /// Chooses the order, now and next time.
    pub(crate) fn set_rules_only(self, rules_only: bool) {
        storage::write(RULES_ONLY_KEY, if rules_only { "1" } else { "0" });
        self.rules_only.set(rules_only);
    }
}

impl State {
    /// The goods in their order.
    pub(crate) fn goods_by_reason(self) -> Vec<(Reason, Item)> {
        let voted = self.session.me(|me| me.votes.by_star.iter().map(|cast| cast.star_id.clone()).collect::<Vec<_>>());
        let newest = self.leaderboard.newest_star();
        self.goods.items.with(|items| by_reason(items, &voted, newest.as_ref(), self.goods.rules_only()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnival_domain::local_text::LocalText;
    use carnival_domain::money::Fen;

    fn item(id: &str, star: Option<&str>) -> Item {
        Item {
            id: id.parse().expect("a slug"),
            title: LocalText::same(id),
            price_fen: Fen(100),
            was_fen: None,
            star_id: star.map(|star| star.parse().expect("a slug")),
            image: String::new(),
            url: String::new(),
            tag: None,
            mini_program: None,
            native_app: None,
        }
    }

    fn ids(ordered: &[(Reason, Item)]) -> Vec<&str> {
        ordered.iter().map(|(_, item)| item.id.as_str()).collect()
    }

    fn shop() -> [Item; 4] {
        [item("plain", None), item("new", Some("kemi")), item("mine", Some("jiang-ye")), item("other", Some("mo"))]
    }

    #[test]
    fn goods_of_voted_stars_come_first_then_those_of_the_star_of_the_day() {
        let (voted, newest): (StarId, StarId) = ("jiang-ye".parse().expect("a slug"), "kemi".parse().expect("a slug"));
        let ordered = by_reason(&shop(), &[voted], Some(&newest), false);
        assert_eq!(ids(&ordered), ["mine", "new", "plain", "other"]);
        assert_eq!(ordered[0].0, Reason::VotedStar);
    }

    #[test]
    fn by_rules_only_the_order_is_the_shops_and_no_reason_is_personal() {
        let (voted, newest): (StarId, StarId) = ("jiang-ye".parse().expect("a slug"), "kemi".parse().expect("a slug"));
        let ordered = by_reason(&shop(), &[voted], Some(&newest), true);
        assert_eq!(ids(&ordered), ["plain", "new", "mine", "other"]);
        assert!(ordered.iter().all(|(reason, _)| *reason != Reason::VotedStar));
    }
}
