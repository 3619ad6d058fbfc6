//! The page's last file: what nobody needs before they touch anything. See `crate::rest` for how files come apart.

use std::hint::black_box;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;

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
    refusal: fn(State, &Problem) -> String,
}

static WAYS_INTO_LATER: Ways = Ways {
    page: pages::later_page,
    more_of_rush: pages::more_of_rush,
    fans: fans_draws,
    guide: guide_link,
    overlay: overlay_layer,
    refusal: |state, problem| state.refusal(problem),
};

/// The ways, once it is there.
pub(crate) fn later(arrival: Arrival) -> Option<&'static Ways> {
    (arrival == Arrival::Here).then(|| black_box(&WAYS_INTO_LATER))
}

/// Why something was refused, in a sentence. Nothing is before a touch, and that has sent for the file that knows the sentences; until
/// it is there, there is none. What can be said without it is that the network is away, for then it doesn't come.
pub(crate) fn refusal(state: State, problem: &Problem) -> String {
    match later(state.rest.later().arrival()) {
        Some(ways) => (ways.refusal)(state, problem),
        None if problem.code == ErrorCode::Unknown => state.text().refused_network().to_owned(),
        None => String::new(),
    }
}
