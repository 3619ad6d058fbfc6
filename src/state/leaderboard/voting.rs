//! Casting votes, one request at a time, and choosing the board.

use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::replies::{StarVotes, VoteCounted};
use carnival_contract::requests::Board;
use carnival_domain::ids::StarId;
use leptos::task::spawn_local;

use super::VoteState;
use crate::browser::boot;
use crate::state::later::News;
use crate::state::{State, new_key};

impl State {
    /// Casts a vote. It is on the board at once, and waits its turn behind those on their way.
    pub(crate) fn cast_vote(self, star: &StarId) {
        let board = self.leaderboard;
        let state = board.rows.with_untracked(|rows| {
            rows.iter().find(|row| row.star.id == *star).map(|row| row.now.get_untracked().vote)
        });
        if state != Some(VoteState::Ready) {
            return;
        }
        board.refused.set(None);
        board.just_cast.set(Some((star.clone(), self.clock.now())));
        let vote = board.pending_vote(star);
        board.pending.update(|pending| pending.push(vote));
        self.refresh_leaderboard();
        if board.pending.with(Vec::len) == 1 {
            spawn_local(self.send_votes());
        }
    }

    async fn send_votes(self) {
        let board = self.leaderboard;
        while let Some(vote) = board.pending.with(|pending| pending.first().cloned()) {
            // What was sent before the page was there is sent under the same key: it counts once.
            let early = boot::early_vote(vote.star.as_str()).and_then(|key| IdempotencyKey::parse(&key));
            let is_early = early.is_some();
            let reply = self.api().cast_vote(&vote.star, &early.unwrap_or_else(new_key)).await;
            board.pending.update(|pending| drop(pending.remove(0)));
            match reply {
                Ok(VoteCounted { tally, votes, fan }) => {
                    board.day.update(|day| {
                        for counted in day.iter_mut().filter(|counted| counted.star_id == vote.star) {
                            counted.vote_count = counted.vote_count.max(vote.day);
                        }
                    });
                    let star_id = tally.star_id.clone();
                    board.set_tallies(vec![tally]);
                    self.session.update_me(|me| {
                        me.votes = votes;
                        let known = me.all_votes.iter().position(|cast| cast.star_id == star_id);
                        let vote_count = 1 + known.map_or(0, |place| me.all_votes.remove(place).vote_count);
                        me.all_votes.insert(0, StarVotes { star_id, vote_count });
                    });
                    if is_early {
                        // What was told of this participant meanwhile may have it already.
                        self.refresh_me();
                    }
                    if let Some(fan) = fan {
                        self.want(News::Fan(fan));
                    }
                }
                Err(problem) => {
                    board.refused.set(Some(problem.clone()));
                    self.say_refusal(Box::new(problem));
                    // Whatever was wrong, what the page believed about this participant's votes was too.
                    self.refresh_me();
                }
            }
            self.refresh_leaderboard();
        }
    }

    /// Adds votes that nobody cast: benchmarks only.
    #[cfg(feature = "mock-api")]
    pub(crate) fn add_random_votes(self, count: u32, most: f64) {
        self.leaderboard.overall.update(|overall| {
            for _ in 0..count {
                let index = (js_sys::Math::random() * overall.len() as f64) as usize;
                if let Some(tally) = overall.get_mut(index) {
                    tally.vote_count += 1 + (js_sys::Math::random() * most) as u64;
                }
            }
        });
        self.refresh_leaderboard();
    }

    /// Shows the other board.
    pub(crate) fn show_board(self, shown: Board) {
        if self.leaderboard.board.get_untracked() != shown {
            self.leaderboard.keep_look();
            self.leaderboard.board.set(shown);
            self.refresh_leaderboard();
            if shown == Board::Day {
                self.want(News::DayBoard);
            }
        }
    }

    /// Fetches the board of the day while it is shown: frames carry only the overall one.
    pub(crate) fn refresh_day_board(self) {
        if self.leaderboard.board.get_untracked() != Board::Day {
            return;
        }
        spawn_local(async move {
            if let Ok(reply) = self.api().leaderboard(Board::Day).await {
                self.leaderboard.set_day(reply.standings.into_iter().map(|standing| standing.tally).collect());
                self.refresh_leaderboard();
            }
        });
    }
}
