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

use crate::features::{ShareLook, guide_line, share_button};
use crate::routes::Route;
use crate::state::State;
use crate::ui::{El, masthead};

/// A page's head and body.
pub(crate) struct Page {
    /// What it is called, in the document's title; empty on the first page, which has the campaign's name alone.
    pub(crate) title: String,
    /// Its head.
    pub(crate) head: El,
    /// What stands in `<main>`.
    pub(crate) body: Vec<El>,
}

/// The page of a route. A share link shows the first page until it is known where it leads.
pub(crate) fn page_of(state: State, route: &Route) -> Page {
    match route {
        Route::Rush | Route::Share(_) => rush::page(state),
        Route::Stars => stars::page(state),
        Route::Star(star) => star::page(state, star),
        Route::Coupons => coupons::page(state),
        Route::Goods => goods::page(state),
        Route::Mine => mine::page(state),
        Route::Rules => rules::page(state),
        Route::NotFound => not_found::page(state),
    }
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
