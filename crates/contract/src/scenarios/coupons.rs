//! Claiming coupons.

use std::collections::HashSet;

use carnival_domain::ids::OfferId;
use carnival_domain::time::DAY_MS;

use super::campaign::{noon, slug};
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;

fn offer(id: &str) -> OfferId {
    slug(id)
}

async fn claimed<S: Stage>(stage: &S, id: &str) -> u32 {
    stage.published().await;
    let claims = accepted(stage.participant().await.campaign().await).live.claims;
    claims.iter().find(|claims| claims.offer_id == offer(id)).map_or(0, |claims| claims.claimed_count)
}

/// Once the shopper saw it, it is theirs: with a code, a date, and the same after a retry.
pub async fn a_claimed_coupon_is_there_with_its_code<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let reply = accepted(ann.claim_coupon(&offer("few"), &key(1)).await);
    assert_eq!(reply.claimed_count, 1);
    assert_eq!(reply.coupon.valid_until.ms_since(reply.coupon.claimed_at), 7 * DAY_MS);
    assert!(reply.coupon.claimed_at >= noon());
    assert_eq!(reply.coupon.code.len(), 14);
    assert_eq!(accepted(ann.claim_coupon(&offer("few"), &key(1)).await), reply);
    assert_eq!(accepted(ann.me().await).coupons, [reply.coupon]);
    assert_eq!(claimed(stage, "few").await, 1);
}

/// Codes that were brought along are given out one by one, in their order; no fourth one is made up.
pub async fn codes_that_were_brought_along_are_given_once_each<S: Stage>(stage: &S) {
    let (ann, ben) = (stage.participant().await, stage.participant().await);
    let claim = async |who: &S::Participant, n| who.claim_coupon(&offer("brought"), &key(n)).await;
    assert_eq!(accepted(claim(&ann, 1).await).coupon.code, "BROUGHT-1");
    assert_eq!(accepted(claim(&ben, 1).await).coupon.code, "BROUGHT-2");
    assert_eq!(accepted(claim(&ann, 1).await).coupon.code, "BROUGHT-1", "the same tap");
    assert_eq!(accepted(claim(&ann, 2).await).coupon.code, "BROUGHT-3");
    refused(claim(&ben, 2).await, ErrorCode::CouponSoldOut);
}

/// Two are there, two are given.
pub async fn an_offer_never_gives_more_than_its_stock<S: Stage>(stage: &S) {
    let mut codes = HashSet::new();
    for _ in 0..2 {
        let participant = stage.participant().await;
        codes.insert(accepted(participant.claim_coupon(&offer("few"), &key(1)).await).coupon.code);
    }
    assert_eq!(codes.len(), 2, "every coupon has a code of its own");
    let late = stage.participant().await;
    refused(late.claim_coupon(&offer("few"), &key(1)).await, ErrorCode::CouponSoldOut);
    assert!(accepted(late.me().await).coupons.is_empty());
    assert_eq!(claimed(stage, "few").await, 2);
}

/// However often one taps.
pub async fn an_offer_never_gives_a_participant_more_than_the_limit<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    accepted(ann.claim_coupon(&offer("twice"), &key(1)).await);
    accepted(ann.claim_coupon(&offer("twice"), &key(2)).await);
    match ann.claim_coupon(&offer("twice"), &key(3)).await {
        Err(problem) => {
            assert_eq!(problem.code, ErrorCode::CouponLimitReached);
            assert_eq!(problem.limit, Some(2));
        }
        Ok(reply) => panic!("a third coupon was given: {reply:?}"),
    }
    assert_eq!(accepted(ann.me().await).coupons.len(), 2);
}

/// Too early, too late, and what was never offered.
pub async fn an_offer_keeps_its_window<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    refused(ann.claim_coupon(&offer("later"), &key(1)).await, ErrorCode::OfferNotOpenYet);
    refused(ann.claim_coupon(&offer("gone"), &key(2)).await, ErrorCode::OfferOver);
    refused(ann.claim_coupon(&offer("never"), &key(3)).await, ErrorCode::UnknownOffer);
    stage.advance_ms(3_600_000).await;
    accepted(ann.claim_coupon(&offer("later"), &key(4)).await);
}
