//! Goods in an order that has a reason, and the reason is told with each.
//!
//! The order is a function of few facts, the same for everybody who has the same facts. It can be had without personal
//! ones: China's Provisions on the Administration of Algorithmic Recommendation in Internet Information Services (2022),
//! article 17, give everybody a choice that is not based on their personal characteristics, and a way to switch the
//! recommendation off that is easy to find.

use crate::campaign::Item;
use crate::ids::{ItemId, StarId};

/// From how many picks on an item is popular. With fewer, "popular" would tell what one shopper or two have picked.
pub const POPULAR_FROM: u32 = 5;
/// How many items are popular at most: where everything is, nothing is.
pub const POPULAR_MAX: usize = 6;

/// Why an item stands where it does, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It belongs to the star revealed last.
    StarOfTheDay,
    /// It belongs to a star the participant voted for today. Personal.
    VotedStar,
    /// A friend picked it by whose link the participant came, and shows their picks. Personal.
    FriendsPick,
    /// Many picked it.
    Popular,
    /// None but the shop's own order.
    ShopsOrder,
}

impl Reason {
    /// Whether it depends on what the participant did.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::VotedStar | Self::FriendsPick)
    }
}

/// What the order depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrderFacts<'a> {
    /// The star revealed last.
    pub star_of_the_day: Option<&'a StarId>,
    /// Stars the participant voted for today.
    pub voted: &'a [StarId],
    /// What friends picked who show it.
    pub of_friends: &'a [ItemId],
    /// What is popular, the most popular first; see [`popular`].
    pub popular: &'a [ItemId],
    /// Whether the participant wants the order that does without personal facts.
    pub rules_only: bool,
}

/// Orders items: by reason, popular ones by their rank, and else as the shop has them. Returns the place of each in
/// `items`, with its reason.
pub fn in_order(items: &[Item], facts: &OrderFacts<'_>) -> Vec<(Reason, usize)> {
    let mut order: Vec<_> = items.iter().enumerate().map(|(place, item)| (rank(item, facts), place)).collect();
    order.sort_unstable();
    order.into_iter().map(|((reason, _), place)| (reason, place)).collect()
}

/// An item's reason, and its rank among those that share it.
fn rank(item: &Item, facts: &OrderFacts<'_>) -> (Reason, usize) {
    let star = item.star_id.as_ref();
    if star.is_some() && star == facts.star_of_the_day {
        return (Reason::StarOfTheDay, 0);
    }
    if !facts.rules_only {
        if star.is_some_and(|star| facts.voted.contains(star)) {
            return (Reason::VotedStar, 0);
        }
        if facts.of_friends.contains(&item.id) {
            return (Reason::FriendsPick, 0);
        }
    }
    match facts.popular.iter().position(|popular| *popular == item.id) {
        Some(rank) => (Reason::Popular, rank),
        None => (Reason::ShopsOrder, 0),
    }
}

/// What is popular, the most popular first: items that at least [`POPULAR_FROM`] participants have picked, at most
/// [`POPULAR_MAX`] of them, equal ones as the shop has them. Picks are the one fact about goods that the back end has
/// anyway; who looks at what and who goes to the shop is counted nowhere.
pub fn popular(items: &[Item], pick_count: impl Fn(&ItemId) -> u32) -> Vec<ItemId> {
    let counted = items.iter().map(|item| (pick_count(&item.id), &item.id));
    let mut counted: Vec<_> = counted.filter(|(count, _)| *count >= POPULAR_FROM).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counted.truncate(POPULAR_MAX);
    counted.into_iter().map(|(_, id)| id.clone()).collect()
}

#[cfg(test)]
mod tests;
