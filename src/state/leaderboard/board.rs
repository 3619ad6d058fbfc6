//! Keeping the board: what the back end counted, ranked with what is on its way.

use std::sync::Arc;

use super::{Leaderboard, Pending, Row, RowNow, VoteState};
use crate::state::first_sight::Gist;
use crate::var::Var;
use carnival_contract::replies::VotesCast;
use carnival_contract::requests::Board;
use carnival_contract::snapshot::StarView;
use carnival_domain::ids::StarId;
use carnival_domain::leaderboard::{Tally, places};
use carnival_domain::time::{Day, Timestamp};
use carnival_domain::vote::VotesToday;

/// A row this high is in sight without being pinned.
const SEEN_ANYWAY: usize = 3;
/// As long as the "+1" takes to float away.
const JUST_CAST_MS: i64 = 1000;

impl Leaderboard {
    pub(crate) fn set_stars(self, stars: Vec<StarView>, reveals_at: Vec<Timestamp>) {
        if self.reveals_at.with_untracked(|known| *known != reveals_at) {
            self.reveals_at.set(reveals_at);
        }
        let known = self.rows.get_untracked();
        if known.len() == stars.len() && known.iter().zip(&stars).all(|(row, star)| *row.star == *star) {
            return;
        }
        let fresh = RowNow { rank: 0, votes: 0, moved: 0, vote: VoteState::Closed, just_cast: false };
        let rows: Vec<Row> = stars.into_iter().map(|star| Row { star: Arc::new(star), now: Var::new(fresh) }).collect();
        let mut by_id: Vec<u32> = (0..rows.len() as u32).collect();
        by_id.sort_unstable_by(|a, b| rows[*a as usize].star.id.cmp(&rows[*b as usize].star.id));
        let none = |row: &Row| Tally { star_id: row.star.id.clone(), vote_count: 0, reached: 0 };
        self.overall.set(rows.iter().map(none).collect());
        self.day.set(rows.iter().map(none).collect());
        self.by_id.set(by_id);
        let mut looked = vec![None; rows.len()];
        self.last_look.with(|look| {
            for (id, rank) in look {
                if let Some(place) = rows.iter().position(|row| row.star.id.as_str() == id) {
                    looked[place] = Some(*rank);
                }
            }
        });
        self.ranks_then.set(looked);
        // Until they are ranked: rows of the old order would be others by now.
        self.top.set(None);
        self.order.set(Arc::default());
        self.rows.set(Arc::new(rows));
    }

    /// Takes the votes of a frame. Votes only grow, so of two counts the greater is the later one: a frame made
    /// before our own vote was counted must not take it back.
    pub(crate) fn set_tallies(self, tallies: Vec<Tally>) {
        self.overall.update(|overall| {
            for (guess, tally) in tallies.into_iter().enumerate() {
                // Frames keep the campaign's order, so the guess is nearly always right.
                let guessed = overall.get(guess).is_some_and(|known| known.star_id == tally.star_id);
                let index = if guessed { Some(guess) } else { self.index_of(&tally.star_id) };
                if let Some(known) = index.and_then(|index| overall.get_mut(index))
                    && tally.vote_count >= known.vote_count
                {
                    *known = tally;
                }
            }
        });
    }

    /// Takes the votes of the day: all of them, since a new day begins at none.
    pub(super) fn set_day(self, tallies: Vec<Tally>) {
        self.day.update(|day| {
            for tally in tallies {
                if let Some(known) = self.index_of(&tally.star_id).and_then(|index| day.get_mut(index)) {
                    *known = tally;
                }
            }
        });
    }

    /// A vote for a star, on top of what is confirmed and of what is on its way already.
    pub(super) fn pending_vote(self, star: &StarId) -> Pending {
        let ahead = self.pending.with(|pending| pending.iter().filter(|cast| cast.star == *star).count()) as u64;
        let counted = |board: Vec<Tally>| {
            let tally = self.index_of(star).and_then(|index| board.into_iter().nth(index));
            tally.map_or(0, |tally| tally.vote_count) + ahead + 1
        };
        Pending { star: star.clone(), overall: counted(self.overall.get()), day: counted(self.day.get()) }
    }

    fn index_of(self, star: &StarId) -> Option<usize> {
        let rows = self.rows.get_untracked();
        self.by_id.with(|by_id| {
            let found = by_id.binary_search_by(|index| rows[*index as usize].star.id.cmp(star));
            found.ok().map(|place| by_id[place] as usize)
        })
    }

    /// Ranks the stars and tells every row whose standing changed, and only those.
    pub(crate) fn refresh(self, campaign: &Gist, used: &VotesCast, today: Day, now: Timestamp) {
        let rows = self.rows.get_untracked();
        let pending = self.pending.get();
        let board = self.board.get_untracked();
        let with_those_on_their_way = VotesToday {
            all: used.all_on(today) + pending.len() as u32,
            for_star: 0,
            by_friends: used.earned_on(today),
        };
        let left = campaign.voting.left(with_those_on_their_way);
        let counted = if board == Board::Overall { self.overall } else { self.day };
        let ranked = if pending.is_empty() {
            counted.with(|tallies| places(tallies))
        } else {
            let mut tallies = counted.get();
            for tally in &mut tallies {
                let own = pending.iter().filter(|cast| cast.star == tally.star_id);
                let least = own.map(|cast| if board == Board::Overall { cast.overall } else { cast.day }).max();
                if let Some(least) = least.filter(|least| *least > tally.vote_count) {
                    tally.vote_count = least;
                    // Of equals the first to get there stands above, and this one is only on its way.
                    tally.reached = u64::MAX;
                }
            }
            places(&tallies)
        };
        // The order is told first: who arranges the rows then looks where they are before any has changed.
        let order: Vec<u32> = ranked.iter().map(|place| place.index).collect();
        if *self.order.get_untracked() != order {
            self.top.set_if_new(order.first().copied().zip(order.get(1).copied()));
            self.order.set(Arc::new(order));
        }
        let just_cast = self.just_cast.get().filter(|(_, at)| now.ms_since(*at) < JUST_CAST_MS).map(|(star, _)| star);
        let ranks_then = self.ranks_then.get();
        let (mut pinned, mut is_over) = (None, false);
        for (place, ranked) in ranked.iter().enumerate() {
            let index = ranked.index as usize;
            let Some(row) = rows.get(index) else { continue };
            let star = &row.star.id;
            let mine = used.for_star_on(star, today) + pending.iter().filter(|cast| cast.star == *star).count() as u32;
            if mine > 0 && place >= SEEN_ANYWAY && pinned.is_none() {
                pinned = Some(ranked.index);
            }
            let open = campaign.starts_at..campaign.ends_at;
            let of_this_star = VotesToday { for_star: mine, ..with_those_on_their_way };
            let vote = VoteState::of(campaign.voting, open, of_this_star, now);
            is_over |= vote == VoteState::Over;
            let then = ranks_then.get(index).copied().flatten().filter(|_| board == Board::Overall);
            let moved = then.map_or(0, |then| then as i32 - ranked.rank as i32);
            let just_cast = just_cast.as_ref() == Some(star);
            row.now.set_if_new(RowNow { rank: ranked.rank, votes: ranked.vote_count, moved, vote, just_cast });
        }
        self.left.set_if_new(left);
        self.is_over.set_if_new(is_over);
        self.pinned.set_if_new(pinned);
    }
}
