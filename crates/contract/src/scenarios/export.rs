//! Everything that is kept, to take along; and how far somebody's word went.

use carnival_domain::delivery::DeliveryForm;
use carnival_domain::reach::Reach;
use carnival_domain::share_token::{Channel, Landing};

use super::campaign::{ROUND_MS, TARGET, campaign, slug};
use super::{Stage, accepted, key, open_round};
use crate::api::CampaignApi;
use crate::export::guide;
use crate::requests::{GiveConsent, MakeLink};
use crate::shop::{ReserveCoupon, ShopApi};

fn to_stars() -> MakeLink {
    MakeLink { landing: Landing::Stars, channel: Channel::Group }
}

/// What was entered, won, cast, claimed, said and shared, each with what belongs to it; and nothing of others.
pub async fn everything_that_is_kept_is_in_the_export<S: Stage>(stage: &S) {
    let (ann, ben, shop) = (stage.participant().await, stage.participant().await, stage.shop().await);
    let round = open_round(stage).await;
    let entry = accepted(ann.enter_round(round.round_id, &key(1)).await).receipt;
    accepted(ben.enter_round(round.round_id, &key(1)).await);
    accepted(ann.cast_vote(&slug("ben"), &key(2)).await);
    let coupon = accepted(ann.claim_coupon(&slug("twice"), &key(3)).await).coupon;
    let order = ReserveCoupon { order_id: "A-1".parse().unwrap_or_else(|_| panic!("no number")), hold_s: None };
    let held = accepted(shop.reserve(&coupon.code, &order, &key(1)).await);
    accepted(ann.give_consent(&GiveConsent { version: campaign().privacy.version }, &key(4)).await);
    accepted(ann.withdraw_consent(&key(5)).await);
    let link = accepted(ann.make_link(&to_stars(), &key(6)).await);
    accepted(ben.record_visit(&link.token, &key(2)).await);
    let theirs = accepted(ben.make_link(&to_stars(), &key(3)).await);
    accepted(ann.record_visit(&theirs.token, &key(7)).await);

    let (me, kept) = (accepted(ann.me().await), accepted(ann.export().await));
    let now = accepted(ann.time().await).server_time;
    assert_eq!((kept.generated_at, kept.campaign_id), (now, campaign().id));
    assert_eq!(kept.entries, [entry]);
    assert_eq!(kept.votes.iter().map(|vote| (vote.star_id.as_str(), vote.cast_at)).collect::<Vec<_>>(), [("ben", now)]);
    assert_eq!(kept.coupons.len(), 1);
    assert_eq!((&kept.coupons[0].coupon, &kept.coupons[0].reservations), (&coupon, &vec![held.reservation]));
    assert_eq!(kept.consents.iter().map(|said| said.is_given).collect::<Vec<_>>(), [true, false]);
    assert_eq!(kept.links.iter().map(|link| (&link.path, link.made_at)).collect::<Vec<_>>(), [(&link.path, now)]);
    assert_eq!((kept.visits.visit_count, kept.visits.opened_count), (1, 1));
    assert_eq!(kept.visits.by_channel, me.visits_by_channel);
    assert_eq!((kept.accounts.len(), kept.other_id_count), (0, 0));
    assert!(kept.answer_count > 0, "answers are kept for a while");

    for _ in 2..TARGET {
        accepted(stage.participant().await.enter_round(round.round_id, &key(1)).await);
    }
    stage.advance_ms(ROUND_MS).await;
    for shopper in [&ann, &ben] {
        for win in accepted(shopper.me().await).wins.into_iter().filter(|win| win.claim_by.is_some()) {
            let form = DeliveryForm {
                name: "张小明".to_owned(),
                phone: "13800138000".to_owned(),
                address: "北京市朝阳区星光路 6 号".to_owned(),
            };
            accepted(shopper.claim_prize(&win.draw_id, win.entry_id, &form, &key(9)).await);
            let told = accepted(shopper.export().await).wins.into_iter().find(|won| won.win.entry_id == win.entry_id);
            assert_eq!(told.and_then(|told| told.goes_to), Some(form), "in clear for whoever gave it");
        }
    }
    let newcomer = accepted(stage.participant().await.export().await);
    assert!(newcomer.entries.is_empty() && newcomer.links.is_empty() && newcomer.answer_count == 0);
}

/// Whoever reads the file in ten years finds in it what it says.
pub async fn the_guide_names_every_field<S: Stage>(stage: &S) {
    let kept = accepted(stage.participant().await.export().await);
    assert_eq!(kept.guide, guide());
    let fields = [
        "generated_at",
        "campaign_id",
        "participant_id",
        "other_id_count",
        "entries",
        "wins",
        "votes",
        "coupons",
        "starts",
        "fans",
        "picks",
        "shows_picks",
        "consents",
        "accounts",
        "links",
        "visits",
        "canvassed",
        "earned",
        "answer_count",
    ];
    let mut sorted: Vec<_> = fields.to_vec();
    sorted.sort_unstable();
    assert_eq!(kept.guide.keys().map(String::as_str).collect::<Vec<_>>(), sorted);
}

/// Ann to Ben and Cai, Ben to Dai, Dai back to Ann and to Cai: nobody twice, nobody for themselves, and the ring ends.
pub async fn a_reach_is_counted_by_generation<S: Stage>(stage: &S) {
    let [ann, ben, cai, dai] =
        [stage.participant().await, stage.participant().await, stage.participant().await, stage.participant().await];
    assert_eq!(accepted(ann.reach().await), Reach { generations: Vec::new(), is_whole: true });
    let mut tokens = Vec::new();
    for who in [&ann, &ben, &dai] {
        tokens.push(accepted(who.make_link(&to_stars(), &key(1)).await).token);
    }
    accepted(ben.record_visit(&tokens[0], &key(2)).await);
    accepted(cai.record_visit(&tokens[0], &key(2)).await);
    accepted(dai.record_visit(&tokens[1], &key(2)).await);
    accepted(ann.record_visit(&tokens[2], &key(2)).await);
    accepted(cai.record_visit(&tokens[2], &key(3)).await);
    assert_eq!(accepted(ann.reach().await), Reach { generations: vec![2, 1], is_whole: true });
    assert_eq!(accepted(ben.reach().await), Reach { generations: vec![1, 2], is_whole: true });
    assert_eq!(accepted(dai.reach().await), Reach { generations: vec![2, 1], is_whole: true });
    assert_eq!(accepted(ann.me().await).visit_count, 2, "the first generation is who came by their own links");
}
