//! Which files of the page are there, and what was wished for before the second was.
//!
//! What the first screen needs comes first; `crate::rest` and `crate::later` tell of the others. Of the state, that is everything that
//! talks to the back end. The first part only wishes: at once if the rest is there, else as soon as it is. What is told to
//! the files after the second, and wanted of them: `super::board`, `super::later`.

use std::hint::black_box;

use carnival_domain::ids::RoundId;
use carnival_domain::time::Timestamp;
use leptos::task::spawn_local;

use super::State;
use super::later::News;
use crate::browser::side::Side;
use crate::browser::timer;
use crate::routes::Route;
use crate::var::{Kept, Var};

/// After the loader's own tries have failed, and unless the network comes back before, ms.
pub(super) const TRY_AGAIN_MS: i32 = 3000;

/// Whether a file is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// Not yet.
    OnItsWay,
    /// Not yet, for the network failed.
    Late,
    /// Yes, and for good.
    Here,
}

/// What the first part asks of the rest.
pub(super) enum Wish {
    /// To take what the first screen was not drawn from.
    Begin,
    /// To start everything that goes on by itself.
    GoOn,
    /// To have the whole campaign.
    Whole,
    /// To send an entry.
    Enter {
        /// Of the round that was shown.
        round_id: RoundId,
        /// Its draw's, as it was shown.
        commitment: String,
    },
}

/// The one way from here into the rest.
static WAYS_INTO_THE_REST: fn(State, Wish) = grant;

/// A file of the page after the first.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// What the loader calls it.
    name: &'static str,
    arrival: Var<Arrival>,
    is_loaded: Kept<bool>,
}

impl Part {
    /// Not there yet, and not asked for.
    fn new(name: &'static str) -> Self {
        Self { name, arrival: Var::new(Arrival::OnItsWay), is_loaded: Kept::new(false) }
    }

    /// Whether it is there.
    pub(crate) fn arrival(self) -> Arrival {
        self.arrival.get()
    }

    /// Whether it has come.
    pub(crate) fn is_loaded(self) -> bool {
        self.is_loaded.get()
    }

    pub(super) fn is_here(self) -> bool {
        self.arrival.get_untracked() == Arrival::Here
    }

    /// Whether it has come, on a page that goes on, and is not used yet.
    pub(super) fn is_ready(self, has_begun: bool) -> bool {
        has_begun && self.is_loaded.get() && !self.is_here()
    }

    /// Another file that needs this one has come.
    pub(super) fn set_loaded(self) {
        self.is_loaded.set(true);
    }

    /// From now on it is used.
    pub(super) fn set_here(self) {
        self.arrival.set_if_new(Arrival::Here);
    }

    /// Waits for it; false if it can't be had now. The loader has tried more than once then.
    pub(crate) async fn load(self) -> bool {
        let is_loaded = Side::load(self.name).await.is_some();
        self.is_loaded.set(is_loaded);
        if !is_loaded {
            self.arrival.set_if_new(Arrival::Late);
        }
        is_loaded
    }

    /// Waits for it, however long that takes.
    pub(super) async fn load_at_last(self) {
        while !self.load().await {
            timer::sleep_or_online(TRY_AGAIN_MS).await;
        }
    }
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Rest {
    part: Part,
    rush: Part,
    board: Part,
    later: Part,
    wants_rush: Kept<bool>,
    pub(super) wants_board: Kept<bool>,
    pub(super) wants_later: Kept<bool>,
    wishes: Kept<Vec<Wish>>,
    /// What the page was opened with, until that is told.
    pub(super) opened: Kept<Option<Route>>,
    /// What is wanted of the last file, in order.
    pub(super) wants: Kept<Vec<News>>,
    /// Whether all that is known was taken.
    pub(super) has_begun: Kept<bool>,
}

impl Rest {
    /// Not there yet, and not asked for.
    pub(crate) fn new() -> Self {
        Self {
            part: Part::new("rest"),
            rush: Part::new("rush"),
            board: Part::new("board"),
            later: Part::new("later"),
            wants_rush: Kept::new(false),
            wants_board: Kept::new(false),
            wants_later: Kept::new(false),
            wishes: Kept::new(Vec::new()),
            opened: Kept::new(None),
            wants: Kept::new(Vec::new()),
            has_begun: Kept::new(false),
        }
    }

    /// The second file.
    pub(crate) fn part(self) -> Part {
        self.part
    }

    /// Waits for the second, however long that takes.
    pub(crate) async fn arrive(self) {
        self.part.load_at_last().await;
        self.part.set_here();
    }

    /// The same, once; false if it can't be had now.
    pub(crate) async fn load(self) -> bool {
        let is_loaded = self.part.load().await;
        if is_loaded {
            self.part.set_here();
        }
        is_loaded
    }

    /// What the first page alone shows. It needs no other file but the first.
    pub(crate) fn rush(self) -> Part {
        self.rush
    }

    /// Waits for that; false if it can't be had now.
    pub(crate) async fn load_rush(self) -> bool {
        let is_loaded = self.rush.load().await;
        if is_loaded {
            self.rush.set_here();
        }
        is_loaded
    }

    /// The board of stars.
    pub(crate) fn board(self) -> Part {
        self.board
    }

    /// The last.
    pub(crate) fn later(self) -> Part {
        self.later
    }
}

impl State {
    /// Asks for the first page's file, for as long as it takes.
    pub(crate) fn want_rush(self) {
        if !self.rest.wants_rush.update(|wants| std::mem::replace(wants, true)) {
            spawn_local(async move {
                self.rest.rush.load_at_last().await;
                self.rest.rush.set_here();
            });
        }
    }

    /// Has it done by the rest.
    pub(super) fn wish(self, wish: Wish) {
        if self.rest.part.is_here() {
            black_box(&WAYS_INTO_THE_REST)(self, wish);
        } else {
            self.rest.wishes.update(|wishes| wishes.push(wish));
        }
    }

    /// Has everything started that goes on by itself, once the page was drawn: requests would be in the way of that.
    pub(crate) fn go_on_when_seen(self) {
        timer::after_paint(move || self.wish(Wish::GoOn));
    }

    /// Keeps time until the rest is there, and then has done what was wished for.
    pub(crate) async fn await_rest(self) {
        self.tick_until_rest();
        self.rest.arrive().await;
        for wish in self.rest.wishes.update(std::mem::take) {
            self.wish(wish);
        }
    }

    /// Another tick: says what time it is, and whether another real second is over.
    pub(super) fn tick(self) -> (Timestamp, bool) {
        let (now, new_second) = self.clock.tick();
        self.round.tick(now);
        self.guide.tick(now);
        (now, new_second)
    }

    fn tick_until_rest(self) {
        if !self.rest.part.is_here() {
            self.tick();
            timer::after(self.clock.until_next_tick_ms(self.round.awaited()), move || self.tick_until_rest());
        }
    }
}

/// Does it.
fn grant(state: State, wish: Wish) {
    match wish {
        Wish::Begin => state.begin(),
        Wish::GoOn => state.go_on(),
        Wish::Whole => state.complete_campaign(),
        Wish::Enter { round_id, commitment } => state.send_entry(round_id, commitment),
    }
}
