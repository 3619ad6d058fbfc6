//! The order of goods: examples, and laws.

use proptest::prelude::*;

use super::*;
use crate::local_text::LocalText;
use crate::money::Fen;

const STARS: [&str; 4] = ["kemi", "jiang-ye", "mo", "lu"];

fn star(id: &str) -> StarId {
    id.parse().expect("a slug")
}

fn item(id: &str, star_id: Option<&str>) -> Item {
    Item {
        id: id.parse().expect("a slug"),
        title: LocalText::same(id),
        price_fen: Fen(100),
        was_fen: None,
        star_id: star_id.map(star),
        image: String::new(),
        url: String::new(),
        tag: None,
        mini_program: None,
        native_app: None,
    }
}

fn shop() -> [Item; 6] {
    [
        item("plain", None),
        item("loved", None),
        item("gift", None),
        item("mine", Some("jiang-ye")),
        item("new", Some("kemi")),
        item("best", Some("mo")),
    ]
}

fn ids<'a>(items: &'a [Item], order: &[(Reason, usize)]) -> Vec<(Reason, &'a str)> {
    order.iter().map(|(reason, place)| (*reason, items[*place].id.as_str())).collect()
}

#[test]
fn goods_stand_by_reason_and_say_which() {
    let (items, newest, voted) = (shop(), star("kemi"), [star("jiang-ye")]);
    let (friends, popular) = ([items[2].id.clone()], [items[5].id.clone(), items[1].id.clone()]);
    let facts = OrderFacts {
        star_of_the_day: Some(&newest),
        voted: &voted,
        of_friends: &friends,
        popular: &popular,
        rules_only: false,
    };
    let expected = [
        (Reason::StarOfTheDay, "new"),
        (Reason::VotedStar, "mine"),
        (Reason::FriendsPick, "gift"),
        (Reason::Popular, "best"),
        (Reason::Popular, "loved"),
        (Reason::ShopsOrder, "plain"),
    ];
    assert_eq!(ids(&items, &in_order(&items, &facts)), expected);
}

#[test]
fn an_item_is_popular_from_five_picks_on_and_the_more_picked_stands_first() {
    let items = shop();
    let counts = [4, 5, 9, 5, 0, 6];
    let count = |id: &ItemId| items.iter().position(|item| item.id == *id).map_or(0, |place| counts[place]);
    let popular = popular(&items, count);
    assert_eq!(popular.iter().map(ItemId::as_str).collect::<Vec<_>>(), ["gift", "best", "loved", "mine"]);
}

#[test]
fn not_everything_can_be_popular() {
    let items: Vec<_> = (0..20).map(|n| item(&format!("item-{n}"), None)).collect();
    assert_eq!(popular(&items, |_| 100).len(), POPULAR_MAX);
}

prop_compose! {
    fn goods()(stars in prop::collection::vec(prop::option::of(0..STARS.len()), 0..20)) -> Vec<Item> {
        stars.iter().enumerate().map(|(n, of)| item(&format!("item-{n}"), of.map(|of| STARS[of]))).collect()
    }
}

/// Facts that own what they say; items that are not for sale any more among them.
#[derive(Clone, Debug)]
struct Facts {
    newest: Option<StarId>,
    voted: Vec<StarId>,
    of_friends: Vec<ItemId>,
    popular: Vec<ItemId>,
}

impl Facts {
    fn seen(&self, rules_only: bool) -> OrderFacts<'_> {
        OrderFacts {
            star_of_the_day: self.newest.as_ref(),
            voted: &self.voted,
            of_friends: &self.of_friends,
            popular: &self.popular,
            rules_only,
        }
    }
}

prop_compose! {
    fn facts()(
        newest in prop::option::of(0..STARS.len()),
        voted in prop::sample::subsequence(STARS.to_vec(), 0..=STARS.len()),
        of_friends in prop::collection::vec(0..25_u8, 0..8),
        popular in prop::sample::subsequence((0..25_u8).collect::<Vec<_>>(), 0..=POPULAR_MAX).prop_shuffle(),
    ) -> Facts {
        let id = |n: u8| format!("item-{n}").parse().expect("a slug");
        Facts {
            newest: newest.map(|of| star(STARS[of])),
            voted: voted.into_iter().map(star).collect(),
            of_friends: of_friends.into_iter().map(id).collect(),
            popular: popular.into_iter().map(id).collect(),
        }
    }
}

proptest! {
    #[test]
    fn every_item_stands_there_once_and_reasons_never_go_back(items in goods(), facts in facts(), rules_only: bool) {
        let order = in_order(&items, &facts.seen(rules_only));
        let mut places: Vec<_> = order.iter().map(|(_, place)| *place).collect();
        places.sort_unstable();
        prop_assert_eq!(places, (0..items.len()).collect::<Vec<_>>());
        for pair in order.windows(2) {
            prop_assert!(pair[0].0 <= pair[1].0);
            if pair[0].0 == pair[1].0 && pair[0].0 != Reason::Popular {
                prop_assert!(pair[0].1 < pair[1].1, "those of one reason stand as the shop has them");
            }
        }
    }

    #[test]
    fn every_reason_is_true(items in goods(), facts in facts()) {
        for (reason, place) in in_order(&items, &facts.seen(false)) {
            let item = &items[place];
            let of_star = |star: Option<&StarId>| star.is_some() && item.star_id.as_ref() == star;
            let holds = match reason {
                Reason::StarOfTheDay => of_star(facts.newest.as_ref()),
                Reason::VotedStar => facts.voted.iter().any(|star| of_star(Some(star))),
                Reason::FriendsPick => facts.of_friends.contains(&item.id),
                Reason::Popular => facts.popular.contains(&item.id),
                Reason::ShopsOrder => true,
            };
            prop_assert!(holds, "{:?} {:?}", reason, item.id);
        }
    }

    #[test]
    fn by_rules_only_nothing_that_somebody_did_moves_anything(
        items in goods(), facts in facts(), voted in prop::sample::subsequence(STARS.to_vec(), 0..=STARS.len()),
    ) {
        let others = Facts { voted: voted.into_iter().map(star).collect(), of_friends: Vec::new(), ..facts.clone() };
        let order = in_order(&items, &facts.seen(true));
        prop_assert_eq!(&order, &in_order(&items, &others.seen(true)), "everybody has the same order");
        prop_assert!(order.iter().all(|(reason, _)| !reason.is_personal()));
    }
}
