//! Canvassing: votes that somebody's links brought, in numbers.

use carnival_domain::campaign::{Campaign, PolicyProfile};
use carnival_domain::share_token::{Channel, Landing};

use super::campaign::{campaign, canvassing, slug};
use super::{Stage, accepted, key};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::replies::StarVotes;
use crate::requests::MakeLink;

/// Makes a participant's link to a place.
async fn link_to<P: CampaignApi>(who: &P, landing: Landing) -> String {
    accepted(who.make_link(&MakeLink { landing, channel: Channel::Friend }, &key(200)).await).token
}

fn star(id: &str) -> Landing {
    Landing::Star { star_id: slug(id) }
}

fn votes(star: &str, vote_count: u32) -> Option<Vec<StarVotes>> {
    Some(vec![StarVotes { star_id: slug(star), vote_count }])
}

async fn canvassed<P: CampaignApi>(who: &P) -> Option<Vec<StarVotes>> {
    accepted(who.me().await).canvassed
}

/// Once for each vote, the star's alone, and only the number.
pub async fn a_vote_counts_for_whose_link_brought_the_voter_to_that_star_last<S: Stage>(stage: &S) {
    let stage = &stage.playing(canvassing()).await;
    let [ann, ben, eve] = [stage.participant().await, stage.participant().await, stage.participant().await];
    let (by_ann, by_ben) = (link_to(&ann, star("cai")).await, link_to(&ben, star("cai")).await);
    accepted(eve.record_visit(&by_ann, &key(1)).await);
    stage.advance_ms(1000).await;
    accepted(eve.record_visit(&by_ben, &key(2)).await);
    let counted = accepted(eve.cast_vote(&slug("cai"), &key(3)).await);
    assert_eq!(accepted(eve.cast_vote(&slug("cai"), &key(3)).await), counted, "a retry is answered alike");
    accepted(eve.cast_vote(&slug("dai"), &key(4)).await);
    assert_eq!((canvassed(&ann).await, canvassed(&ben).await), (None, votes("cai", 1)));
    stage.advance_ms(24 * 3_600_000).await;
    accepted(eve.cast_vote(&slug("cai"), &key(5)).await);
    assert_eq!(canvassed(&ben).await, votes("cai", 2), "and the next day again");
    let dan = stage.participant().await;
    accepted(dan.record_visit(&by_ann, &key(1)).await);
    accepted(dan.cast_vote(&slug("cai"), &key(2)).await);
    assert_eq!((canvassed(&ann).await, canvassed(&ben).await), (votes("cai", 1), votes("cai", 2)));
    assert_eq!(accepted(ben.export().await).canvassed, votes("cai", 2).unwrap_or_default());
}

/// What did not bring the vote is not counted.
pub async fn nobody_canvasses_for_themselves_nor_by_a_link_elsewhere_nor_after_the_vote<S: Stage>(stage: &S) {
    let stage = &stage.playing(canvassing()).await;
    let [ann, ben, eve] = [stage.participant().await, stage.participant().await, stage.participant().await];
    let own = link_to(&ann, star("cai")).await;
    accepted(ann.record_visit(&own, &key(1)).await);
    accepted(ann.cast_vote(&slug("cai"), &key(2)).await);
    let elsewhere = link_to(&ann, Landing::Stars).await;
    accepted(ben.record_visit(&elsewhere, &key(1)).await);
    accepted(ben.cast_vote(&slug("cai"), &key(2)).await);
    accepted(eve.cast_vote(&slug("cai"), &key(1)).await);
    stage.advance_ms(1000).await;
    accepted(eve.record_visit(&own, &key(2)).await);
    assert_eq!(canvassed(&ann).await, None);
    super::refused(eve.cast_vote(&slug("cai"), &key(3)).await, ErrorCode::StarQuotaSpent);
    assert_eq!(canvassed(&ann).await, None, "a vote that is refused counts for nobody");
    assert!(accepted(ann.export().await).canvassed.is_empty());
}

/// It takes the setting and the policy; either alone counts nothing.
pub async fn nothing_is_counted_where_the_campaign_does_not_say_so<S: Stage>(stage: &S) {
    let strict = Campaign { policy: PolicyProfile::Strict, ..canvassing() };
    let silent = Campaign { policy: PolicyProfile::Open, ..campaign() };
    for played in [campaign(), strict, silent] {
        let stage = &stage.playing(played).await;
        let (ann, ben) = (stage.participant().await, stage.participant().await);
        let by_ann = link_to(&ann, star("cai")).await;
        accepted(ben.record_visit(&by_ann, &key(1)).await);
        accepted(ben.cast_vote(&slug("cai"), &key(2)).await);
        assert_eq!(canvassed(&ann).await, None);
        assert!(accepted(ann.export().await).canvassed.is_empty(), "nor is it kept");
    }
}

/// The number goes with whose it is; of a voter nothing was in it.
pub async fn what_a_canvasser_had_is_erased_with_them_and_a_voter_leaves_the_count_alone<S: Stage>(stage: &S) {
    let stage = &stage.playing(canvassing()).await;
    let [ann, ben, eve] = [stage.participant().await, stage.participant().await, stage.participant().await];
    for (owner, voter) in [(&ann, &ben), (&ben, &eve)] {
        let token = link_to(owner, star("cai")).await;
        accepted(voter.record_visit(&token, &key(1)).await);
        accepted(voter.cast_vote(&slug("cai"), &key(2)).await);
    }
    accepted(ben.erase(&key(3)).await);
    assert_eq!(canvassed(&ann).await, votes("cai", 1), "the vote is nobody's, and counts");
    super::refused(ben.me().await, ErrorCode::ParticipantErased);
    let board = accepted(eve.leaderboard(crate::requests::Board::Overall).await).standings;
    assert_eq!(board[0].tally.vote_count, 2, "what they brought was voted all the same");
}
