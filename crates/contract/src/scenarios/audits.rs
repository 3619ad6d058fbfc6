//! The daily public audit of votes.

use carnival_domain::time::DAY_MS;

use super::campaign::slug;
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::audits::{AuditDay, RefusedVotes};
use crate::error_code::ErrorCode;
use crate::requests::Board;

async fn audits<S: Stage>(stage: &S) -> Vec<AuditDay> {
    accepted(stage.participant().await.audits().await).days
}

fn refusals(day: &AuditDay) -> Vec<(ErrorCode, u64)> {
    day.refused.iter().map(|RefusedVotes { code, count }| (*code, *count)).collect()
}

/// Refusals by a rule of the game, and nothing else: a retry that is answered alike is no vote, and a mistake is no refusal.
/// They are public with the next vote that is accepted, at the latest.
pub async fn every_vote_of_a_day_is_in_its_audit<S: Stage>(stage: &S) {
    let blank = audits(stage).await;
    assert_eq!(blank.len(), 1, "days that have not begun are not told");
    assert_eq!((blank[0].accepted, blank[0].taken_back, blank[0].is_over), (0, 0, false));
    assert_eq!(blank[0].refused, []);
    let ann = stage.participant().await;
    for star in ["hidden", "nobody"] {
        refused(ann.cast_vote(&slug(star), &key(1)).await, ErrorCode::UnknownStar);
    }
    accepted(ann.cast_vote(&slug("ann"), &key(2)).await);
    refused(ann.cast_vote(&slug("ann"), &key(3)).await, ErrorCode::StarQuotaSpent);
    accepted(ann.cast_vote(&slug("ann"), &key(2)).await);
    refused(ann.cast_vote(&slug("ben"), &key(2)).await, ErrorCode::IdempotencyKeyReused);
    accepted(ann.cast_vote(&slug("ben"), &key(4)).await);
    accepted(ann.cast_vote(&slug("cai"), &key(5)).await);
    refused(ann.cast_vote(&slug("dai"), &key(6)).await, ErrorCode::VoteQuotaSpent);
    accepted(stage.participant().await.cast_vote(&slug("ann"), &key(7)).await);
    let days = audits(stage).await;
    assert_eq!((days.len(), days[0].accepted, days[0].taken_back), (1, 4, 0));
    let expected = [(ErrorCode::StarQuotaSpent, 1), (ErrorCode::UnknownStar, 2), (ErrorCode::VoteQuotaSpent, 1)];
    assert_eq!(refusals(&days[0]), expected);
    let board = accepted(ann.leaderboard(Board::Day).await);
    let on_board: u64 = board.standings.iter().map(|line| line.tally.vote_count).sum();
    assert_eq!((Some(days[0].day), days[0].accepted), (board.day, on_board));
}

/// Newest first; what a day has stays with it when the next begins.
pub async fn a_day_that_is_over_keeps_its_audit<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    accepted(ann.cast_vote(&slug("ann"), &key(1)).await);
    refused(ann.cast_vote(&slug("ann"), &key(2)).await, ErrorCode::StarQuotaSpent);
    stage.advance_ms(DAY_MS).await;
    accepted(ann.cast_vote(&slug("ann"), &key(3)).await);
    let days = audits(stage).await;
    let told: Vec<_> = days.iter().map(|day| (day.is_over, day.accepted, refusals(day))).collect();
    assert_eq!(told, [(false, 1, vec![]), (true, 1, vec![(ErrorCode::StarQuotaSpent, 1)])]);
    assert_eq!(days[0].day.0, days[1].day.0 + 1);
}
