//! The page comes in files: what the first screen needs, then what keeps it alive and the board of stars. The others are asked
//! for: see `crate::later`.
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
    /// The board of stars.
    pub(crate) board: fn(State) -> Page,
    /// Begins with what the back end says, where the document says nothing.
    pub(crate) fetch: fn(Unbegun, bool),
}

static WAYS_INTO_THE_REST: Ways = Ways { board: pages::board, fetch: app::fetch };

/// The ways, once the rest is there.
pub(crate) fn rest(arrival: Arrival) -> Option<&'static Ways> {
    (arrival == Arrival::Here).then(|| black_box(&WAYS_INTO_THE_REST))
}
