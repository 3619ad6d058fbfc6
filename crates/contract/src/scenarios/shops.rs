//! Coupons at shops' checkouts.

use carnival_domain::checkout::{CouponState, HOLD_MAX_S, ReservationState};
use carnival_domain::ids::ReservationId;
use carnival_domain::money::Fen;
use carnival_domain::time::DAY_MS;

use super::campaign::{noon, slug};
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::shop::{ReserveCoupon, ShopApi};

fn order(id: &str) -> ReserveCoupon {
    held(id, None)
}

fn held(id: &str, hold_s: Option<u32>) -> ReserveCoupon {
    ReserveCoupon { order_id: id.parse().unwrap_or_else(|_| panic!("{id} is no order number")), hold_s }
}

/// Somebody with a coupon, and its code.
async fn owner<S: Stage>(stage: &S) -> (S::Participant, String) {
    let ann = stage.participant().await;
    let code = accepted(ann.claim_coupon(&slug("twice"), &key(1)).await).coupon.code;
    (ann, code)
}

/// Looked up, reserved, redeemed: at each step both the shop and the shopper see how it stands.
pub async fn a_coupon_goes_through_a_checkout_and_its_owner_sees_it<S: Stage>(stage: &S) {
    let ((ann, code), shop) = (owner(stage).await, stage.shop().await);
    let coupon = accepted(shop.coupon(&code).await);
    assert_eq!((coupon.state, coupon.held_by), (CouponState::Claimed, None));
    assert_eq!((coupon.amount_fen, coupon.threshold_fen), (Fen(5000), Fen(29_900)));
    assert_eq!(coupon.valid_until.ms_since(coupon.claimed_at), 7 * DAY_MS);

    let reserved = accepted(shop.reserve(&code, &held("A-1", Some(60)), &key(1)).await);
    assert_eq!((reserved.state, &reserved.reservation.code), (ReservationState::Reserved, &code));
    assert_eq!(reserved.reservation.reserved_until.ms_since(reserved.reservation.reserved_at), 60_000);
    let coupon = accepted(shop.coupon(&code).await);
    assert_eq!((coupon.state, coupon.held_by.as_ref()), (CouponState::Reserved, Some(&reserved)));
    assert_eq!(accepted(ann.me().await).coupons[0].redeemed_at, None);

    let redeemed = accepted(shop.redeem(reserved.reservation.reservation_id, &key(2)).await);
    assert_eq!(redeemed.state, ReservationState::Redeemed);
    assert!(redeemed.reservation.redeemed_at >= Some(noon()));
    assert_eq!(accepted(shop.coupon(&code).await).state, CouponState::Redeemed);
    let mine = accepted(ann.me().await).coupons;
    assert_eq!((mine[0].code.as_str(), mine[0].redeemed_at), (code.as_str(), redeemed.reservation.redeemed_at));
}

/// No two orders have it, neither for a while nor for good.
pub async fn a_coupon_is_one_orders_until_it_lets_go<S: Stage>(stage: &S) {
    let ((_, code), shop) = (owner(stage).await, stage.shop().await);
    let first = accepted(shop.reserve(&code, &held("A-1", Some(60)), &key(1)).await);
    match shop.reserve(&code, &order("B-1"), &key(2)).await {
        Err(problem) => {
            assert_eq!(problem.code, ErrorCode::CouponReserved);
            assert_eq!(problem.available_at, Some(first.reservation.reserved_until));
        }
        Ok(both) => panic!("two orders have it: {both:?}"),
    }
    accepted(shop.redeem(first.reservation.reservation_id, &key(3)).await);
    stage.advance_ms(120_000).await;
    refused(shop.reserve(&code, &order("B-1"), &key(4)).await, ErrorCode::CouponRedeemed);
    assert_eq!(accepted(shop.coupon(&code).await).state, CouponState::Redeemed, "for good");
}

/// Whoever pays too late finds it gone, if somebody else was quicker.
pub async fn a_reservation_ends_by_the_back_ends_clock<S: Stage>(stage: &S) {
    let ((_, code), shop) = (owner(stage).await, stage.shop().await);
    let late = accepted(shop.reserve(&code, &held("A-1", Some(60)), &key(1)).await).reservation.reservation_id;
    stage.advance_ms(60_000).await;
    assert_eq!(accepted(shop.coupon(&code).await).state, CouponState::Claimed);
    refused(shop.redeem(late, &key(2)).await, ErrorCode::ReservationLapsed);
    let quick = accepted(shop.reserve(&code, &order("B-1"), &key(3)).await).reservation.reservation_id;
    accepted(shop.redeem(quick, &key(4)).await);
    refused(shop.redeem(late, &key(5)).await, ErrorCode::ReservationLapsed);
    accepted(shop.roll_back(late, &key(6)).await);
    assert_eq!(accepted(shop.coupon(&code).await).state, CouponState::Redeemed, "what is over changes nothing");
}

/// With the same key or with another one, by the same order.
pub async fn everything_a_shop_does_can_be_repeated<S: Stage>(stage: &S) {
    let ((_, code), shop) = (owner(stage).await, stage.shop().await);
    let reserved = accepted(shop.reserve(&code, &order("A-1"), &key(1)).await);
    assert_eq!(accepted(shop.reserve(&code, &order("A-1"), &key(1)).await), reserved);
    assert_eq!(accepted(shop.reserve(&code, &order("A-1"), &key(2)).await), reserved);
    refused(shop.reserve(&code, &order("A-2"), &key(1)).await, ErrorCode::IdempotencyKeyReused);
    let id = reserved.reservation.reservation_id;
    let redeemed = accepted(shop.redeem(id, &key(3)).await);
    stage.advance_ms(i64::from(HOLD_MAX_S) * 1000).await;
    assert_eq!(accepted(shop.redeem(id, &key(3)).await), redeemed);
    assert_eq!(accepted(shop.redeem(id, &key(4)).await), redeemed, "even after its time");
    assert_eq!(accepted(shop.reserve(&code, &order("A-1"), &key(5)).await), redeemed, "the order has it");
    let rolled_back = accepted(shop.roll_back(id, &key(6)).await);
    assert_eq!(accepted(shop.roll_back(id, &key(6)).await), rolled_back);
    stage.advance_ms(1000).await;
    assert_eq!(accepted(shop.roll_back(id, &key(7)).await), rolled_back);
}

/// An order that came to nothing gives the coupon back, before or after it was redeemed.
pub async fn what_is_rolled_back_can_be_used_again<S: Stage>(stage: &S) {
    let ((ann, code), shop) = (owner(stage).await, stage.shop().await);
    let first = accepted(shop.reserve(&code, &order("A-1"), &key(1)).await).reservation.reservation_id;
    assert_eq!(accepted(shop.roll_back(first, &key(2)).await).state, ReservationState::RolledBack);
    refused(shop.redeem(first, &key(3)).await, ErrorCode::ReservationRolledBack);
    let second = accepted(shop.reserve(&code, &order("B-1"), &key(4)).await).reservation.reservation_id;
    accepted(shop.redeem(second, &key(5)).await);
    accepted(shop.roll_back(second, &key(6)).await);
    assert_eq!(accepted(ann.me().await).coupons[0].redeemed_at, None);
    let third = accepted(shop.reserve(&code, &order("A-1"), &key(7)).await).reservation.reservation_id;
    assert_ne!(third, first, "a new reservation");
    accepted(shop.redeem(third, &key(8)).await);
}

/// From its last day on it cannot be reserved; an order that has it by then can pay.
pub async fn a_coupon_has_its_last_day<S: Stage>(stage: &S) {
    let ((_, code), shop) = (owner(stage).await, stage.shop().await);
    let second = accepted(stage.participant().await.claim_coupon(&slug("twice"), &key(1)).await).coupon.code;
    stage.advance_ms(7 * DAY_MS - 1000).await;
    let id = accepted(shop.reserve(&code, &order("A-1"), &key(1)).await).reservation.reservation_id;
    stage.advance_ms(1000).await;
    assert_eq!(accepted(shop.coupon(&second).await).state, CouponState::Expired);
    refused(shop.reserve(&second, &order("A-2"), &key(2)).await, ErrorCode::CouponExpired);
    accepted(shop.redeem(id, &key(3)).await);
}

/// What is not there, and what cannot be.
pub async fn a_shop_is_told_what_is_wrong<S: Stage>(stage: &S) {
    let ((_, code), shop) = (owner(stage).await, stage.shop().await);
    refused(shop.coupon("7K2M-Q9XA-44ZE").await, ErrorCode::UnknownCoupon);
    refused(shop.coupon("BROUGHT-1").await, ErrorCode::UnknownCoupon);
    refused(shop.reserve("BROUGHT-1", &order("A-1"), &key(1)).await, ErrorCode::UnknownCoupon);
    refused(shop.redeem(ReservationId([9; 16]), &key(2)).await, ErrorCode::UnknownReservation);
    refused(shop.roll_back(ReservationId([9; 16]), &key(3)).await, ErrorCode::UnknownReservation);
    for hold_s in [0, HOLD_MAX_S + 1] {
        match shop.reserve(&code, &held("A-1", Some(hold_s)), &key(4)).await {
            Err(problem) => assert_eq!((problem.code, problem.limit), (ErrorCode::HoldTooLong, Some(HOLD_MAX_S))),
            Ok(reserved) => panic!("held for {hold_s} s: {reserved:?}"),
        }
    }
    accepted(shop.reserve(&code, &held("A-1", Some(HOLD_MAX_S)), &key(4)).await);
}
