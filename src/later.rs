//! The page's third file: what nobody needs before they ask for it. See `crate::rest` for how files come apart.

use std::hint::black_box;

use crate::pages::{self, Page};
use crate::routes::Route;
use crate::state::State;
use crate::state::rest::Arrival;

/// The ways into it.
pub(crate) struct Ways {
    /// The pages that few open first.
    pub(crate) page: fn(State, &Route) -> Page,
    /// Makes a poster of what is shown.
    pub(crate) poster: fn(State),
}

static WAYS_INTO_LATER: Ways = Ways { page: pages::later_page, poster: State::make_poster };

/// The ways, once it is there.
pub(crate) fn later(arrival: Arrival) -> Option<&'static Ways> {
    (arrival == Arrival::Here).then(|| black_box(&WAYS_INTO_LATER))
}
