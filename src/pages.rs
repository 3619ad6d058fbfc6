//! The pages: which features stand on them, in which order. Each is a head and a body, that wide screens set side
//! by side.

mod coupons;
mod goods;
mod mine;
mod not_found;
mod rules;
mod rush;
mod star;
mod stars;

use crate::browser::frame;
use crate::features::{ShareLook, guide_line, share_button};
use crate::routes::Route;
use crate::state::State;
use crate::ui::{El, el, masthead};

/// A page's head and body.
pub(crate) struct Page {
    /// What it is called, in the document's title; empty on the first page, which has the campaign's name alone.
    pub(crate) title: String,
    /// Its head.
    pub(crate) head: El,
    /// What stands in `<main>`.
    pub(crate) body: Vec<El>,
}

/// The first page. A share link shows it until it is known where it leads.
pub(crate) fn first_page(state: State) -> Page {
    rush::page(state)
}

/// What stands on the first page below the first screen.
pub(crate) fn more_of_rush(state: State) -> Vec<El> {
    rush::more(state)
}

/// The board of stars.
pub(crate) fn board(state: State) -> Page {
    stars::page(state)
}

/// Any other page.
pub(crate) fn later_page(state: State, route: &Route) -> Page {
    match route {
        Route::Star(star) => star::page(state, star),
        Route::Coupons => coupons::page(state),
        Route::Goods => goods::page(state),
        Route::Mine => mine::page(state),
        Route::Rules => rules::page(state),
        _ => not_found::page(state),
    }
}

/// What stands in for any other page until the rest is there.
pub(crate) fn waiting_page(state: State, route: &Route) -> Page {
    let text = state.text();
    let campaign = state.local(&state.session.campaign_untracked().title);
    let is_first = matches!(route, Route::Rush | Route::Share(_));
    let (name, title, back) = match route {
        Route::Stars => ("stars", text.stars_title(), None),
        Route::Star(_) => ("star", text.star_title(), Some(("/stars", text.back()))),
        Route::Coupons => ("coupons", text.coupons_title(), None),
        Route::Goods => ("goods", text.goods_title(), None),
        Route::Mine => ("mine", text.mine_title(), None),
        Route::Rules => ("rules", text.rules(), Some(("/mine", text.back()))),
        Route::Rush | Route::Share(_) => ("rush", campaign.as_str(), None),
        Route::NotFound => ("", "", None),
    };
    let body = vec![el("div", "waits").attr("aria-busy", "true").child(frame::skeleton(name, false))];
    // These begin with the guide, which knows of the round already: nothing moves when they come.
    let has_guide = is_first || matches!(route, Route::Stars | Route::Coupons | Route::Mine);
    let body = if has_guide { guided(state, body) } else { body };
    let page = plain_page(state, title, back, vec![el("span", "").text("\u{a0}")], body);
    if is_first { Page { title: String::new(), ..page } } else { page }
}

/// A page under a plain head with one fact in it.
fn plain_page(state: State, title: &str, back: Option<(&str, &str)>, fact: Vec<El>, body: Vec<El>) -> Page {
    let head = masthead(title, back, share_button(state, ShareLook::Bar), fact);
    Page { title: title.to_owned(), head, body }
}

/// A body with the guide's line on top.
fn guided(state: State, mut body: Vec<El>) -> Vec<El> {
    body.insert(0, guide_line(state));
    body
}
