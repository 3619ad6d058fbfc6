//! Which page is shown: the address bar is the truth, this follows it.

use crate::browser::{dom, events, history};
use crate::routes::Route;
use crate::var::{Kept, Var};
use carnival_domain::share_token::Landing;

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Navigation {
    route: Var<Route>,
    scrolls: Kept<Vec<(String, f64)>>,
    moved: Kept<bool>,
    /// Own share links that the address bar has worn, and what was shown under them.
    worn: Kept<Vec<(String, Route)>>,
}

impl Navigation {
    pub(super) fn new() -> Self {
        Self {
            route: Var::new(Route::parse(&history::path())),
            scrolls: Kept::new(Vec::new()),
            moved: Kept::new(true),
            worn: Kept::new(Vec::new()),
        }
    }

    /// What is shown.
    pub(crate) fn route(self) -> Route {
        self.route.get()
    }

    /// The same, without being drawn again for it.
    pub(crate) fn route_untracked(self) -> Route {
        self.route.get_untracked()
    }

    /// Whether another page is shown than when this was asked last.
    pub(super) fn has_moved(self) -> bool {
        self.moved.update(std::mem::take)
    }

    /// The same page in another language is another page for those who look at it from outside.
    pub(crate) fn is_shown_anew(self) {
        self.moved.set(true);
    }

    /// Starts following the address bar and the page's own links, and cleans the address of what chats append.
    pub(super) fn begin(self) {
        history::keep_scroll_ourselves();
        history::replace(&history::path());
        events::on_pop_state(move || {
            let path = history::path();
            let worn =
                self.worn.with(|worn| worn.iter().find(|(link, _)| *link == path).map(|(_, route)| route.clone()));
            self.show(worn.unwrap_or_else(|| Route::parse(&path)));
        });
        events::on_link(move |href| {
            // Whole addresses lead out of the page, and so do paths that the server keeps for itself.
            let is_ours = href.starts_with('/') && !href.starts_with("/api/") && !href.starts_with("//");
            if is_ours {
                self.go(Route::parse(href), href);
            }
            is_ours
        });
    }

    /// Where a share link leads, in place of the link itself: Back then leaves the page at once.
    pub(super) fn land(self, landing: &Landing) {
        if matches!(self.route.get_untracked(), Route::Share(_)) {
            let route = Route::from(landing);
            history::replace(&route.path());
            self.route.set(route);
        }
    }

    /// Lets the address bar wear the share link of the page that is shown: a chat's own menu sends on the address.
    pub(super) fn wear(self, link_path: String) {
        history::replace(&link_path);
        let route = self.route.get_untracked();
        self.worn.update(|worn| worn.push((link_path, route)));
    }

    fn go(self, route: Route, path: &str) {
        if self.route.get_untracked() == route {
            dom::scroll_to(0.0);
            return;
        }
        history::push(path);
        self.show(route);
    }

    fn show(self, route: Route) {
        let path = route.path();
        if self.route.get_untracked() == route {
            return;
        }
        self.keep_scroll();
        self.moved.set(true);
        self.route.set(route);
        let y = self.scrolls.with(|scrolls| scrolls.iter().find(|(kept, _)| *kept == path).map(|(_, y)| *y));
        // The page is drawn in a microtask after this one.
        leptos::prelude::queue_microtask(move || {
            dom::focus("main");
            dom::scroll_to(y.unwrap_or_default());
        });
    }

    fn keep_scroll(self) {
        let (path, y) = (self.route.get_untracked().path(), dom::scroll_y());
        self.scrolls.update(|scrolls| {
            scrolls.retain(|(kept, _)| *kept != path);
            scrolls.push((path, y));
        });
    }
}
