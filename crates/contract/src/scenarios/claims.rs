//! What becomes of prizes: claimed, passed on, sent.

use carnival_domain::award::{Award, AwardState};
use carnival_domain::checkout::CouponState;
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::ids::DrawId;
use carnival_domain::money::Fen;
use carnival_domain::time::DAY_MS;

use super::campaign::{CLAIM_WITHIN_MS, ROUND_MS, TARGET, campaign, slug};
use super::{Stage, accepted, key, open_round, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::replies::Win;
use crate::shop::{ReserveCoupon, ShopApi};

/// A draw that happened, and everybody who was in it.
struct Drawn<P> {
    draw_id: DrawId,
    crowd: Vec<P>,
}

async fn drawn<S: Stage>(stage: &S, count: u32) -> Drawn<S::Participant> {
    let round = open_round(stage).await;
    let mut crowd = Vec::new();
    for _ in 0..count {
        let participant = stage.participant().await;
        accepted(participant.enter_round(round.round_id, &key(1)).await);
        crowd.push(participant);
    }
    stage.advance_ms(round.closes_at.ms_since(accepted(crowd[0].time().await).server_time)).await;
    stage.published().await;
    // A back end may settle only when it is asked, and prizes are promised as it does.
    accepted(crowd[0].me().await);
    Drawn { draw_id: round.draw_id, crowd }
}

impl<P: CampaignApi> Drawn<P> {
    async fn log(&self) -> Vec<Award> {
        accepted(self.crowd[0].awards(&self.draw_id).await).awards
    }

    /// Whoever has a prize of this kind, and what they have; the last, if one passed it on to another.
    async fn winner(&self, prize: &str) -> (&P, Win) {
        let mut found = None;
        for participant in &self.crowd {
            let wins = accepted(participant.me().await).wins;
            let win = wins.into_iter().find(|win| win.prize_id == slug(prize) && win.state != AwardState::Lapsed);
            found = win.map(|win| (participant, win)).or(found);
        }
        found.unwrap_or_else(|| panic!("nobody won {prize}"))
    }
}

fn form() -> DeliveryForm {
    DeliveryForm {
        name: "张小明".to_owned(),
        phone: "13800138000".to_owned(),
        address: "北京市朝阳区星光路 6 号".to_owned(),
    }
}

/// Given once, shown back masked, changed as long as it was not sent; another's prize is nobody's to claim.
pub async fn a_thing_goes_where_its_winner_says_and_nobody_else_sees_where<S: Stage>(stage: &S) {
    let drawn = drawn(stage, TARGET).await;
    let (winner, win) = drawn.winner("first").await;
    let now = accepted(winner.time().await).server_time;
    assert_eq!((win.state, win.claim_by), (AwardState::Promised, Some(now.plus_ms(CLAIM_WITHIN_MS))));
    stage.advance_ms(CLAIM_WITHIN_MS - 1).await;
    let claimed = accepted(winner.claim_prize(&drawn.draw_id, win.entry_id, &form(), &key(2)).await);
    assert_eq!((claimed.entry_id, claimed.state), (win.entry_id, AwardState::Claimed));
    let again = winner.claim_prize(&drawn.draw_id, win.entry_id, &form(), &key(2)).await;
    assert_eq!(accepted(again), claimed, "a retry is answered alike");
    let shown = drawn.winner("first").await.1.delivery.unwrap_or_else(|| panic!("it was given"));
    assert_eq!((shown.name.as_str(), shown.phone.as_str()), ("张**", "138****8000"));
    assert!(!shown.address.contains("星光"));

    stage.advance_ms(1000).await;
    let elsewhere = DeliveryForm { name: "李雷".to_owned(), ..form() };
    let changed = accepted(winner.claim_prize(&drawn.draw_id, win.entry_id, &elsewhere, &key(3)).await);
    assert_eq!(changed, claimed, "it is the same claim, which was in time");
    let to_send = accepted(stage.deliveries().await).deliveries;
    assert_eq!(
        to_send.iter().map(|delivery| (delivery.entry_id, &delivery.to)).collect::<Vec<_>>(),
        [(win.entry_id, &elsewhere)]
    );

    let stranger = stage.participant().await;
    let theirs = stranger.claim_prize(&drawn.draw_id, win.entry_id, &form(), &key(2)).await;
    refused(theirs, ErrorCode::UnknownPrize);
    let unknown = winner.claim_prize(&"nowhere-r1".into(), win.entry_id, &form(), &key(4)).await;
    refused(unknown, ErrorCode::UnknownPrize);
    let reused = winner.claim_prize(&drawn.draw_id, win.entry_id, &elsewhere, &key(2)).await;
    refused(reused, ErrorCode::IdempotencyKeyReused);
}

/// Nothing to fill in, nothing to wait for.
pub async fn a_coupon_that_was_won_is_there_with_its_code<S: Stage>(stage: &S) {
    let drawn = drawn(stage, TARGET).await;
    let (winner, win) = drawn.winner("second").await;
    assert_eq!((win.state, win.claim_by), (AwardState::Given, None));
    let coupon = win.coupon.unwrap_or_else(|| panic!("a coupon has a code"));
    let now = accepted(winner.time().await).server_time;
    assert_eq!((coupon.code.len(), coupon.valid_until), (14, now.plus_ms(30 * DAY_MS)));
    let claimed = winner.claim_prize(&drawn.draw_id, win.entry_id, &form(), &key(2)).await;
    refused(claimed, ErrorCode::NothingToSend);
}

/// A coupon that was won is one at the checkout, and stands with the wins, not with what was claimed.
pub async fn a_coupon_that_was_won_goes_through_a_checkout<S: Stage>(stage: &S) {
    let (drawn, shop) = (drawn(stage, TARGET).await, stage.shop().await);
    let (winner, win) = drawn.winner("second").await;
    let code = win.coupon.expect("it is given with the result").code;
    assert_eq!(accepted(winner.me().await).coupons, [], "nothing was claimed");
    let coupon = accepted(shop.coupon(&code).await);
    assert_eq!((coupon.state, &coupon.code, coupon.offer_id.as_str()), (CouponState::Claimed, &code, "second"));
    assert_eq!((coupon.threshold_fen, coupon.valid_until.ms_since(coupon.claimed_at)), (Fen(0), 30 * DAY_MS));
    let order = ReserveCoupon { order_id: "A-1".parse().expect("an order number"), hold_s: None };
    let reserved = accepted(shop.reserve(&code, &order, &key(1)).await).reservation.reservation_id;
    accepted(shop.redeem(reserved, &key(2)).await);
    assert_eq!(accepted(shop.coupon(&code).await).state, CouponState::Redeemed);
    accepted(shop.roll_back(reserved, &key(3)).await);
    assert_eq!(accepted(shop.coupon(&code).await).state, CouponState::Claimed);
}

/// In the order of the proof, with a time to claim of its own, on the public log; and no prize is promised twice.
pub async fn an_unclaimed_prize_goes_to_the_next_reserve_and_everybody_sees_it<S: Stage>(stage: &S) {
    let drawn = drawn(stage, TARGET).await;
    let (late, lost) = drawn.winner("first").await;
    let proof = accepted(late.proof(&drawn.draw_id).await);
    let [winner, coupon] = &drawn.log().await[..] else { panic!("two prizes, two lines") };
    assert_eq!((winner.entry_id, winner.reserve, winner.place), (lost.entry_id, None, 1));
    assert_eq!((coupon.state, coupon.place), (AwardState::Given, 2));

    stage.advance_ms(CLAIM_WITHIN_MS).await;
    let now = accepted(late.time().await).server_time;
    let log = drawn.log().await;
    assert_eq!((log[0].state, log[0].changed_at), (AwardState::Lapsed, now));
    let next = &log[2];
    assert_eq!((next.entry_id, next.reserve), (proof.reserves[0], Some(1)));
    assert_eq!((next.place, &next.prize_id), (1, &log[0].prize_id));
    assert_eq!((next.state, next.claim_by), (AwardState::Promised, Some(now.plus_ms(CLAIM_WITHIN_MS))));
    let too_late = late.claim_prize(&drawn.draw_id, lost.entry_id, &form(), &key(2)).await;
    refused(too_late, ErrorCode::PrizeLapsed);

    let (heir, win) = drawn.winner("first").await;
    assert_eq!((win.entry_id, win.reserve), (proof.reserves[0], Some(1)));
    accepted(heir.claim_prize(&drawn.draw_id, win.entry_id, &form(), &key(2)).await);
    stage.advance_ms(CLAIM_WITHIN_MS).await;
    assert_eq!(drawn.log().await.len(), 3, "what is claimed stays claimed");
}

/// It does not go into a pool that was published without it.
pub async fn a_prize_without_a_reserve_left_lapses_in_the_open<S: Stage>(stage: &S) {
    let drawn = drawn(stage, TARGET + 1).await;
    for _ in 0..2 {
        stage.advance_ms(CLAIM_WITHIN_MS).await;
        assert_eq!(drawn.log().await.len(), 3, "asked each time, for a back end may settle only then");
    }
    let log = drawn.log().await;
    let things: Vec<_> = log.iter().filter(|award| award.place == 1).map(|award| award.state).collect();
    assert_eq!(things, [AwardState::Lapsed, AwardState::Lapsed], "one winner, one reserve, and nobody else");
    let holding: Vec<_> = log.iter().filter(|award| award.holds()).map(|award| award.place).collect();
    assert_eq!(holding, [2]);
}

/// The page says it beside the field.
pub async fn a_form_that_cannot_be_right_is_refused_by_its_field<S: Stage>(stage: &S) {
    let drawn = drawn(stage, TARGET).await;
    let (winner, win) = drawn.winner("first").await;
    let wrong = [
        ("name", DeliveryForm { name: " ".to_owned(), ..form() }),
        ("phone", DeliveryForm { phone: "later".to_owned(), ..form() }),
        ("address", DeliveryForm { address: "北京".to_owned(), ..form() }),
    ];
    for (n, (field, wrong)) in (2..).zip(wrong) {
        match winner.claim_prize(&drawn.draw_id, win.entry_id, &wrong, &key(n)).await {
            Err(problem) => {
                assert_eq!((problem.code, problem.detail.as_deref()), (ErrorCode::DeliveryMalformed, Some(field)));
            }
            Ok(reply) => panic!("taken: {reply:?}"),
        }
    }
    assert_eq!(drawn.winner("first").await.1.state, AwardState::Promised);
}

/// The fact stays; where somebody lives does not.
pub async fn what_was_sent_is_not_sent_elsewhere_and_its_address_is_forgotten<S: Stage>(stage: &S) {
    let drawn = drawn(stage, TARGET).await;
    let (winner, win) = drawn.winner("first").await;
    let nothing_yet = accepted(stage.dispatched(&[win.entry_id]).await);
    assert_eq!(nothing_yet.unknown, [win.entry_id]);
    accepted(winner.claim_prize(&drawn.draw_id, win.entry_id, &form(), &key(2)).await);
    for _ in 0..2 {
        let sent = accepted(stage.dispatched(&[win.entry_id]).await);
        assert_eq!((sent.entry_ids, sent.unknown), (vec![win.entry_id], Vec::new()));
    }
    assert!(accepted(stage.deliveries().await).deliveries.is_empty());
    let elsewhere = winner.claim_prize(&drawn.draw_id, win.entry_id, &form(), &key(3)).await;
    refused(elsewhere, ErrorCode::PrizeDispatched);

    let kept_ms = i64::from(campaign().privacy.delivery_keep_days) * DAY_MS;
    stage.advance_ms(kept_ms - ROUND_MS).await;
    assert!(drawn.winner("first").await.1.delivery.is_some());
    stage.advance_ms(ROUND_MS).await;
    let win = drawn.winner("first").await.1;
    assert_eq!((win.state, win.delivery), (AwardState::Dispatched, None));
}
