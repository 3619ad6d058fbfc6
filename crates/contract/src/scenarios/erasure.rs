//! Erasing oneself: nothing says any more who it was, and nobody else loses anything by it.

use carnival_domain::award::AwardState;
use carnival_domain::checkout::{CouponState, ReservationState};
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::draw::merkle::root_of_path;
use carnival_domain::share_token::{Channel, Landing};

use super::campaign::{ROUND_MS, TARGET, campaign, slug};
use super::{Stage, accepted, key, open_round, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::replies::EntryReceipt;
use crate::requests::{GiveConsent, MakeLink};
use crate::shop::{ReserveCoupon, ShopApi};

/// So many newcomers in the open round, with their receipts.
async fn crowd<S: Stage>(stage: &S, count: u32) -> Vec<(S::Participant, EntryReceipt)> {
    let round = open_round(stage).await;
    let mut crowd = Vec::new();
    for _ in 0..count {
        let participant = stage.participant().await;
        let receipt = accepted(participant.enter_round(round.round_id, &key(1)).await).receipt;
        crowd.push((participant, receipt));
    }
    crowd
}

/// The votes count, the round has its participant, the proof holds, and the receipt is in it.
pub async fn whoever_is_erased_is_a_stranger_and_what_they_did_still_counts<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let crowd = crowd(stage, TARGET).await;
    let (ann, receipt) = &crowd[0];
    let tally = accepted(ann.cast_vote(&slug("ben"), &key(2)).await).tally;
    accepted(ann.give_consent(&GiveConsent { version: campaign().privacy.version }, &key(3)).await);
    accepted(ann.claim_coupon(&slug("twice"), &key(4)).await);
    let now = accepted(ann.time().await).server_time;
    let erased = accepted(ann.erase(&key(5)).await);
    assert_eq!(erased.erased_at, now);
    stage.advance_ms(1000).await;
    assert_eq!(accepted(ann.erase(&key(5)).await), erased, "a retry is answered alike");
    assert_eq!(accepted(ann.erase(&key(6)).await), erased, "and so is another tap");

    let board = accepted(crowd[1].0.leaderboard(crate::requests::Board::Overall).await).standings;
    let shown = board.iter().find(|standing| standing.tally.star_id == tally.star_id);
    assert_eq!(shown.map(|standing| standing.tally.vote_count), Some(1));
    assert_eq!(open_round(stage).await.participant_count, TARGET);
    stage.advance_ms(ROUND_MS).await;
    stage.published().await;
    let proof = accepted(crowd[1].0.proof(&round.draw_id).await);
    let entries = proof.entries.clone().unwrap_or_default();
    assert_eq!(proof.verify(&entries).err(), None);
    let path = accepted(crowd[1].0.receipt_proof(&round.draw_id, receipt.entry_id).await);
    assert_eq!(root_of_path(receipt.entry_id, &path.path), proof.root, "the receipt that they took along still holds");
}

/// Neither the old cookie nor a key that it used says or does anything any more.
pub async fn what_was_on_its_way_is_refused<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let ann = stage.participant().await;
    accepted(ann.cast_vote(&slug("ben"), &key(1)).await);
    let link = MakeLink { landing: Landing::Stars, channel: Channel::Group };
    let token = accepted(ann.make_link(&link, &key(2)).await).token;
    accepted(ann.erase(&key(3)).await);
    let gone = ErrorCode::ParticipantErased;
    refused(ann.cast_vote(&slug("ben"), &key(1)).await, gone);
    refused(ann.cast_vote(&slug("cai"), &key(4)).await, gone);
    refused(ann.enter_round(round.round_id, &key(5)).await, gone);
    refused(ann.claim_coupon(&slug("twice"), &key(6)).await, gone);
    refused(ann.make_link(&link, &key(7)).await, gone);
    refused(ann.record_visit(&token, &key(8)).await, gone);
    refused(ann.give_consent(&GiveConsent { version: campaign().privacy.version }, &key(9)).await, gone);
    refused(ann.withdraw_consent(&key(10)).await, gone);
    refused(ann.me().await, gone);
    refused(ann.export().await, gone);
    refused(ann.reach().await, gone);
}

/// A promised one, and a claimed one with its address; on the public log. What was decided before stays as it was.
pub async fn prizes_go_to_the_next_reserve_at_once<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let crowd = crowd(stage, TARGET + 1).await;
    stage.advance_ms(ROUND_MS).await;
    stage.published().await;
    let proof = accepted(crowd[0].0.proof(&round.draw_id).await);
    let mut thing = None;
    for (who, _) in &crowd {
        let wins = accepted(who.me().await).wins;
        thing = wins.into_iter().find(|win| win.prize_id == slug("first")).map(|win| (who, win)).or(thing);
    }
    let (winner, win) = thing.unwrap_or_else(|| panic!("somebody won it"));
    let form = DeliveryForm {
        name: "张小明".to_owned(),
        phone: "13800138000".to_owned(),
        address: "北京市朝阳区星光路 6 号".to_owned(),
    };
    accepted(winner.claim_prize(&win.draw_id, win.entry_id, &form, &key(2)).await);
    assert_eq!(accepted(stage.deliveries().await).deliveries.len(), 1);
    accepted(winner.erase(&key(3)).await);
    assert!(accepted(stage.deliveries().await).deliveries.is_empty(), "nobody lives there any more");
    let log = accepted(stage.participant().await.awards(&round.draw_id).await).awards;
    assert_eq!((log[0].entry_id, log[0].state), (win.entry_id, AwardState::Lapsed));
    assert_eq!((log[2].entry_id, log[2].place, log[2].state), (proof.reserves[0], 1, AwardState::Promised));
    assert_eq!(accepted(stage.participant().await.proof(&round.draw_id).await), proof, "the proof is what it was");
}

/// It was in before, and its receipt says so; but whoever is drawn for nobody's entry is the next.
pub async fn an_entry_of_nobody_stays_in_its_draw_and_wins_for_the_next<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let crowd = crowd(stage, TARGET).await;
    // Three entries, two prizes and one reserve: two of them, so that one wins whatever is drawn.
    let (kept, gone) = (&crowd[0], &crowd[1..]);
    for (who, _) in gone {
        accepted(who.erase(&key(2)).await);
    }
    stage.advance_ms(ROUND_MS).await;
    stage.published().await;
    let proof = accepted(kept.0.proof(&round.draw_id).await);
    let entries = proof.entries.clone().unwrap_or_default();
    assert_eq!((entries.len(), proof.verify(&entries).err()), (TARGET as usize, None));
    let log = accepted(kept.0.awards(&round.draw_id).await).awards;
    for award in &log {
        let is_kept = award.entry_id == kept.1.entry_id;
        assert_eq!(award.holds(), is_kept, "what nobody won is nobody's: {award:?}");
    }
    let mine = accepted(kept.0.me().await).wins;
    assert_eq!(mine.len(), 1, "they won, or were the reserve");
    assert_eq!(mine[0].coupon.is_some(), mine[0].state == AwardState::Given, "a coupon has its code");
}

/// What an order used was used; what none did is worth nothing from now on, and what an order holds is still paid with.
pub async fn coupons_end_and_the_shops_books_stay<S: Stage>(stage: &S) {
    let (ann, shop) = (stage.participant().await, stage.shop().await);
    let mut codes = Vec::new();
    for (n, offer) in ["twice", "twice", "few"].into_iter().enumerate() {
        codes.push(accepted(ann.claim_coupon(&slug(offer), &key(n as u8 + 1)).await).coupon.code);
    }
    let order = |id: &str| ReserveCoupon { order_id: id.parse().unwrap_or_else(|_| panic!("{id}")), hold_s: None };
    let used = accepted(shop.reserve(&codes[0], &order("A-1"), &key(1)).await).reservation.reservation_id;
    accepted(shop.redeem(used, &key(2)).await);
    let held = accepted(shop.reserve(&codes[1], &order("A-2"), &key(3)).await).reservation.reservation_id;
    stage.advance_ms(1000).await;
    accepted(ann.erase(&key(9)).await);

    assert_eq!(accepted(shop.coupon(&codes[0]).await).state, CouponState::Redeemed);
    assert_eq!(
        accepted(shop.redeem(held, &key(4)).await).state,
        ReservationState::Redeemed,
        "their order went through"
    );
    assert_eq!(accepted(shop.coupon(&codes[2]).await).state, CouponState::Expired);
    refused(shop.reserve(&codes[2], &order("A-3"), &key(5)).await, ErrorCode::CouponExpired);
    stage.published().await;
    let claims = accepted(stage.participant().await.campaign().await).live.claims;
    let few = claims.iter().find(|claims| claims.offer_id == slug("few")).map(|claims| claims.claimed_count);
    assert_eq!(few, Some(1), "what was given out was given out");
}

/// A link that a friend kept leads where it led, and counts for nobody; whoever was visited by them keeps the visit.
pub async fn links_lead_on_and_nobody_is_counted_twice<S: Stage>(stage: &S) {
    let [ann, ben, cai] = [stage.participant().await, stage.participant().await, stage.participant().await];
    let link = MakeLink { landing: Landing::Star { star_id: slug("ben") }, channel: Channel::Friend };
    let by_ann = accepted(ann.make_link(&link, &key(1)).await).token;
    let by_ben = accepted(ben.make_link(&link, &key(1)).await).token;
    accepted(ben.record_visit(&by_ann, &key(2)).await);
    accepted(cai.record_visit(&by_ben, &key(1)).await);
    assert_eq!(accepted(ann.reach().await).generations, [1, 1]);
    accepted(ben.erase(&key(3)).await);
    assert_eq!(
        accepted(ann.reach().await).generations,
        [1],
        "who came by links that are gone is not traced through them"
    );
    assert_eq!(accepted(ann.me().await).visit_count, 1);
    let visit = accepted(stage.participant().await.record_visit(&by_ben, &key(1)).await);
    assert_eq!((visit.counted, visit.landing), (false, link.landing));
}
