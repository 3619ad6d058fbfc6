//! The page comes in files: what all of it needs, and what keeps it alive. The others are asked for: the round of the first
//! page and the board of stars, which stand beside each other, below, and `crate::later`.
//!
//! No function says in which file it is: the build finds out (`xtask/src/split.rs`). The rest is whatever can only be
//! reached through the statics called `WAYS_INTO_THE_REST`, here and in `state/rest.rs`, and who reads one has asked
//! before whether the rest is there. `black_box` keeps the compiler from calling what it can see inside, past them.

use std::hint::black_box;

use crate::app::{self, Unbegun};
use crate::pages::{self, Page};
use crate::state::State;
use crate::state::rest::Arrival;

/// The ways into the rest.
pub(crate) struct Ways {
    /// Begins with what the back end says, where the document says nothing.
    pub(crate) fetch: fn(Unbegun, bool),
}

static WAYS_INTO_THE_REST: Ways = Ways { fetch: app::fetch };

/// The ways, once the rest is there.
pub(crate) fn rest(arrival: Arrival) -> Option<&'static Ways> {
    (arrival == Arrival::Here).then(|| black_box(&WAYS_INTO_THE_REST))
}

/// The way to the board of stars.
static WAYS_INTO_THE_BOARD: fn(State) -> Page = pages::board;

/// The way, once its file is there.
pub(crate) fn board(arrival: Arrival) -> Option<fn(State) -> Page> {
    (arrival == Arrival::Here).then(|| *black_box(&WAYS_INTO_THE_BOARD))
}

/// The way to the first page.
static WAYS_INTO_RUSH: fn(State) -> Page = pages::first_page;

/// The way, once its file is there.
pub(crate) fn rush(arrival: Arrival) -> Option<fn(State) -> Page> {
    (arrival == Arrival::Here).then(|| *black_box(&WAYS_INTO_RUSH))
}
