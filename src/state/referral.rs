//! Share links: making this participant's, and telling that somebody else's was opened.

use carnival_contract::requests::MakeLink;
use carnival_domain::campaign::Item;
use carnival_domain::entry::AwaitedAct;
use carnival_domain::share_token::{Channel, Landing};
use leptos::task::spawn_local;

use super::later::News;
use super::toasts::Tone;
use super::{State, new_key};
use crate::browser::{clipboard, history};
use crate::host::{Host, Sharing, WayOut, WebShare, web_share};
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
    /// A poster to keep.
    Poster,
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Referral {
    pub(super) overlay: Var<Overlay>,
    links: Kept<Vec<(Landing, Channel, String)>>,
    /// The item that is shared in place of the page that is shown.
    item: Kept<Option<Item>>,
    /// Whether the app around the page shows our card: then its menu sends the right link by itself.
    has_card: Var<bool>,
    /// Whether the diagnosis was opened already.
    pub(super) has_panel: Kept<bool>,
}

impl Referral {
    pub(super) fn new() -> Self {
        Self {
            overlay: Var::new(Overlay::None),
            links: Kept::new(Vec::new()),
            item: Kept::new(None),
            has_card: Var::new(false),
            has_panel: Kept::new(false),
        }
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

    fn link(self, landing: &Landing, channel: Channel) -> Option<String> {
        let is_it = |(to, by, _): &&(Landing, Channel, String)| to == landing && *by == channel;
        self.links.with(|links| links.iter().find(is_it).map(|(_, _, link)| link.clone()))
    }

    /// Whether the tags of WeChat that open other apps can be shown.
    pub(crate) fn has_open_tags(self) -> bool {
        self.has_card.get() && Host::detect().has_open_tags
    }

    /// The app has taken our card, or not.
    pub(super) fn set_card(self, is_taken: bool) {
        self.has_card.set_if_new(is_taken);
    }

    /// The item that is shared in place of the page, if any.
    pub(super) fn item(self) -> Option<Item> {
        self.item.get()
    }

    /// Another page is shown: that is what is shared from now on.
    pub(super) fn forget_item(self) {
        self.item.set(None);
    }
}

impl State {
    /// Shares the page that is shown, by the best way out that the host has.
    pub(crate) fn share(self) {
        self.want(News::Share);
    }

    pub(super) fn share_now(self) {
        if self.my_entry_untracked().is_some_and(|entry| entry.waits_for == Some(AwaitedAct::Share)) {
            // A link that was made before is not one that was made for this entry.
            self.referral.links.update(Vec::clear);
            self.tend_card();
        }
        match Host::detect().way_out() {
            WayOut::PointAtMenu => self.point_at_menu(),
            WayOut::OpenPanel => spawn_local(async move {
                if !self.open_share_panel().await {
                    self.point_at_menu();
                }
            }),
            WayOut::WebShare => spawn_local(self.send_link(true)),
            WayOut::Copy => spawn_local(self.send_link(false)),
        }
    }

    /// Shares an item of the goods.
    pub(crate) fn share_item(self, item: Item) {
        self.referral.item.set(Some(item));
        self.tend_card();
        self.share();
    }

    /// Where a link that is made now leads.
    pub(super) fn shared_landing(self) -> Landing {
        match self.referral.item() {
            Some(item) => Landing::Item { item_id: item.id },
            None => self.navigation.route_untracked().landing(),
        }
    }

    fn point_at_menu(self) {
        self.referral.overlay.set(Overlay::ShareGuide);
        if !self.referral.has_card.get_untracked() {
            spawn_local(self.wear_link());
        }
    }

    /// The link is there already unless the tap was very quick: browsers want the way out to follow the tap at once.
    async fn send_link(self, by_system: bool) {
        let Some(link) = self.make_link(self.shared_landing(), Channel::Friend).await else {
            self.toasts.say(Tone::Plain, self.text().share_failed().to_owned());
            return;
        };
        if let Some(card) = self.share_card().filter(|_| by_system)
            && web_share(&card.title, &card.text, &link).await == WebShare::Shown
        {
            return;
        }
        self.copy_link(link).await;
    }

    /// The menu that the guide points at sends on the page's address, so that must be the link, unless the app shows
    /// our card.
    async fn wear_link(self) {
        let route = self.navigation.route_untracked();
        let channel = if Host::detect().sharing == Sharing::Panel { Channel::Qq } else { Channel::Friend };
        if let Some(link) = self.make_link(self.shared_landing(), channel).await
            && self.navigation.route_untracked() == route
            && !self.referral.has_card.get_untracked()
            && let Some(path) = link.strip_prefix(&history::origin())
        {
            self.navigation.wear(path.to_owned());
        }
    }

    async fn copy_link(self, link: String) {
        if clipboard::copy(&link).await {
            self.toasts.say(Tone::Good, self.text().toast_link_copied().to_owned());
        } else {
            self.referral.overlay.set(Overlay::ShareSheet(link));
        }
    }

    /// Copies a text that is not a link.
    pub(crate) fn copy(self, copied: String) {
        spawn_local(async move {
            let text = self.text();
            let sentence = if clipboard::copy(&copied).await { text.toast_copied() } else { text.copy_failed() };
            self.toasts.say(Tone::Plain, sentence.to_owned());
        });
    }

    /// The link to a place through a channel; the same one each time.
    pub(super) async fn make_link(self, landing: Landing, channel: Channel) -> Option<String> {
        if let Some(link) = self.referral.link(&landing, channel) {
            return Some(link);
        }
        let request = MakeLink { landing: landing.clone(), channel };
        let made = self.api().make_link(&request, &new_key()).await.ok()?;
        if let Some(receipt) = made.counted {
            self.put_receipt(receipt);
        }
        let link = history::origin() + &made.path;
        self.referral.links.update(|links| links.push((landing, channel, link.clone())));
        Some(link)
    }

    /// Tells that a friend's link was opened, if one was, and goes where it leads.
    pub(super) fn record_visit(self, opened: Route) {
        let Route::Share(token) = opened else { return };
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
