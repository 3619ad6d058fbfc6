//! The draws of stars' fans.

use carnival_domain::award::{AwardState, Occasion};
use carnival_domain::delivery::DeliveryForm;
use carnival_domain::draw::commitment;
use carnival_domain::draw::merkle::root_of_path;
use carnival_domain::fans::FansEnding;
use carnival_domain::ids::StarId;
use carnival_domain::time::DAY_MS;

use super::campaign::{CLAIM_WITHIN_MS, FANS_TOP, STARTS_AT, noon, slug};
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::fans::{FansDrawView, FansView};
use crate::replies::FanEntry;

const HOUR_MS: i64 = 3_600_000;

fn star(id: &str) -> StarId {
    slug(id)
}

/// What everybody is shown.
async fn shown<S: Stage>(stage: &S) -> FansView {
    stage.published().await;
    let fans = accepted(stage.participant().await.fans().await).fans;
    fans.unwrap_or_else(|| panic!("there should be draws"))
}

async fn draw_of<S: Stage>(stage: &S, id: &str) -> FansDrawView {
    let draws = shown(stage).await.draws;
    let draw = draws.into_iter().find(|draw| draw.star_id == star(id));
    draw.unwrap_or_else(|| panic!("{id} should have a draw"))
}

async fn vote<P: CampaignApi>(who: &P, id: &str, n: u8) -> FanEntry {
    let counted = accepted(who.cast_vote(&star(id), &key(n)).await);
    counted.fan.unwrap_or_else(|| panic!("a vote is an entry"))
}

/// Five fans of ben, four of ann, three of cai; everybody votes once, and the campaign is over.
async fn season<S: Stage>(stage: &S) -> Vec<(S::Participant, FanEntry)> {
    let mut fans = Vec::new();
    for (id, count) in [("ben", 5), ("ann", 4), ("cai", 3)] {
        for _ in 0..count {
            let fan = stage.participant().await;
            let entry = vote(&fan, id, 1).await;
            fans.push((fan, entry));
        }
    }
    stage.advance_ms(36 * HOUR_MS).await;
    fans
}

/// However often they vote, and whether they retry or not; the commitment was there before.
pub async fn a_first_vote_for_a_star_is_an_entry_in_its_fans_draw<S: Stage>(stage: &S) {
    let before = draw_of(stage, "ann").await;
    assert_eq!((before.entry_count, before.ending, before.is_drawn), (0, None, false));
    let ann = stage.participant().await;
    assert!(accepted(ann.me().await).fans.is_empty());
    let first = vote(&ann, "ann", 1).await;
    assert_eq!((&first.star_id, &first.draw_id, first.accepted_at), (&star("ann"), &before.draw_id, noon()));
    assert_eq!(vote(&ann, "ann", 1).await, first, "a retry");
    stage.advance_ms(12 * HOUR_MS).await;
    assert_eq!(vote(&ann, "ann", 2).await, first, "the next day's vote");
    let other = vote(&ann, "ben", 3).await;
    assert!(other.draw_id != first.draw_id && other.entry_id != first.entry_id, "every draw has pseudonyms of its own");
    assert_ne!(vote(&stage.participant().await, "ann", 1).await.entry_id, first.entry_id);
    assert_eq!(accepted(ann.me().await).fans, [other, first.clone()]);
    let after = draw_of(stage, "ann").await;
    assert_eq!((after.entry_count, after.commitment), (2, before.commitment));
    match ann.proof(&first.draw_id).await {
        Err(problem) => {
            assert_eq!(problem.code, ErrorCode::DrawNotDone);
            assert_eq!(problem.available_at, Some(STARTS_AT.plus_ms(2 * DAY_MS)));
        }
        Ok(proof) => panic!("a draw was done while there are votes: {proof:?}"),
    }
}

/// It is committed to before anybody can vote, and nobody can tell whose it is.
pub async fn a_hidden_stars_draw_is_committed_to_without_its_name<S: Stage>(stage: &S) {
    let before = shown(stage).await;
    assert!(before.draws.iter().all(|draw| draw.star_id != star("hidden")));
    let [hidden] = before.hidden_commitments[..] else { panic!("one star is hidden") };
    stage.advance_ms(HOUR_MS).await;
    assert_eq!(draw_of(stage, "hidden").await.commitment, hidden);
    assert!(shown(stage).await.hidden_commitments.is_empty());
}

/// The board's first two; whoever the proof names has the prize, and everybody finds their entry under its root.
pub async fn the_first_stars_draws_are_held_at_the_end_and_anyone_can_check_them<S: Stage>(stage: &S) {
    let committed = [draw_of(stage, "ben").await, draw_of(stage, "ann").await];
    let fans = season(stage).await;
    assert_eq!(shown(stage).await.draws.iter().filter(|draw| draw.is_drawn).count(), FANS_TOP as usize);
    for before in committed {
        let draw = draw_of(stage, before.star_id.as_str()).await;
        assert_eq!((draw.ending, draw.is_drawn), (Some(FansEnding::Held), true));
        let mine: Vec<_> = fans.iter().filter(|(_, entry)| entry.draw_id == draw.draw_id).collect();
        let proof = accepted(mine[0].0.proof(&draw.draw_id).await);
        assert_eq!((proof.commitment, commitment(&proof.seed.0)), (before.commitment, before.commitment));
        assert_eq!(proof.closed_at, STARTS_AT.plus_ms(2 * DAY_MS));
        let entries = proof.entries.clone().unwrap_or_default();
        assert_eq!((entries.len(), entries.len()), (mine.len(), draw.entry_count as usize));
        assert_eq!((proof.winners.len(), proof.reserves.len()), (2, 1));
        assert!(proof.verify(&entries).is_ok());
        for (fan, entry) in mine {
            let path = accepted(fan.receipt_proof(&draw.draw_id, entry.entry_id).await);
            assert_eq!(root_of_path(entry.entry_id, &path.path), proof.root);
            let wins = accepted(fan.me().await).wins;
            let won: Vec<_> = wins.iter().map(|win| (win.entry_id, &win.prize_id)).collect();
            let named = proof.winners.iter().filter(|winner| winner.entry_id == entry.entry_id);
            assert_eq!(won, named.map(|winner| (winner.entry_id, &winner.prize_id)).collect::<Vec<_>>());
            assert!(wins.iter().all(|win| win.occasion == Occasion::Star(before.star_id.clone())));
        }
    }
}

/// Nothing is drawn, nobody wins, and everybody is told so.
pub async fn the_other_stars_draws_end_undrawn_in_the_open<S: Stage>(stage: &S) {
    let fans = season(stage).await;
    for id in ["cai", "dai"] {
        let draw = draw_of(stage, id).await;
        assert_eq!((draw.ending, draw.is_drawn), (Some(FansEnding::Undrawn), false));
        refused(fans[0].0.proof(&draw.draw_id).await, ErrorCode::DrawNotHeld);
        refused(fans[0].0.awards(&draw.draw_id).await, ErrorCode::DrawNotHeld);
    }
    let fans_of_cai: Vec<_> = fans.iter().filter(|(_, entry)| entry.star_id == star("cai")).collect();
    for (fan, entry) in fans_of_cai {
        let me = accepted(fan.me().await);
        assert_eq!((me.wins.len(), &me.fans[..]), (0, &[entry.clone()][..]));
        refused(fan.receipt_proof(&entry.draw_id, entry.entry_id).await, ErrorCode::DrawNotHeld);
    }
}

/// With its form, its time to claim and its reserves, on a public log.
pub async fn a_fans_prize_is_claimed_as_any_other<S: Stage>(stage: &S) {
    let fans = season(stage).await;
    let draw = draw_of(stage, "ben").await;
    let log = accepted(fans[0].0.awards(&draw.draw_id).await).awards;
    let things: Vec<_> = log.iter().filter(|award| award.prize_id.as_str() == "signed").collect();
    let [thing] = things[..] else { panic!("one thing, one line") };
    assert_eq!((thing.state, thing.place), (AwardState::Promised, 1));
    let winner = fans.iter().find(|(_, entry)| entry.entry_id == thing.entry_id);
    let (winner, _) = winner.unwrap_or_else(|| panic!("a fan won"));
    let form =
        DeliveryForm { name: "Ann".to_owned(), phone: "13800138000".to_owned(), address: "1 Star Street".to_owned() };
    let claimed = accepted(winner.claim_prize(&draw.draw_id, thing.entry_id, &form, &key(2)).await);
    assert_eq!(claimed.state, AwardState::Claimed);
    let to_send = accepted(stage.deliveries().await).deliveries;
    assert_eq!(to_send.iter().map(|delivery| delivery.entry_id).collect::<Vec<_>>(), [thing.entry_id]);
    assert_eq!(accepted(stage.dispatched(&[thing.entry_id]).await).entry_ids, [thing.entry_id]);

    // Nobody claims ann's: it goes to the reserve.
    let unclaimed = draw_of(stage, "ann").await;
    let proof = accepted(winner.proof(&unclaimed.draw_id).await);
    stage.advance_ms(CLAIM_WITHIN_MS).await;
    let log = accepted(winner.awards(&unclaimed.draw_id).await).awards;
    let [.., heir] = &log[..] else { panic!("a log") };
    assert_eq!((heir.entry_id, heir.reserve, heir.place), (proof.reserves[0], Some(1), 1));
}
