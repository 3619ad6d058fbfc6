//! Votes, their limits, and the leaderboard.

use carnival_domain::ids::StarId;
use carnival_domain::leaderboard::PartFrom;
use carnival_domain::time::{DAY_MS, Day};

use super::campaign::slug;
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::replies::{LeaderboardReply, StarVotes};
use crate::requests::{Board, BoardPart};

const HOUR_MS: i64 = 3_600_000;

fn star(id: &str) -> StarId {
    slug(id)
}

async fn votes_of<S: Stage>(stage: &S, id: &str) -> u64 {
    stage.published().await;
    let tallies = accepted(stage.participant().await.campaign().await).live.tallies;
    let tally = tallies.iter().find(|tally| tally.star_id == star(id));
    tally.map_or(0, |tally| tally.vote_count)
}

/// The voter sees it in the answer, everybody else in the snapshot.
pub async fn a_vote_counts_and_is_seen_by_others<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let reply = accepted(ann.cast_vote(&star("ben"), &key(1)).await);
    assert_eq!(reply.tally.vote_count, 1);
    assert_eq!(reply.votes.by_star[0].vote_count, 1);
    assert_eq!(accepted(ann.me().await).votes, reply.votes);
    assert_eq!(votes_of(stage, "ben").await, 1);
    assert!(accepted(stage.participant().await.me().await).votes.by_star.is_empty());
}

/// A retry on a bad network is not a second vote.
pub async fn a_repeated_vote_with_the_same_key_is_one_vote<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let first = accepted(ann.cast_vote(&star("ben"), &key(1)).await);
    accepted(stage.participant().await.cast_vote(&star("ben"), &key(1)).await);
    accepted(ann.cast_vote(&star("ann"), &key(2)).await);
    assert_eq!(accepted(ann.cast_vote(&star("ben"), &key(1)).await), first, "as it was, whatever came since");
    stage.advance_ms(DAY_MS).await;
    accepted(ann.cast_vote(&star("ben"), &key(3)).await);
    assert_eq!(accepted(ann.cast_vote(&star("ben"), &key(1)).await), first, "on the next day too");
    assert_eq!(votes_of(stage, "ben").await, 3);
}

/// A key names one write; another write under it is a mistake that must be told.
pub async fn a_key_does_not_serve_for_two_requests<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    accepted(ann.cast_vote(&star("ben"), &key(1)).await);
    refused(ann.cast_vote(&star("cai"), &key(1)).await, ErrorCode::IdempotencyKeyReused);
    assert_eq!(votes_of(stage, "cai").await, 0);
    refused(ann.claim_coupon(&slug("few"), &key(1)).await, ErrorCode::IdempotencyKeyReused);
    accepted(ann.claim_coupon(&slug("few"), &key(2)).await);
    refused(ann.cast_vote(&star("cai"), &key(2)).await, ErrorCode::IdempotencyKeyReused);
}

/// One vote a star, three in all, and new ones at midnight in the campaign's zone.
pub async fn a_days_votes_are_limited_and_come_back_at_midnight<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    accepted(ann.cast_vote(&star("ann"), &key(1)).await);
    refused(ann.cast_vote(&star("ann"), &key(2)).await, ErrorCode::StarQuotaSpent);
    accepted(ann.cast_vote(&star("ben"), &key(3)).await);
    accepted(ann.cast_vote(&star("cai"), &key(4)).await);
    match ann.cast_vote(&star("dai"), &key(5)).await {
        Err(problem) => {
            assert_eq!(problem.code, ErrorCode::VoteQuotaSpent);
            let midnight = super::campaign::STARTS_AT.plus_ms(DAY_MS);
            assert_eq!(problem.available_at, Some(midnight));
        }
        Ok(reply) => panic!("a fourth vote was counted: {reply:?}"),
    }
    assert_eq!(votes_of(stage, "ann").await, 1);
    stage.advance_ms(12 * HOUR_MS).await;
    assert!(accepted(ann.me().await).votes.by_star.is_empty());
    assert_eq!(accepted(ann.cast_vote(&star("ann"), &key(6)).await).tally.vote_count, 2);
}

/// Who a hidden star is cannot be found out by asking.
pub async fn a_star_is_unknown_until_it_is_revealed<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    let before = accepted(ann.campaign().await);
    assert!(before.stars.iter().all(|known| known.id != star("hidden")));
    assert_eq!(before.reveals_at.len(), 1);
    assert_eq!(before.items[0].star_id, None, "an item must not tell whose style it is");
    refused(ann.cast_vote(&star("hidden"), &key(1)).await, ErrorCode::UnknownStar);
    refused(ann.cast_vote(&star("nobody"), &key(2)).await, ErrorCode::UnknownStar);
    stage.advance_ms(HOUR_MS).await;
    stage.published().await;
    let after = accepted(ann.campaign().await);
    assert!(after.stars.iter().any(|known| known.id == star("hidden")));
    assert_eq!(after.items[0].star_id, Some(star("hidden")));
    assert_ne!(after.live.revision, before.live.revision);
    accepted(ann.cast_vote(&star("hidden"), &key(3)).await);
}

/// Of equals, the first to get there stands above; the places behind a shared one are left out.
pub async fn equal_votes_share_a_place_and_the_first_to_reach_them_stands_above<S: Stage>(stage: &S) {
    for (voter, votes) in [["cai", "ann"], ["ann", "cai"]].into_iter().enumerate() {
        let participant = stage.participant().await;
        for (n, id) in votes.into_iter().enumerate() {
            accepted(participant.cast_vote(&star(id), &key((voter * 2 + n) as u8)).await);
        }
    }
    accepted(stage.participant().await.cast_vote(&star("ben"), &key(9)).await);
    for board in [Board::Overall, Board::Day] {
        let reply = accepted(stage.participant().await.leaderboard(board).await);
        let lines: Vec<_> = reply.standings.iter().map(|line| (line.rank, line.tally.star_id.as_str())).collect();
        assert_eq!(lines, [(1, "ann"), (1, "cai"), (3, "ben"), (4, "dai")]);
    }
    stage.advance_ms(12 * HOUR_MS).await;
    let today = accepted(stage.participant().await.leaderboard(Board::Day).await);
    assert!(today.standings.iter().all(|line| line.tally.vote_count == 0));
}

/// A long board is read in parts, from the top, back up, and around one's own star; days that are over can be read too.
pub async fn parts_of_a_board_join_up_in_both_directions<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    accepted(ann.cast_vote(&star("cai"), &key(1)).await);
    accepted(ann.cast_vote(&star("ann"), &key(2)).await);
    let ids = |reply: &LeaderboardReply| {
        reply.standings.iter().map(|line| line.tally.star_id.to_string()).collect::<Vec<_>>()
    };
    let part = |from, limit| BoardPart { from, limit: Some(limit), ..BoardPart::default() };
    let cursor = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok()).expect("a cursor");
    let whole = accepted(ann.leaderboard(Board::Overall).await);
    let first = accepted(ann.leaderboard_part(Board::Overall, &part(PartFrom::Top, 2)).await);
    assert_eq!((ids(&first).as_slice(), &first.previous_before), (&ids(&whole)[..2], &None));
    let after = part(PartFrom::After(cursor(&first.next_after)), 2);
    let second = accepted(ann.leaderboard_part(Board::Overall, &after).await);
    assert_eq!(second.standings, whole.standings[2..4], "ranks are those of the whole board");
    let before = part(PartFrom::Before(cursor(&second.previous_before)), 9);
    assert_eq!(accepted(ann.leaderboard_part(Board::Overall, &before).await).standings, first.standings);
    let around = accepted(ann.leaderboard_part(Board::Overall, &part(PartFrom::Around(star("ann")), 1)).await);
    assert_eq!(ids(&around), ["ann"]);
    for hidden in ["hidden", "nobody"] {
        let around = part(PartFrom::Around(star(hidden)), 1);
        refused(ann.leaderboard_part(Board::Overall, &around).await, ErrorCode::UnknownStar);
    }
    stage.advance_ms(12 * HOUR_MS).await;
    let yesterday = accepted(ann.leaderboard(Board::Day).await).day.map(|day| Day(day.0 - 1));
    let part = BoardPart { day: yesterday, ..BoardPart::default() };
    let over = accepted(ann.leaderboard_part(Board::Day, &part).await);
    assert_eq!((over.day, over.standings[0].tally.vote_count), (yesterday, 1));
    let tomorrow = BoardPart { day: yesterday.map(|day| Day(day.0 + 2)), ..BoardPart::default() };
    refused(ann.leaderboard_part(Board::Day, &tomorrow).await, ErrorCode::UnknownLeaderboard);
}

/// No vote counts after the campaign's end.
pub async fn the_board_freezes_at_the_end<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    accepted(ann.cast_vote(&star("ann"), &key(1)).await);
    stage.advance_ms(36 * HOUR_MS).await;
    refused(ann.cast_vote(&star("ann"), &key(2)).await, ErrorCode::VotingOver);
    assert_eq!(votes_of(stage, "ann").await, 1);
}

/// A star once, with all that it was given; the last one that was voted for stands first.
pub async fn votes_of_days_gone_by_are_told_with_todays<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    accepted(ann.cast_vote(&slug("ben"), &key(1)).await);
    accepted(ann.cast_vote(&slug("cai"), &key(2)).await);
    stage.advance_ms(DAY_MS).await;
    accepted(ann.cast_vote(&slug("ben"), &key(3)).await);
    let me = accepted(ann.me().await);
    let told = |votes: &[StarVotes]| -> Vec<(String, u32)> {
        votes.iter().map(|star| (star.star_id.to_string(), star.vote_count)).collect()
    };
    assert_eq!(told(&me.votes.by_star), [("ben".to_owned(), 1)]);
    assert_eq!(told(&me.all_votes), [("ben".to_owned(), 2), ("cai".to_owned(), 1)]);
}
