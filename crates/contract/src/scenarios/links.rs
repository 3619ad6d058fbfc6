//! Share links and visits.

use carnival_domain::share_token::{Channel, Landing};

use super::campaign::slug;
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::replies::ChannelVisits;
use crate::requests::MakeLink;

fn to_star(id: &str) -> MakeLink {
    MakeLink { landing: Landing::Star { star_id: slug(id) }, channel: Channel::Friend }
}

/// Sharing twice is one link, and it fits where links must be short.
pub async fn a_link_is_the_same_each_time_and_short<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let first = accepted(ann.make_link(&to_star("ben"), &key(1)).await);
    assert_eq!(accepted(ann.make_link(&to_star("ben"), &key(2)).await), first);
    assert!(first.path.len() <= 60, "{}", first.path);
    let other = accepted(stage.participant().await.make_link(&to_star("ben"), &key(1)).await);
    assert_ne!(first.token, other.token);
    let group = MakeLink { channel: Channel::Group, ..to_star("ben") };
    assert_ne!(accepted(ann.make_link(&group, &key(3)).await).token, first.token);
}

/// Reach is people, not taps.
pub async fn a_visit_counts_once_for_each_visitor_and_never_ones_own<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let token = accepted(ann.make_link(&to_star("ben"), &key(1)).await).token;
    let own = accepted(ann.record_visit(&token, &key(2)).await);
    assert!(!own.counted);
    let ben = stage.participant().await;
    let visit = accepted(ben.record_visit(&token, &key(1)).await);
    assert!(visit.counted);
    assert_eq!(visit.landing, to_star("ben").landing);
    assert_eq!(accepted(ben.record_visit(&token, &key(1)).await), visit, "a retry is answered alike");
    assert!(!accepted(ben.record_visit(&token, &key(2)).await).counted);
    accepted(stage.participant().await.record_visit(&token, &key(1)).await);
    assert_eq!(accepted(ann.me().await).visit_count, 2);
}

/// A visitor counts for the channel of the link that they came by first.
pub async fn visits_are_told_by_channel<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let group = MakeLink { channel: Channel::Group, ..to_star("ben") };
    let by_friend = accepted(ann.make_link(&to_star("ben"), &key(1)).await).token;
    let by_group = accepted(ann.make_link(&group, &key(2)).await).token;
    let (ben, eve) = (stage.participant().await, stage.participant().await);
    accepted(ben.record_visit(&by_group, &key(1)).await);
    accepted(ben.record_visit(&by_friend, &key(2)).await);
    accepted(eve.record_visit(&by_group, &key(1)).await);
    let me = accepted(ann.me().await);
    assert_eq!(me.visits_by_channel, [ChannelVisits { channel: Channel::Group, visit_count: 2 }]);
    accepted(stage.participant().await.record_visit(&by_friend, &key(1)).await);
    let told: Vec<_> = accepted(ann.me().await).visits_by_channel.iter().map(|visits| visits.visit_count).collect();
    assert_eq!(told, [1, 2], "friends first, then groups");
}

/// Nothing is refused to somebody who comes by a broken link.
pub async fn a_forged_token_is_a_plain_visit<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let token = accepted(ann.make_link(&to_star("ben"), &key(1)).await).token;
    let ben = stage.participant().await;
    for (n, forged) in ["", "AAAA", &token[1..], &format!("{token}A"), "星"].into_iter().enumerate() {
        let visit = accepted(ben.record_visit(forged, &key(n as u8)).await);
        assert!(!visit.counted);
        assert_eq!(visit.landing, Landing::Rush);
    }
    assert_eq!(accepted(ann.me().await).visit_count, 0);
}

/// A link leads somewhere.
pub async fn a_link_to_what_is_not_there_is_not_made<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    for (n, id) in ["nobody", "hidden"].into_iter().enumerate() {
        let reply = ann.make_link(&to_star(id), &key(n as u8)).await;
        refused(reply, ErrorCode::UnknownLanding);
    }
}
