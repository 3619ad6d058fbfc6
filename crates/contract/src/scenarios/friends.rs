//! Votes that friends earn.

use carnival_domain::campaign::{Campaign, PolicyProfile};
use carnival_domain::share_token::{Channel, Landing};

use super::campaign::{BY_FRIENDS, FRIENDS_CAP, PER_FRIEND, campaign, friends, slug};
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::replies::VotesEarned;
use crate::requests::{Board, MakeLink};

const STARS: [&str; 4] = ["ann", "ben", "cai", "dai"];

/// Makes a participant's link.
async fn link_of<P: CampaignApi>(who: &P) -> String {
    let link = MakeLink { landing: Landing::Stars, channel: Channel::Friend };
    accepted(who.make_link(&link, &key(200)).await).token
}

/// What friends earned somebody today.
async fn earned<P: CampaignApi>(who: &P) -> Option<VotesEarned> {
    accepted(who.me().await).votes.by_friends
}

fn so_much(friend_count: u32, vote_count: u32) -> Option<VotesEarned> {
    Some(VotesEarned { friend_count, vote_count })
}

/// Votes for one star after the other until it is refused; says how many counted.
async fn votes<P: CampaignApi>(who: &P, first_key: u8) -> usize {
    for (count, star) in STARS.into_iter().enumerate() {
        match who.cast_vote(&slug(star), &key(first_key + count as u8)).await {
            Ok(_) => {}
            Err(_) => return count,
        }
    }
    STARS.len()
}

/// For the day on which they came, once each, up to the limit of the day; for any star, but never more for one.
pub async fn a_friend_who_comes_by_my_link_earns_me_votes_for_the_day<S: Stage>(stage: &S) {
    let stage = &stage.playing(friends()).await;
    assert_eq!(accepted(stage.participant().await.campaign().await).campaign.votes_by_friends, Some(BY_FRIENDS));
    let (ann, ben) = (stage.participant().await, stage.participant().await);
    let token = link_of(&ann).await;
    assert_eq!(earned(&ann).await, so_much(0, 0));
    assert_eq!(votes(&ann, 1).await, 3);
    refused(ann.cast_vote(&slug("dai"), &key(5)).await, ErrorCode::VoteQuotaSpent);

    accepted(ben.record_visit(&token, &key(1)).await);
    assert_eq!(earned(&ann).await, so_much(1, PER_FRIEND));
    refused(ann.cast_vote(&slug("ann"), &key(6)).await, ErrorCode::StarQuotaSpent);
    let counted = accepted(ann.cast_vote(&slug("dai"), &key(7)).await);
    assert_eq!(counted.votes.by_friends, so_much(1, PER_FRIEND), "and the answer to a vote says it too");

    for _ in 0..2 {
        accepted(stage.participant().await.record_visit(&token, &key(1)).await);
    }
    assert_eq!(earned(&ann).await, so_much(2, FRIENDS_CAP), "who comes after the limit is not counted");
    let kept = accepted(ann.export().await);
    assert_eq!(kept.earned.iter().map(|day| Some(day.earned)).collect::<Vec<_>>(), [so_much(2, FRIENDS_CAP)]);

    stage.advance_ms(24 * 3_600_000).await;
    assert_eq!(earned(&ann).await, so_much(0, 0), "a day's votes end with the day");
    assert_eq!(votes(&ann, 10).await, 3);
    let board = accepted(ann.leaderboard(Board::Overall).await).standings;
    assert_eq!(board.iter().map(|standing| standing.tally.vote_count).sum::<u64>(), 7);
    assert_eq!(earned(&ben).await, so_much(0, 0), "who comes earns nothing by it");
}

/// Neither twice nor by oneself.
pub async fn nobody_earns_votes_by_themselves_nor_twice_by_one_friend<S: Stage>(stage: &S) {
    let stage = &stage.playing(friends()).await;
    let (ann, ben) = (stage.participant().await, stage.participant().await);
    let token = link_of(&ann).await;
    accepted(ann.record_visit(&token, &key(1)).await);
    assert_eq!(earned(&ann).await, so_much(0, 0));
    accepted(ben.record_visit(&token, &key(1)).await);
    accepted(ben.record_visit(&token, &key(2)).await);
    let elsewhere = MakeLink { landing: Landing::Goods, channel: Channel::Group };
    let other = accepted(ann.make_link(&elsewhere, &key(2)).await).token;
    accepted(ben.record_visit(&other, &key(3)).await);
    assert_eq!(earned(&ann).await, so_much(1, PER_FRIEND));
    stage.advance_ms(24 * 3_600_000).await;
    accepted(ben.record_visit(&token, &key(4)).await);
    assert_eq!(earned(&ann).await, so_much(0, 0), "a friend of yesterday is no new one");
    let cai = stage.participant().await;
    accepted(cai.record_visit(&token, &key(1)).await);
    assert_eq!(earned(&ann).await, so_much(1, PER_FRIEND));
}

/// It takes the setting and the policy; either alone earns nothing.
pub async fn friends_earn_nothing_where_the_campaign_does_not_say_so<S: Stage>(stage: &S) {
    let strict = Campaign { policy: PolicyProfile::Strict, ..friends() };
    let silent = Campaign { policy: PolicyProfile::Open, ..campaign() };
    for played in [campaign(), strict, silent] {
        let stage = &stage.playing(played).await;
        let (ann, ben) = (stage.participant().await, stage.participant().await);
        let token = link_of(&ann).await;
        accepted(ben.record_visit(&token, &key(1)).await);
        assert_eq!(earned(&ann).await, None);
        assert_eq!(accepted(ann.campaign().await).campaign.votes_by_friends, None);
        assert_eq!(votes(&ann, 1).await, 3);
        refused(ann.cast_vote(&slug("dai"), &key(5)).await, ErrorCode::VoteQuotaSpent);
        assert!(accepted(ann.export().await).earned.is_empty());
    }
}

/// A friend who is erased came all the same; what was earned goes with whose it is.
pub async fn a_friend_who_is_erased_leaves_the_votes_and_whoever_earned_them_takes_them_along<S: Stage>(stage: &S) {
    let stage = &stage.playing(friends()).await;
    let (ann, ben) = (stage.participant().await, stage.participant().await);
    let token = link_of(&ann).await;
    accepted(ben.record_visit(&token, &key(1)).await);
    accepted(ben.erase(&key(2)).await);
    assert_eq!(earned(&ann).await, so_much(1, PER_FRIEND));
    assert_eq!(votes(&ann, 1).await, 4);
    accepted(ann.erase(&key(9)).await);
    refused(ann.cast_vote(&slug("dai"), &key(10)).await, ErrorCode::ParticipantErased);
    let board = accepted(stage.participant().await.leaderboard(Board::Overall).await).standings;
    assert_eq!(board.iter().map(|standing| standing.tally.vote_count).sum::<u64>(), 4, "and the votes count");
}
