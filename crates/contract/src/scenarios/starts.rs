//! Offers with a fair start.

use carnival_domain::draw::commitment;
use carnival_domain::draw::merkle::root_of_path;
use carnival_domain::ids::OfferId;

use super::campaign::{FAIR_AFTER_MS, FAIR_START_MS, noon, slug};
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::live::StartDraw;
use crate::replies::{ClaimReply, StartEntry};

fn fair() -> OfferId {
    slug("fair")
}

async fn tap<P: CampaignApi>(who: &P, n: u8) -> StartEntry {
    match accepted(who.claim(&fair(), &key(n)).await) {
        ClaimReply::InDraw { in_draw } => in_draw,
        ClaimReply::Coupon(claimed) => panic!("a coupon was given without a draw: {claimed:?}"),
    }
}

/// What everybody is shown of its draw.
async fn shown<S: Stage>(stage: &S) -> StartDraw {
    stage.published().await;
    let claims = accepted(stage.participant().await.campaign().await).live.claims;
    let offer = claims.into_iter().find(|claims| claims.offer_id == fair());
    offer.and_then(|offer| offer.start).unwrap_or_else(|| panic!("there should be a draw"))
}

/// Whether it comes first or last, whether it is repeated or not: one place, and no coupon yet.
pub async fn a_tap_in_the_first_moments_is_in_a_draw_once<S: Stage>(stage: &S) {
    let (ann, ben) = (stage.participant().await, stage.participant().await);
    refused(ann.claim(&fair(), &key(1)).await, ErrorCode::OfferNotOpenYet);
    let draw = shown(stage).await;
    stage.advance_ms(FAIR_AFTER_MS).await;
    let first = tap(&ann, 1).await;
    assert_eq!((first.offer_id.clone(), &first.draw_id), (fair(), &draw.draw_id));
    assert_eq!(first.result_at, noon().plus_ms(FAIR_AFTER_MS + FAIR_START_MS));
    assert_eq!(first.is_drawn, None);
    stage.advance_ms(FAIR_START_MS - 1).await;
    assert_eq!(tap(&ann, 1).await, first);
    assert_eq!(tap(&ann, 2).await, first);
    assert_ne!(tap(&ben, 1).await.entry_id, first.entry_id);
    let mine = accepted(ann.me().await);
    assert_eq!((mine.starts, mine.coupons.len()), (vec![first], 0));
    refused(ann.proof(&draw.draw_id).await, ErrorCode::DrawNotDone);
}

/// Five want two: two have one, three are told, and the proof holds for all five.
pub async fn the_draw_gives_the_stock_and_anyone_can_check_it<S: Stage>(stage: &S) {
    let draw = shown(stage).await;
    stage.advance_ms(FAIR_AFTER_MS).await;
    let mut crowd = Vec::new();
    for _ in 0..5 {
        let somebody = stage.participant().await;
        let entry = tap(&somebody, 1).await;
        crowd.push((somebody, entry));
    }
    stage.advance_ms(FAIR_START_MS).await;
    let proof = accepted(crowd[0].0.proof(&draw.draw_id).await);
    assert_eq!((proof.commitment, commitment(&proof.seed.0)), (draw.commitment, draw.commitment));
    assert!(proof.opened_at <= noon().plus_ms(FAIR_AFTER_MS), "it was committed to before");
    let entries = proof.entries.clone().unwrap_or_default();
    assert_eq!((entries.len(), proof.winners.len()), (5, 2));
    assert!(proof.verify(&entries).is_ok());
    for (somebody, entry) in &crowd {
        let path = accepted(somebody.receipt_proof(&draw.draw_id, entry.entry_id).await);
        assert_eq!(root_of_path(entry.entry_id, &path.path), proof.root);
        let is_named = proof.winners.iter().any(|winner| winner.entry_id == entry.entry_id);
        let mine = accepted(somebody.me().await);
        assert_eq!(mine.starts[0].is_drawn, Some(is_named));
        assert_eq!(mine.coupons.iter().filter(|coupon| coupon.offer_id == fair()).count(), usize::from(is_named));
        let again = if is_named { ErrorCode::CouponLimitReached } else { ErrorCode::CouponSoldOut };
        refused(somebody.claim(&fair(), &key(9)).await, again);
    }
    stage.published().await;
    let claims = accepted(crowd[0].0.campaign().await).live.claims;
    assert!(claims.iter().any(|claims| claims.offer_id == fair() && claims.claimed_count == 2));
}

/// One wants two: the other one is raced for.
pub async fn what_the_draw_leaves_goes_to_whoever_comes_first<S: Stage>(stage: &S) {
    stage.advance_ms(FAIR_AFTER_MS).await;
    let (ann, ben, cai) = (stage.participant().await, stage.participant().await, stage.participant().await);
    tap(&ann, 1).await;
    stage.advance_ms(FAIR_START_MS).await;
    assert_eq!(accepted(ann.me().await).coupons.len(), 1, "alone in the draw");
    refused(ann.claim(&fair(), &key(2)).await, ErrorCode::CouponLimitReached);
    assert_eq!(accepted(ben.claim_coupon(&fair(), &key(1)).await).claimed_count, 2);
    refused(cai.claim(&fair(), &key(1)).await, ErrorCode::CouponSoldOut);
}
