//! What the file with the board of stars is told. It comes with the board, or with the first touch.

use std::hint::black_box;

use leptos::task::spawn_local;

use super::State;
use super::told::{self, StarsSight, Tallies, Topic, Votes};

/// What happened.
#[derive(Clone, Copy)]
pub(super) enum Tidings {
    /// It has just come.
    Arrived,
    /// The back end told of the campaign anew.
    Campaign,
    /// A frame came.
    Frame,
    /// The back end told what this participant has.
    Me,
    /// Something that the board depends on has changed.
    Changed,
    /// The page goes out of sight.
    Sleep,
}

/// The one way from here into the file.
static WAYS_INTO_THE_BOARD: fn(State, Tidings) = hear;

impl State {
    /// Tells it, if it is there; else it will find out when it comes.
    pub(super) fn tell_board(self, tidings: Tidings) {
        if self.rest.board().is_here() {
            black_box(&WAYS_INTO_THE_BOARD)(self, tidings);
        }
    }

    /// Asks for the file, for as long as it takes.
    pub(crate) fn want_board(self) {
        if !self.rest.wants_board.update(|wants| std::mem::replace(wants, true)) {
            spawn_local(async move {
                self.rest.board().load_at_last().await;
                self.greet_board();
            });
        }
    }

    /// Once everything goes on and it is there, it is told what there is.
    pub(super) fn greet_board(self) {
        let board = self.rest.board();
        if board.is_ready(self.rest.has_begun.get()) {
            board.set_here();
            self.tell_board(Tidings::Arrived);
            self.tell_board(Tidings::Campaign);
            self.tell_board(Tidings::Frame);
            self.tell_board(Tidings::Me);
        }
    }
}

/// Takes it.
fn hear(state: State, tidings: Tidings) {
    match tidings {
        Tidings::Arrived => return state.leaderboard.look_back(),
        Tidings::Campaign => {
            if let Some(StarsSight { stars, reveals_at, live }) = told::read(Topic::Campaign) {
                state.leaderboard.set_stars(stars, reveals_at);
                state.leaderboard.set_tallies(live.tallies);
            }
        }
        Tidings::Frame => {
            if let Some(Tallies { tallies }) = told::read(Topic::Frame) {
                state.leaderboard.set_tallies(tallies);
            }
        }
        Tidings::Me => {
            if let Some(votes) = told::read::<Votes>(Topic::Me) {
                state.session.see_votes(votes.votes);
            }
        }
        Tidings::Changed => {}
        Tidings::Sleep => return state.leaderboard.keep_look(),
    }
    state.rank();
}

impl State {
    /// Draws the leaderboard's conclusions from all that it depends on.
    fn rank(self) {
        let campaign = self.session.campaign_untracked();
        let today = self.session.today_untracked();
        let used = self.session.me_untracked(|me| me.votes.clone());
        self.leaderboard.refresh(&campaign, &used, today, self.clock.now());
    }

    /// Has it do so, if it is there.
    pub(super) fn refresh_leaderboard(self) {
        self.tell_board(Tidings::Changed);
    }
}
