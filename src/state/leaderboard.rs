//! The stars, their votes, and voting.
//!
//! A vote shows in the frame of its tap: what is shown is what the back end counted plus what is on its way. A
//! refused vote leaves the queue, and with it the board.

mod board;
mod voting;

use std::sync::Arc;

use crate::browser::storage;
use crate::var::{Kept, Var};
use carnival_contract::problem::Problem;
use carnival_contract::requests::Board;
use carnival_contract::snapshot::StarView;
use carnival_domain::ids::StarId;
use carnival_domain::leaderboard::Tally;
use carnival_domain::number::plain;
use carnival_domain::time::Timestamp;
pub(crate) use carnival_domain::vote::VoteState;

/// Where the ranks of the last look are kept, for the movement since.
const LOOK_KEY: &str = "carnival.look";

/// What changes in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowNow {
    /// Its place.
    pub(crate) rank: u32,
    /// Its votes, with those on their way.
    pub(crate) votes: u64,
    /// By how many places it went up since the last look.
    pub(crate) moved: i32,
    /// What its button can do.
    pub(crate) vote: VoteState,
    /// Whether the participant's vote for it was cast this very moment.
    pub(crate) just_cast: bool,
}

/// A star's row: what stays and what changes.
#[derive(Clone)]
pub(crate) struct Row {
    /// Who it is.
    pub(crate) star: Arc<StarView>,
    /// Where they stand.
    pub(crate) now: Var<RowNow>,
}

/// A vote on its way, and what the boards will show with it. A live frame may bring it before its own answer does,
/// so it is not added to what is confirmed: it is the least that is shown.
#[derive(Clone)]
pub(super) struct Pending {
    star: StarId,
    overall: u64,
    day: u64,
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Leaderboard {
    rows: Var<Arc<Vec<Row>>>,
    /// Indexes into `rows`, sorted by star id, to find a row quickly.
    by_id: Kept<Vec<u32>>,
    /// Indexes into `rows`, best first.
    order: Var<Arc<Vec<u32>>>,
    /// The first two of them: of a thousand rows some change places with every frame, and these rarely.
    top: Var<Option<(u32, u32)>>,
    /// How many rows of the board that is shown were made.
    made: Var<usize>,
    reveals_at: Var<Vec<Timestamp>>,
    board: Var<Board>,
    overall: Kept<Vec<Tally>>,
    day: Kept<Vec<Tally>>,
    pending: Kept<Vec<Pending>>,
    left: Var<u32>,
    is_over: Var<bool>,
    pinned: Var<Option<u32>>,
    just_cast: Kept<Option<(StarId, Timestamp)>>,
    refused: Var<Option<Problem>>,
    last_look: Kept<Vec<(String, u32)>>,
    /// The rank that each row had then, if it had one.
    ranks_then: Kept<Vec<Option<u32>>>,
    /// The ranks when the board or a star's page was seen last, in this look or the one before.
    last_glance: Var<Vec<(String, u32)>>,
}

impl Leaderboard {
    pub(super) fn new() -> Self {
        Self {
            rows: Var::new(Arc::default()),
            by_id: Kept::new(Vec::new()),
            order: Var::new(Arc::default()),
            top: Var::new(None),
            made: Var::new(0),
            reveals_at: Var::new(Vec::new()),
            board: Var::new(Board::Overall),
            overall: Kept::new(Vec::new()),
            day: Kept::new(Vec::new()),
            pending: Kept::new(Vec::new()),
            left: Var::new(0),
            is_over: Var::new(false),
            pinned: Var::new(None),
            just_cast: Kept::new(None),
            refused: Var::new(None),
            last_glance: Var::new(Vec::new()),
            last_look: Kept::new(Vec::new()),
            ranks_then: Kept::new(Vec::new()),
        }
    }

    /// Takes the ranks of the last look.
    pub(super) fn look_back(self) {
        let last_look = storage::read(LOOK_KEY).map(|look| read_look(&look)).unwrap_or_default();
        self.last_glance.set(last_look.clone());
        self.last_look.set(last_look);
    }

    /// The stars that are revealed, in the campaign's order.
    pub(crate) fn rows(self) -> Arc<Vec<Row>> {
        self.rows.get()
    }

    /// Indexes into the rows, best first.
    pub(crate) fn order(self) -> Arc<Vec<u32>> {
        self.order.get()
    }

    /// How many rows of the board that is shown are made, best first.
    pub(crate) fn made(self) -> usize {
        self.made.get()
    }

    /// The same, without being drawn again for it.
    pub(crate) fn made_untracked(self) -> usize {
        self.made.get_untracked()
    }

    /// Has so many made.
    pub(crate) fn make(self, count: usize) {
        self.made.set_if_new(count);
    }

    /// The star at a place, from 0.
    pub(crate) fn at_place(self, place: usize) -> Option<Row> {
        let order = self.order.get();
        self.rows.with(|rows| rows.get(*order.get(place)? as usize).cloned())
    }

    /// Whether voting is over: the board is final.
    pub(crate) fn is_over(self) -> bool {
        self.is_over.get()
    }

    /// The two at the top.
    pub(crate) fn top_two(self) -> Option<(Row, Row)> {
        let (first, second) = self.top.get()?;
        self.rows.with(|rows| Some((rows.get(first as usize)?.clone(), rows.get(second as usize)?.clone())))
    }

    /// The row of a star, once it is revealed.
    pub(crate) fn row(self, star: &StarId) -> Option<Row> {
        self.rows.with(|rows| rows.iter().find(|row| row.star.id == *star).cloned())
    }

    /// The same, without being drawn again for it.
    pub(super) fn row_untracked(self, star: &StarId) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.star.id == *star).cloned())
    }

    /// The row of the participant's own star, where it stands too low to be seen at once.
    pub(crate) fn pinned(self) -> Option<Row> {
        let index = self.pinned.get()?;
        self.rows.with(|rows| rows.get(index as usize).cloned())
    }

    /// The star that was revealed last: they are revealed in the campaign's order.
    pub(crate) fn newest_star(self) -> Option<StarId> {
        self.rows.with(|rows| rows.last().map(|row| row.star.id.clone()))
    }

    /// When the others will be revealed, soonest first.
    pub(crate) fn reveals_at(self) -> Vec<Timestamp> {
        self.reveals_at.get()
    }

    /// Which board is shown.
    pub(crate) fn board(self) -> Board {
        self.board.get()
    }

    /// How many votes the participant has left today.
    pub(crate) fn votes_left(self) -> u32 {
        self.left.get()
    }

    /// Why the last vote was refused.
    pub(crate) fn refused(self) -> Option<Problem> {
        self.refused.get()
    }

    /// Whether the board was ever seen; the board of a day has other ranks, and tells nothing of it.
    pub(crate) fn has_glanced(self) -> bool {
        self.board.get() == Board::Overall && self.last_glance.with(|glance| !glance.is_empty())
    }

    /// The place that a star had when the board was seen last.
    pub(crate) fn rank_at_last_glance(self, star: &StarId) -> Option<u32> {
        let of_star = |glance: &Vec<(String, u32)>| Some(glance.iter().find(|(id, _)| id == star.as_str())?.1);
        self.has_glanced().then(|| self.last_glance.with(of_star)).flatten()
    }

    /// The board is seen now.
    pub(crate) fn glance(self) {
        if self.board.get_untracked() != Board::Overall || self.order.with_untracked(|order| order.is_empty()) {
            return;
        }
        let rows = self.rows.get_untracked();
        let ranks = rows.iter().map(|row| (row.star.id.as_str().to_owned(), row.now.with_untracked(|now| now.rank)));
        self.last_glance.set(ranks.collect());
    }

    /// Keeps the ranks for the next look.
    pub(super) fn keep_look(self) {
        if self.board.get_untracked() != Board::Overall {
            return;
        }
        let mut look = String::new();
        for row in self.rows.get_untracked().iter() {
            look.push_str(row.star.id.as_str());
            look.push(' ');
            look.push_str(&plain(row.now.with_untracked(|now| now.rank)));
            look.push('\n');
        }
        storage::write(LOOK_KEY, &look);
    }
}

fn read_look(look: &str) -> Vec<(String, u32)> {
    let lines = look.lines().filter_map(|line| line.split_once(' '));
    lines.filter_map(|(id, rank)| Some((id.to_owned(), rank.parse().ok()?))).collect()
}
