//! Pausing the rounds.

use super::campaign::{ROUND_MS, TARGET};
use super::{Stage, accepted, key, open_round, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::requests::PauseNote;

fn note(text: &str) -> PauseNote {
    PauseNote { note: Some(text.to_owned()) }
}

/// However long it lasts: the same time is left, the entries are there, and all that follows is later by it.
pub async fn a_pause_stops_the_clock_and_nothing_is_lost<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let ann = stage.participant().await;
    let entry = accepted(ann.enter_round(round.round_id, &key(1)).await);
    stage.advance_ms(ROUND_MS / 2).await;
    let pause = accepted(stage.pause(&note("设备检修")).await).pause;
    assert_eq!(pause.from, round.opens_at.plus_ms(ROUND_MS / 2));
    let stopped = open_round(stage).await;
    assert_eq!((stopped.round_id, stopped.closes_at), (round.round_id, round.closes_at));
    assert_eq!(stopped.paused.as_ref(), Some(&pause));
    let left = stopped.closes_at.ms_since(stopped.standing(accepted(ann.time().await).server_time));
    assert_eq!(left, ROUND_MS / 2);

    stage.advance_ms(10 * ROUND_MS).await;
    let still = open_round(stage).await;
    assert_eq!((still.round_id, still.participant_count), (round.round_id, 1), "no bell rings");
    assert_eq!(still.closes_at.ms_since(still.standing(accepted(ann.time().await).server_time)), left);
    let pause = accepted(stage.resume(&PauseNote { note: None }).await).pause;
    assert_eq!(pause.note, "设备检修");
    let going_on = open_round(stage).await;
    assert_eq!(going_on.paused, None);
    assert_eq!(going_on.closes_at, round.closes_at.plus_ms(10 * ROUND_MS));
    let mine = accepted(ann.me().await).entries;
    assert_eq!(mine, [entry.receipt]);

    stage.advance_ms(ROUND_MS / 2 - 1).await;
    accepted(stage.participant().await.enter_round(round.round_id, &key(1)).await);
    stage.advance_ms(1).await;
    let next = open_round(stage).await;
    assert_eq!(next.round_id.0, round.round_id.0 + 1);
    assert_eq!(next.opens_at, going_on.closes_at);
    refused(stage.participant().await.enter_round(round.round_id, &key(1)).await, ErrorCode::RoundClosed);
}

/// But who is in is in; and votes and coupons go on.
pub async fn nobody_enters_while_the_rounds_are_paused<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    let (ann, ben) = (stage.participant().await, stage.participant().await);
    let entry = accepted(ann.enter_round(round.round_id, &key(1)).await);
    accepted(stage.pause(&note("Checking")).await);
    refused(ben.enter_round(round.round_id, &key(1)).await, ErrorCode::RoundsPaused);
    assert_eq!(accepted(ann.enter_round(round.round_id, &key(2)).await), entry);
    accepted(ben.cast_vote(&super::campaign::slug("ann"), &key(3)).await);
    stage.advance_ms(3 * ROUND_MS).await;
    accepted(stage.resume(&PauseNote { note: None }).await);
    let late = accepted(ben.enter_round(round.round_id, &key(1)).await);
    assert_eq!(late.participant_count, 2, "the refused tap can be repeated under its own key");
    refused(stage.resume(&PauseNote { note: None }).await, ErrorCode::RoundsNotPaused);
}

/// A round that stood still says so for ever, in the words that everybody was told.
pub async fn pauses_are_on_the_public_record<S: Stage>(stage: &S) {
    let round = open_round(stage).await;
    for wrong in ["", "  ", "two\nlines"] {
        refused(stage.pause(&note(wrong)).await, ErrorCode::NoteMalformed);
    }
    refused(stage.pause(&PauseNote { note: None }).await, ErrorCode::NoteMalformed);
    let first = accepted(stage.pause(&note("Checking")).await).pause;
    stage.advance_ms(1000).await;
    let again = accepted(stage.pause(&note("Still checking")).await).pause;
    assert_eq!(again.from, first.from, "it is the same pause");
    stage.advance_ms(1000).await;
    let over = accepted(stage.resume(&note("A fault, mended")).await).pause;
    assert_eq!(over.until.map(|until| until.ms_since(over.from)), Some(2000));
    let ann = stage.participant().await;
    for _ in 0..TARGET {
        accepted(stage.participant().await.enter_round(round.round_id, &key(1)).await);
    }
    stage.advance_ms(2 * ROUND_MS).await;
    stage.published().await;
    let ledger = accepted(ann.rounds(None).await).rounds;
    let [next, paused] = &ledger[..] else { panic!("two rounds ended: {ledger:?}") };
    assert_eq!((paused.pauses.as_slice(), paused.ended_at), (&[over][..], round.closes_at.plus_ms(2000)));
    assert_eq!((next.pauses.len(), next.opens_at), (0, paused.ended_at));
    let proof = accepted(ann.proof(&round.draw_id).await);
    assert_eq!(proof.closed_at, paused.ended_at);
}
