//! Which files of the page are there, and what was wished for before the second was.
//!
//! What the first screen needs comes first; `crate::rest` and `crate::later` tell of the others. Of the state, that is everything that
//! talks to the back end. The first part only wishes: at once if the rest is there, else as soon as it is.

use std::hint::black_box;

use carnival_domain::ids::RoundId;
use leptos::task::spawn_local;

use super::{State, Whole};
use crate::browser::side::Side;
use crate::browser::timer;
use crate::routes::Route;
use crate::var::{Kept, Var};

/// After the loader's own tries have failed, and unless the network comes back before, ms.
const TRY_AGAIN_MS: i32 = 3000;

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
    /// To start everything that goes on by itself.
    Begin {
        /// The whole campaign, where it does not stand in the document.
        whole: Option<Whole>,
        /// What the page was opened with.
        opened: Route,
    },
    /// To send an entry.
    Enter {
        /// Of the round that was shown.
        round_id: RoundId,
        /// Its draw's, as it was shown.
        commitment: String,
    },
    /// To share what is shown.
    Share,
    /// To make a poster of it.
    Poster,
    /// To ask what this participant has.
    RefreshMe,
}

/// The one way from here into the rest.
static WAYS_INTO_THE_REST: fn(State, Wish) = grant;

/// A file of the page after the first.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// What the loader calls it.
    name: &'static str,
    arrival: Var<Arrival>,
}

impl Part {
    /// Not there yet, and not asked for.
    fn new(name: &'static str) -> Self {
        Self { name, arrival: Var::new(Arrival::OnItsWay) }
    }

    /// Whether it is there.
    pub(crate) fn arrival(self) -> Arrival {
        self.arrival.get()
    }

    fn is_here(self) -> bool {
        self.arrival.get_untracked() == Arrival::Here
    }

    /// Waits for it; false if it can't be had now. The loader has tried more than once then.
    pub(crate) async fn load(self) -> bool {
        let is_here = Side::load(self.name).await.is_some();
        self.arrival.set_if_new(if is_here { Arrival::Here } else { Arrival::Late });
        is_here
    }

    /// Waits for it, however long that takes.
    pub(crate) async fn arrive(self) {
        while !self.load().await {
            timer::sleep_or_online(TRY_AGAIN_MS).await;
        }
    }
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Rest {
    part: Part,
    later: Part,
    wants_later: Kept<bool>,
    wishes: Kept<Vec<Wish>>,
}

impl Rest {
    /// Not there yet, and not asked for.
    pub(crate) fn new() -> Self {
        Self {
            part: Part::new("rest"),
            later: Part::new("later"),
            wants_later: Kept::new(false),
            wishes: Kept::new(Vec::new()),
        }
    }

    /// The second file.
    pub(crate) fn part(self) -> Part {
        self.part
    }

    /// The third.
    pub(crate) fn later(self) -> Part {
        self.later
    }

    /// Asks for the third, for as long as it takes.
    pub(crate) fn want_later(self) {
        if !self.wants_later.update(|wants| std::mem::replace(wants, true)) {
            spawn_local(self.later.arrive());
        }
    }
}

impl State {
    /// Has it done by the rest.
    pub(super) fn wish(self, wish: Wish) {
        if self.rest.part.is_here() {
            black_box(&WAYS_INTO_THE_REST)(self, wish);
        } else {
            self.rest.wishes.update(|wishes| wishes.push(wish));
        }
    }

    /// Keeps time until the rest is there, and then has done what was wished for.
    pub(super) async fn await_rest(self) {
        self.tick_until_rest();
        self.rest.part.arrive().await;
        for wish in self.rest.wishes.update(std::mem::take) {
            self.wish(wish);
        }
    }

    fn tick_until_rest(self) {
        if !self.rest.part.is_here() {
            self.clock.tick();
            self.round.tick(self.clock.now());
            timer::after(self.clock.until_next_tick_ms(self.round.awaited()), move || self.tick_until_rest());
        }
    }
}

/// Does it.
fn grant(state: State, wish: Wish) {
    match wish {
        Wish::Begin { whole, opened } => state.begin(whole, opened),
        Wish::Enter { round_id, commitment } => state.send_entry(round_id, commitment),
        Wish::Share => state.share_now(),
        Wish::Poster => state.make_poster_later(),
        Wish::RefreshMe => state.refresh_me(),
    }
}
