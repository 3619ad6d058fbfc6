//! Picks of goods: private, shown to friends, popular.

use carnival_domain::goods::POPULAR_FROM;
use carnival_domain::ids::ItemId;
use carnival_domain::share_token::{Channel, Landing};

use super::campaign::slug;
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::replies::{PickKept, Picks};
use crate::requests::{MakeLink, PickItem, ShowPicks};

const PICK: PickItem = PickItem { is_picked: true };
const TAKE_BACK: PickItem = PickItem { is_picked: false };

fn thing() -> ItemId {
    slug("thing")
}

/// Somebody new, who came by `owner`'s link.
async fn friend_of<S: Stage>(stage: &S, owner: &S::Participant) -> S::Participant {
    let link = MakeLink { landing: Landing::Goods, channel: Channel::Friend };
    let token = accepted(owner.make_link(&link, &key(200)).await).token;
    let friend = stage.participant().await;
    assert!(accepted(friend.record_visit(&token, &key(201)).await).counted);
    friend
}

/// What a friend of theirs sees changes with the switch, and only with that.
pub async fn a_pick_is_ones_own_until_it_is_shown_to_friends<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    assert_eq!(accepted(ann.picks().await), Picks::default(), "nobody begins with a pick, or shows any");
    let kept = accepted(ann.pick_item(&thing(), &PICK, &key(1)).await);
    assert_eq!(kept, PickKept { item_id: thing(), is_picked: true });
    assert_eq!(accepted(ann.pick_item(&thing(), &PICK, &key(1)).await), kept, "a retry is answered alike");
    accepted(ann.pick_item(&thing(), &PICK, &key(2)).await);
    assert_eq!(accepted(ann.picks().await).mine, [thing()], "an item is picked once");
    let ben = friend_of(stage, &ann).await;
    assert_eq!(accepted(ben.picks().await), Picks::default(), "private is the default");
    assert!(accepted(ann.show_picks(&ShowPicks { is_shown: true }, &key(3)).await).is_shown);
    assert!(accepted(ann.picks().await).is_shown);
    let seen = accepted(ben.picks().await);
    assert_eq!(seen, Picks { of_friends: vec![thing()], ..Picks::default() });
    assert!(!accepted(ann.show_picks(&ShowPicks { is_shown: false }, &key(4)).await).is_shown);
    assert_eq!(accepted(ben.picks().await), Picks::default(), "the next look sees nothing any more");
    assert_eq!(accepted(ann.picks().await).mine, [thing()], "what is shown to nobody is there still");
}

/// And what was never picked can be taken back as well.
pub async fn a_pick_that_is_taken_back_is_gone_at_once<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    accepted(ann.show_picks(&ShowPicks { is_shown: true }, &key(1)).await);
    accepted(ann.pick_item(&thing(), &PICK, &key(2)).await);
    stage.advance_ms(1).await;
    accepted(ann.pick_item(&slug("other"), &PICK, &key(3)).await);
    let ben = friend_of(stage, &ann).await;
    assert_eq!(accepted(ann.picks().await).mine, [thing(), slug("other")]);
    assert_eq!(accepted(ben.picks().await).of_friends.len(), 2);
    assert!(!accepted(ann.pick_item(&thing(), &TAKE_BACK, &key(4)).await).is_picked);
    assert!(!accepted(ann.pick_item(&thing(), &TAKE_BACK, &key(5)).await).is_picked);
    assert_eq!(accepted(ann.picks().await).mine, [slug("other")]);
    assert_eq!(accepted(ben.picks().await).of_friends, [slug("other")]);
}

/// A link goes one way: whose it is sees nothing of whoever came by it.
pub async fn friends_see_picks_only_of_whose_link_they_came_by<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let (ben, stranger) = (friend_of(stage, &ann).await, stage.participant().await);
    for (who, item) in [(&ben, "other"), (&stranger, "thing")] {
        accepted(who.show_picks(&ShowPicks { is_shown: true }, &key(1)).await);
        accepted(who.pick_item(&slug(item), &PICK, &key(2)).await);
    }
    assert_eq!(accepted(ann.picks().await).of_friends, []);
    assert_eq!(accepted(ben.picks().await).of_friends, []);
    accepted(ann.show_picks(&ShowPicks { is_shown: true }, &key(1)).await);
    accepted(ann.pick_item(&thing(), &PICK, &key(2)).await);
    assert_eq!(accepted(ben.picks().await).of_friends, [thing()]);
    assert_eq!(accepted(stranger.picks().await).of_friends, []);
}

/// Private picks count as well: of a number that is not told, nobody can be found.
pub async fn what_many_picked_is_popular_and_nothing_tells_who<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let mut crowd = Vec::new();
    for _ in 1..POPULAR_FROM {
        let shopper = stage.participant().await;
        accepted(shopper.pick_item(&thing(), &PICK, &key(1)).await);
        crowd.push(shopper);
    }
    assert_eq!(accepted(ann.picks().await).popular, [], "a handful is no crowd");
    accepted(ann.pick_item(&thing(), &PICK, &key(1)).await);
    let stranger = stage.participant().await;
    assert_eq!(accepted(stranger.picks().await), Picks { popular: vec![thing()], ..Picks::default() });
    accepted(crowd[0].pick_item(&thing(), &TAKE_BACK, &key(2)).await);
    assert_eq!(accepted(stranger.picks().await).popular, [], "who takes a pick back counts no more");
}

/// A pick of nothing would only be in the way.
pub async fn only_what_is_for_sale_can_be_picked<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    refused(ann.pick_item(&slug("nothing"), &PICK, &key(1)).await, ErrorCode::UnknownItem);
    assert_eq!(accepted(ann.picks().await), Picks::default());
}
