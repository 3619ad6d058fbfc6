//! Rounds, their draws and the public ledger.

use std::collections::HashSet;

use carnival_domain::award::Occasion;
use carnival_domain::draw::commitment;
use carnival_domain::draw::merkle::root_of_path;
use carnival_domain::ids::RoundId;
use carnival_domain::round::RoundEnding;

use super::campaign::{ROUND_MS, TARGET};
use super::{Stage, accepted, key, open_round, open_round_id, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::replies::EntryReceipt;

/// Lets `count` newcomers enter the open round; returns them with their receipts.
async fn crowd<S: Stage>(stage: &S, count: u32) -> Vec<(S::Participant, EntryReceipt)> {
    let round = open_round_id(stage).await;
    let mut crowd = Vec::new();
    for n in 0..count {
        let participant = stage.participant().await;
        let reply = accepted(participant.enter_round(round, &key(1)).await);
        assert_eq!(reply.participant_count, n + 1);
        crowd.push((participant, reply.receipt));
    }
    crowd
}

/// Entering again, by another tap or by a retry, shows the entry that is there.
pub async fn a_participant_is_in_a_round_once<S: Stage>(stage: &S) {
    let round = open_round_id(stage).await;
    let ann = stage.participant().await;
    let first = accepted(ann.enter_round(round, &key(1)).await);
    assert_eq!(first.participant_count, 1);
    for again in [key(1), key(2)] {
        assert_eq!(accepted(ann.enter_round(round, &again).await), first);
    }
    assert_eq!(accepted(ann.me().await).entries, [first.receipt]);
    assert_eq!(open_round(stage).await.participant_count, 1);
}

/// Before it begins, after its bell and where there is none: each has its own refusal.
pub async fn a_round_is_closed_from_the_bell_on<S: Stage>(stage: &S) {
    let round = open_round_id(stage).await;
    let ann = stage.participant().await;
    let next = RoundId(round.0 + 1);
    refused(ann.enter_round(next, &key(1)).await, ErrorCode::RoundNotOpenYet);
    refused(ann.enter_round(RoundId(1), &key(2)).await, ErrorCode::RoundClosed);
    refused(ann.enter_round(RoundId(99_999), &key(3)).await, ErrorCode::UnknownRound);
    stage.advance_ms(ROUND_MS).await;
    refused(ann.enter_round(round, &key(4)).await, ErrorCode::RoundClosed);
    accepted(ann.enter_round(next, &key(5)).await);
}

/// Nothing is lost when too few came: the next round has their entries, and both rounds' prizes.
pub async fn a_round_below_its_target_rolls_over_with_pool_and_entries<S: Stage>(stage: &S) {
    let before = open_round(stage).await;
    let early = crowd(stage, TARGET - 1).await;
    stage.advance_ms(ROUND_MS).await;
    let after = open_round(stage).await;
    assert_eq!(after.round_id.0, before.round_id.0 + 1);
    assert_eq!(after.draw_id, before.draw_id, "the draw goes on");
    assert_eq!(after.commitment, before.commitment, "under the same commitment");
    assert_eq!((after.participant_count, after.carried_entry_count), (0, TARGET - 1));
    assert_eq!(after.carried_in, before.pool);
    assert_eq!(after.pool, before.pool.clone().plus(&before.pool));

    let late = crowd(stage, TARGET).await;
    stage.advance_ms(ROUND_MS).await;
    stage.published().await;
    let ledger = accepted(early[0].0.rounds(None).await).rounds;
    assert_eq!(ledger[0].ending, RoundEnding::Drawn);
    assert_eq!(ledger[0].carried_in, before.pool);
    assert_eq!(ledger[1].ending, RoundEnding::RolledOver);
    assert_eq!(ledger[1].draw_id, None);
    assert_eq!(ledger[0].winners.len(), after.pool.prize_count() as usize);

    let proof = accepted(late[0].0.proof(&before.draw_id).await);
    let listed: HashSet<_> = proof.entries.iter().flatten().copied().collect();
    let entered = early.iter().chain(&late).map(|(_, receipt)| receipt.entry_id).collect();
    assert_eq!(listed, entered, "the early entries are in the draw");
}

/// The proof holds, keeps to what was published before, and every receipt is in it.
pub async fn a_round_that_meets_its_target_is_drawn_and_anyone_can_check_it<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let crowd = crowd(stage, TARGET + 2).await;
    stage.advance_ms(ROUND_MS).await;
    stage.published().await;
    let anyone = stage.participant().await;
    let proof = accepted(anyone.proof(&round.draw_id).await);
    assert_eq!(proof.draw_id, round.draw_id);
    assert_eq!(proof.commitment, round.commitment);
    assert_eq!(proof.closed_at, round.closes_at);
    assert!(proof.opened_at <= round.opens_at.max(crowd[0].1.accepted_at));
    let entries = proof.entries.clone().unwrap_or_default();
    assert_eq!(entries.len(), crowd.len());
    assert_eq!(proof.verify(&entries).err(), None);

    for (participant, receipt) in &crowd {
        assert_eq!(receipt.draw_id, round.draw_id);
        let path = accepted(participant.receipt_proof(&round.draw_id, receipt.entry_id).await);
        assert_eq!(path.root, proof.root);
        assert_eq!(root_of_path(receipt.entry_id, &path.path), proof.root);
    }
    let ledger = accepted(anyone.rounds(None).await).rounds;
    assert_eq!(ledger[0].draw_id.as_ref(), Some(&round.draw_id));
    assert_eq!(ledger[0].winners, proof.winners);
    let next = open_round(stage).await;
    assert!(next.carried_in.0.is_empty(), "what was drawn is not carried on");
    assert_ne!(next.commitment, round.commitment, "every draw has a secret of its own");
}

/// Whoever the proof names has the prize, and nobody else.
pub async fn winners_find_their_prizes_among_their_things<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let crowd = crowd(stage, TARGET + 1).await;
    stage.advance_ms(ROUND_MS).await;
    stage.published().await;
    let proof = accepted(crowd[0].0.proof(&round.draw_id).await);
    for (participant, receipt) in &crowd {
        let wins = accepted(participant.me().await).wins;
        let won: Vec<_> = wins.iter().map(|win| (win.entry_id, win.prize_id.clone())).collect();
        let named = proof.winners.iter().filter(|winner| winner.entry_id == receipt.entry_id);
        let named: Vec<_> = named.map(|w| (w.entry_id, w.prize_id.clone())).collect();
        assert_eq!(won, named);
        assert!(wins.iter().all(|win| win.occasion == Occasion::Round(round.round_id)));
    }
}

/// The seed comes out with the result, never before.
pub async fn a_draw_keeps_its_secret_until_it_is_done<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let (ann, receipt) = crowd(stage, TARGET).await.remove(0);
    refused(ann.proof(&round.draw_id).await, ErrorCode::DrawNotDone);
    refused(ann.receipt_proof(&round.draw_id, receipt.entry_id).await, ErrorCode::DrawNotDone);
    refused(ann.proof(&"nowhere-r1".into()).await, ErrorCode::UnknownDraw);
    stage.advance_ms(ROUND_MS).await;
    let proof = accepted(ann.proof(&round.draw_id).await);
    assert_eq!(commitment(&proof.seed.0), round.commitment);
}

/// A back end that slept through several bells makes up for them, in their order.
pub async fn rounds_that_nobody_watched_end_all_the_same<S: Stage>(stage: &S) {
    let first = open_round(stage).await;
    crowd(stage, 1).await;
    stage.advance_ms(3 * ROUND_MS + 1).await;
    let now_open = open_round(stage).await;
    assert_eq!(now_open.round_id.0, first.round_id.0 + 3);
    assert_eq!(now_open.pool.prize_count(), 4 * first.pool.prize_count());
    let ledger = accepted(stage.participant().await.rounds(None).await);
    let ids: Vec<_> = ledger.rounds.iter().map(|round| round.round_id.0 - first.round_id.0).collect();
    assert_eq!(ids, [2, 1, 0]);
    let earlier = accepted(stage.participant().await.rounds(Some(ledger.rounds[0].round_id)).await);
    assert_eq!(earlier.rounds, ledger.rounds[1..]);
}
