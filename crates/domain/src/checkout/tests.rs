//! What holds of a coupon at the checkout, in whatever order orders come, pay, lapse and are taken back.

use super::*;
use proptest::prelude::*;

const VALID_UNTIL: Timestamp = Timestamp::from_ms(1000);

fn order(n: u8) -> OrderId {
    format!("order-{n}").parse().expect("an order number")
}

fn reserved(n: u8, at: i64, until: i64) -> Reservation {
    Reservation {
        reservation_id: ReservationId([n; 16]),
        code: "CODE-1".to_owned(),
        order_id: order(n),
        reserved_at: Timestamp::from_ms(at),
        reserved_until: Timestamp::from_ms(until),
        redeemed_at: None,
        rolled_back_at: None,
    }
}

#[test]
fn a_coupon_is_held_by_one_order_until_its_time_is_over() {
    let last = reserved(1, 0, 10);
    let ask = |n, now| reserve(VALID_UNTIL, Some(&last), &order(n), Timestamp::from_ms(now));
    assert_eq!(ask(1, 9), Ok(true));
    assert_eq!(ask(2, 9), Err(ReserveRefused::Reserved { until: Timestamp::from_ms(10) }));
    assert_eq!(ask(2, 10), Ok(false));
    assert_eq!(last.redeem(Timestamp::from_ms(10)), Err(RedeemRefused::Lapsed { at: Timestamp::from_ms(10) }));
}

#[test]
fn a_coupon_that_is_held_on_its_last_day_can_still_be_redeemed() {
    let last = reserved(1, 999, 1100);
    let now = Timestamp::from_ms(1050);
    assert_eq!(coupon_state(VALID_UNTIL, Some(&last), now), CouponState::Reserved);
    assert!(last.redeem(now).is_ok());
    assert_eq!(
        reserve(VALID_UNTIL, Some(&last.roll_back(now)), &order(2), now),
        Err(ReserveRefused::Expired { at: VALID_UNTIL })
    );
}

#[test]
fn an_order_number_is_one_word() {
    assert!("2026-06-18/0001#a".parse::<OrderId>().is_ok());
    for bad in ["", "a b", "订单", &"x".repeat(65)] {
        assert_eq!(bad.parse::<OrderId>(), Err(MalformedId));
    }
}

#[derive(Clone, Debug)]
enum Step {
    Reserve { order: u8, hold_ms: i64 },
    Redeem { nth: usize },
    RollBack { nth: usize },
    Wait { ms: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0u8..3, 1i64..80).prop_map(|(order, hold_ms)| Step::Reserve { order, hold_ms }),
        3 => (0usize..8).prop_map(|nth| Step::Redeem { nth }),
        2 => (0usize..8).prop_map(|nth| Step::RollBack { nth }),
        3 => (0i64..60).prop_map(|ms| Step::Wait { ms }),
    ]
}

proptest! {
    #[test]
    fn no_two_orders_ever_hold_a_coupon_and_what_is_redeemed_stays_so(steps in prop::collection::vec(step(), 0..80)) {
        let (mut all, mut now): (Vec<Reservation>, _) = (Vec::new(), Timestamp::from_ms(0));
        for step in steps {
            match step {
                Step::Reserve { order: n, hold_ms } => {
                    if reserve(VALID_UNTIL, all.last(), &order(n), now) == Ok(false) {
                        all.push(reserved(n, now.as_ms(), now.as_ms() + hold_ms));
                    }
                }
                Step::Redeem { nth } => {
                    if let Some(one) = all.get_mut(nth) && let Ok(redeemed) = one.redeem(now) {
                        prop_assert_eq!(redeemed.redeem(now), Ok(redeemed.clone()), "again is the same");
                        *one = redeemed;
                    }
                }
                Step::RollBack { nth } => {
                    if let Some(one) = all.get_mut(nth) {
                        *one = one.roll_back(now);
                        prop_assert_eq!(&one.roll_back(now.plus_ms(5)), &*one, "again is the same");
                    }
                }
                Step::Wait { ms } => now = now.plus_ms(ms),
            }
            let holds = |one: &&Reservation| one.state_at(now).holds();
            let holders: Vec<_> = all.iter().filter(holds).collect();
            prop_assert!(holders.len() <= 1, "{:?}", holders);
            prop_assert_eq!(holders.first().copied(), all.last().filter(|last| holds(last)));
        }
    }
}
