//! The page's last file: what nobody needs before they touch anything. See `crate::rest` for how files come apart.

use std::hint::black_box;

use crate::features::{fans_draws, guide_link, overlay_layer};
use crate::pages::{self, Page};
use crate::routes::Route;
use crate::state::State;
use crate::state::rest::Arrival;
use crate::ui::El;

/// The ways into it.
pub(crate) struct Ways {
    /// Any page but the first and the board.
    pub(crate) page: fn(State, &Route) -> Page,
    /// What stands on the first page below the first screen.
    pub(crate) more_of_rush: fn(State) -> Vec<El>,
    /// The same of the board: the draws of stars' fans.
    pub(crate) fans: fn(State) -> Option<El>,
    /// The guide, with all that it can say.
    pub(crate) guide: fn(State) -> El,
    /// What lies over the page.
    pub(crate) overlay: fn(State) -> Option<El>,
}

static WAYS_INTO_LATER: Ways = Ways {
    page: pages::later_page,
    more_of_rush: pages::more_of_rush,
    fans: fans_draws,
    guide: guide_link,
    overlay: overlay_layer,
};

/// The ways, once it is there.
pub(crate) fn later(arrival: Arrival) -> Option<&'static Ways> {
    (arrival == Arrival::Here).then(|| black_box(&WAYS_INTO_LATER))
}
