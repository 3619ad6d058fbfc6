//! What the last file of the page is told, and what is wanted of it before it is there.
//!
//! Somebody who only looks needs none of it. It comes with their first touch, and is told then what the others know already.

use std::hint::black_box;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_contract::replies::FanEntry;
use leptos::task::spawn_local;

use super::rest::Wish;
use super::toasts::Tone;
use super::{State, told};
use crate::browser::{events, trap};

/// The board of the day is asked for no more often than this, s.
const DAY_BOARD_EVERY_S: i64 = 5;

/// What happened, or what is wanted.
pub(super) enum News {
    /// It has just come.
    Arrived,
    /// The back end told of the campaign anew.
    Campaign,
    /// A frame came.
    Frame,
    /// Another round has ended.
    RoundEnded,
    /// The back end told what this participant has.
    Me,
    /// Another second has passed.
    Second,
    /// Somebody has stayed on a page for a moment.
    Stayed,
    /// Wanted: to share what is shown.
    Share,
    /// Wanted: a poster of it.
    Poster,
    /// Wanted: the board of the day, which frames do not carry.
    DayBoard,
    /// Wanted: to say why something was refused.
    Refused(Box<Problem>),
    /// Wanted: to keep the place in a draw that came with a vote.
    Fan(FanEntry),
}

/// The one way from here into the last file.
static WAYS_INTO_LATER: fn(State, News) = hear;

impl State {
    /// Tells it, if it is there; else it will find out when it comes.
    pub(super) fn tell(self, news: News) {
        if self.rest.later().is_here() {
            black_box(&WAYS_INTO_LATER)(self, news);
        }
    }

    /// Has it done: at once if it is there, else as soon as it is.
    pub(super) fn want(self, news: News) {
        if self.rest.later().is_here() {
            black_box(&WAYS_INTO_LATER)(self, news);
        } else {
            self.rest.wants.update(|wants| wants.push(news));
            self.want_later();
        }
    }

    /// Asks for the last file, for as long as it takes, and so for the one before it; and beside it for what it shows, where the
    /// document did not say that.
    pub(crate) fn want_later(self) {
        if !self.rest.wants_later.update(|wants| std::mem::replace(wants, true)) {
            self.want_rush();
            self.want_board();
            self.wish(Wish::Whole);
            spawn_local(async move {
                self.rest.later().load_at_last().await;
                self.greet_later();
            });
        }
    }

    /// Says why something was refused. That the network is away is said without the file, which would not come then.
    pub(super) fn say_refusal(self, problem: Box<Problem>) {
        if problem.code == ErrorCode::Unknown {
            self.toasts.say(Tone::Plain, self.text().refused_network().to_owned());
        } else {
            self.want(News::Refused(problem));
        }
    }

    /// Once everything goes on and it is there, with what it shows, it is told what there is, and has done what was wanted.
    pub(super) fn greet_later(self) {
        let later = self.rest.later();
        if !later.is_ready(self.rest.has_begun.get()) || !told::is_whole() {
            return;
        }
        // It stands on these, which may have been fetched for its sake alone.
        self.rest.rush().set_here();
        self.rest.board().set_loaded();
        self.greet_board();
        later.set_here();
        self.tell(News::Arrived);
        for want in self.rest.wants.update(std::mem::take) {
            self.want(want);
        }
    }
}

/// Does it.
fn hear(state: State, news: News) {
    match news {
        News::Arrived => state.catch_up(),
        News::Campaign => {
            state.take_besides();
            state.refresh_fans();
        }
        News::Frame => state.take_claims(),
        News::RoundEnded => state.fetch_records(),
        News::Me => state.take_all_of_me(),
        News::Second => {
            let now = state.clock.now();
            state.look_for_results(now);
            if state.clock.real_seconds_at(now) % DAY_BOARD_EVERY_S == 0 {
                state.refresh_day_board();
            }
        }
        News::Stayed => state.tend_card(),
        News::Share => state.share_now(),
        News::Poster => state.show_poster(),
        News::DayBoard => state.refresh_day_board(),
        News::Refused(problem) => state.toasts.say(Tone::Plain, state.refusal(&problem)),
        News::Fan(fan) => state.take_fan(fan),
    }
}

impl State {
    fn catch_up(self) {
        self.take_besides();
        self.take_claims();
        if self.session.has_changed() {
            // What was said before the page wrote something is no longer so.
            self.refresh_me();
        } else {
            self.take_all_of_me();
        }
        trap::begin();
        events::on_key(move |event| {
            if event.key() == "Escape" {
                self.referral.close();
            }
        });
    }
}
