//! Share links: making this participant's, and telling that somebody else's was opened.

use carnival_contract::requests::MakeLink;
use carnival_domain::share_token::{Channel, Landing};
use leptos::task::spawn_local;

use super::toasts::Tone;
use super::{State, new_key};
use crate::browser::{clipboard, history};
use crate::host::{Host, WayOut, WebShare, web_share};
use crate::routes::Route;
use crate::var::{Kept, Var};

/// What lies over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Overlay {
    /// Nothing.
    None,
    /// The arrow to the chat's own menu.
    ShareGuide,
    /// The link, to copy by hand.
    ShareSheet(String),
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Referral {
    host: Host,
    overlay: Var<Overlay>,
    links: Kept<Vec<(Landing, String)>>,
}

impl Referral {
    pub(super) fn new() -> Self {
        Self { host: Host::detect(), overlay: Var::new(Overlay::None), links: Kept::new(Vec::new()) }
    }

    /// What lies over the page.
    pub(crate) fn overlay(self) -> Overlay {
        self.overlay.get()
    }

    /// Clears the page.
    pub(crate) fn close(self) {
        if self.overlay.get_untracked() != Overlay::None {
            self.overlay.set(Overlay::None);
        }
    }

    fn link(self, landing: &Landing) -> Option<String> {
        self.links.with(|links| links.iter().find(|(to, _)| to == landing).map(|(_, link)| link.clone()))
    }
}

impl State {
    /// Shares the page that is shown, by the best way out that the host has.
    pub(crate) fn share(self) {
        let way_out = self.referral.host.way_out();
        if way_out == WayOut::PointAtMenu {
            self.referral.overlay.set(Overlay::ShareGuide);
            spawn_local(self.wear_link());
            return;
        }
        // The link is there already unless the tap was very quick: browsers want the way out to follow the tap at once.
        spawn_local(async move {
            let landing = self.navigation.route_untracked().landing();
            let Some(link) = self.make_link(landing).await else {
                self.toasts.say(self.clock.now(), Tone::Plain, self.text().share_failed.to_owned());
                return;
            };
            if way_out == WayOut::WebShare {
                let campaign = self.session.campaign_untracked();
                let (title, text) = (self.local(&campaign.share_title), self.local(&campaign.share_text));
                if web_share(&title, &text, &link).await == WebShare::Shown {
                    return;
                }
            }
            self.copy_link(link).await;
        });
    }

    /// The menu that the guide points at sends on the page's address, so that must be the link.
    async fn wear_link(self) {
        let route = self.navigation.route_untracked();
        if let Some(link) = self.make_link(route.landing()).await
            && self.navigation.route_untracked() == route
            && let Some(path) = link.strip_prefix(&history::origin())
        {
            self.navigation.wear(path.to_owned());
        }
    }

    async fn copy_link(self, link: String) {
        if clipboard::copy(&link).await {
            self.toasts.say(self.clock.now(), Tone::Good, self.text().toast_link_copied.to_owned());
        } else {
            self.referral.overlay.set(Overlay::ShareSheet(link));
        }
    }

    /// Copies a text that is not a link.
    pub(crate) fn copy(self, copied: String) {
        spawn_local(async move {
            let text = self.text();
            let sentence = if clipboard::copy(&copied).await { text.toast_copied } else { text.copy_failed };
            self.toasts.say(self.clock.now(), Tone::Plain, sentence.to_owned());
        });
    }

    /// Makes the link of the page that is shown before anybody asks for it.
    pub(super) fn prefetch_link(self) {
        spawn_local(async move {
            let _ = self.make_link(self.navigation.route_untracked().landing()).await;
        });
    }

    async fn make_link(self, landing: Landing) -> Option<String> {
        if let Some(link) = self.referral.link(&landing) {
            return Some(link);
        }
        let request = MakeLink { landing: landing.clone(), channel: Channel::Friend };
        let made = self.api().make_link(&request, &new_key()).await.ok()?;
        let link = history::origin() + &made.path;
        self.referral.links.update(|links| links.push((landing, link.clone())));
        Some(link)
    }

    /// Tells that a friend's link was opened, if one was, and goes where it leads.
    pub(super) fn record_visit(self) {
        let Route::Share(token) = self.navigation.route_untracked() else { return };
        spawn_local(async move {
            let landing = match self.api().record_visit(&token, &new_key()).await {
                Ok(counted) => counted.landing,
                // A link that can't be followed is still a way into the campaign.
                Err(_) => Landing::Rush,
            };
            self.navigation.land(&landing);
        });
    }

    /// Goes where a share link leads, if the server has said so already.
    pub(crate) fn land(self, landing: Option<Landing>) {
        if let Some(landing) = landing {
            self.navigation.land(&landing);
        }
    }
}
