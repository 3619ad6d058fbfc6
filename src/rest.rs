//! The page comes in two files: what the first screen needs, and the rest.
//!
//! No function says in which file it is: the build finds out (`xtask/src/split.rs`). The rest is whatever can only be
//! reached through the statics called `WAYS_INTO_THE_REST`, here and in `state/rest.rs`, and who reads one has asked
//! before whether the rest is there. `black_box` keeps the compiler from calling what it can see inside, past them.

use std::hint::black_box;

use crate::app::{self, Unbegun};
use crate::features::{guide_link, overlay_layer};
use crate::pages::{self, Page};
use crate::routes::Route;
use crate::state::State;
use crate::state::rest::Arrival;
use crate::ui::El;

/// The ways into the rest.
pub(crate) struct Ways {
    /// Any page but the first.
    pub(crate) page: fn(State, &Route) -> Page,
    /// What stands on the first page below the first screen.
    pub(crate) more_of_rush: fn(State) -> Vec<El>,
    /// The guide, with all that it can say.
    pub(crate) guide: fn(State) -> El,
    /// What lies over the page.
    pub(crate) overlay: fn(State) -> Option<El>,
    /// Begins with what the back end says, where the document says nothing.
    pub(crate) fetch: fn(Unbegun, bool),
}

static WAYS_INTO_THE_REST: Ways = Ways {
    page: pages::other_page,
    more_of_rush: pages::more_of_rush,
    guide: guide_link,
    overlay: overlay_layer,
    fetch: app::fetch,
};

/// The ways, once the rest is there.
pub(crate) fn rest(arrival: Arrival) -> Option<&'static Ways> {
    (arrival == Arrival::Here).then(|| black_box(&WAYS_INTO_THE_REST))
}
