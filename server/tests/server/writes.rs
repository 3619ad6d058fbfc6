//! Writes: once however often they are asked for, and never more than there is.

use std::collections::HashSet;

use carnival_contract::api::CampaignApi as _;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::replies::receipt_message;
use carnival_domain::coupon::CouponOffer;
use carnival_domain::hex;
use carnival_domain::ids::{OfferId, StarId};
use ed25519_dalek::{Signature, VerifyingKey};
use futures_util::future::join_all;

use crate::client::http;
use crate::stage::{TestApp, Wish};

fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

#[tokio::test]
async fn of_a_hundred_who_claim_at_once_exactly_the_stock_get_one() {
    let mut wish = Wish::default();
    let few: OfferId = "few".parse().expect("a slug");
    let offer = wish.campaign.offers.iter_mut().find(|offer| offer.id == few);
    *offer.expect("the offer") = CouponOffer { stock: 7, ..wish_offer(&few) };
    let app = TestApp::with(wish).await;
    let shoppers = join_all((0..100).map(|_| app.shopper())).await;
    let key = key(1);
    let replies = join_all(shoppers.iter().map(|shopper| shopper.claim_coupon(&few, &key))).await;
    let codes: HashSet<_> = replies.iter().flatten().map(|reply| reply.coupon.code.clone()).collect();
    assert_eq!(codes.len(), 7);
    let refused: Vec<_> = replies.iter().filter_map(|reply| reply.as_ref().err()).collect();
    assert_eq!(refused.len(), 93);
    assert!(refused.iter().all(|problem| problem.code == ErrorCode::CouponSoldOut));
    let counts: HashSet<_> = replies.iter().flatten().map(|reply| reply.claimed_count).collect();
    assert_eq!(counts, (1..=7).collect());
}

#[tokio::test]
async fn the_last_coupon_goes_to_one_of_two_rivals() {
    let app = TestApp::on_sqlite().await;
    let few: OfferId = "few".parse().expect("a slug");
    app.shopper().await.claim_coupon(&few, &key(1)).await.expect("the first of two");
    let (ann, ben, key) = (app.shopper().await, app.shopper().await, key(2));
    let (one, other) = tokio::join!(ann.claim_coupon(&few, &key), ben.claim_coupon(&few, &key));
    assert!(one.is_ok() != other.is_ok());
}

#[tokio::test]
async fn the_same_tap_sent_many_times_at_once_counts_once() {
    let app = TestApp::on_sqlite().await;
    let (ann, star, key) = (app.shopper().await, "ann".parse::<StarId>().expect("a slug"), key(1));
    let replies = join_all((0..20).map(|_| ann.cast_vote(&star, &key))).await;
    for reply in &replies {
        let reply = reply.as_ref().expect("every try is answered with the vote");
        assert_eq!(reply.tally.vote_count, 1);
    }
}

#[tokio::test]
async fn a_receipt_can_be_checked_with_the_published_key() {
    let app = TestApp::on_sqlite().await;
    let ann = app.shopper().await;
    let round = ann.campaign().await.expect("a snapshot").live.round.expect("a round");
    let receipt = ann.enter_round(round.round_id, &key(1)).await.expect("an entry").receipt;
    let known = http().get(app.url("/.well-known/carnival.json")).send().await.expect("an answer");
    let known: serde_json::Value = known.json().await.expect("JSON");
    let public = known["receipt_key"]["public_key"].as_str().and_then(hex::decode::<32>).expect("a key");
    let public = VerifyingKey::from_bytes(&public).expect("a key");
    let signature = receipt.signature.as_deref().and_then(hex::decode::<64>).expect("a signature");
    let message = receipt_message(&receipt.draw_id, receipt.entry_id, receipt.accepted_at);
    public.verify_strict(&message, &Signature::from_bytes(&signature)).expect("signed by this server");
}

fn wish_offer(id: &OfferId) -> CouponOffer {
    carnival_contract::scenarios::campaign::campaign().offer(id).expect("the offer").clone()
}
