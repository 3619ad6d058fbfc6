//! The share card: what a chat shows of the page, kept in step with what is shown here.

use carnival_domain::share_card::{CardTexts, ShareCard, Shared, page_name};
use carnival_domain::share_token::{Channel, Landing};
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::State;
use super::leaderboard::Row;
use crate::browser::side::{Side, object};
use crate::browser::{boot, history};
use crate::host::Host;
use crate::routes::Route;

/// The side module that speaks to chat apps.
const MODULE: &str = "chat";
/// `?debug=share` shows an operator what became of the card, in any host.
const DEBUG: &str = "debug=share";

impl State {
    /// The card of what would be shared now.
    pub(super) fn share_card(self) -> Option<ShareCard> {
        let campaign = self.session.whole_campaign_untracked()?;
        let texts = CardTexts {
            campaign_title: &campaign.title,
            share_title: &campaign.share_title,
            share_text: &campaign.share_text,
            cover: &campaign.cover,
        };
        let in_english = self.session.language_untracked().is_english();
        let mut card = None;
        self.with_shared(&mut |shared| card = Some(ShareCard::of(shared, texts, in_english)));
        Some(card.unwrap_or_else(|| ShareCard::of(Shared::Campaign, texts, in_english)))
    }

    /// Looks at what would be shared now.
    pub(super) fn with_shared(self, look: &mut dyn FnMut(Shared)) {
        if let Some(item) = self.referral.item() {
            return look(Shared::Item { title: &item.title, image: &item.image });
        }
        match self.navigation.route_untracked() {
            Route::Star(star) => match self.leaderboard.row_untracked(&star) {
                Some(Row { star, .. }) => look(Shared::Star {
                    name: &star.name,
                    epithet: &star.epithet,
                    portrait: &star.portrait,
                    color: &star.color,
                }),
                None => look(Shared::Campaign),
            },
            route => match route.landing() {
                Landing::Rush => look(Shared::Campaign),
                landing => look(Shared::Page(&page_name(&landing))),
            },
        }
    }

    /// Makes the links of what is shown before anybody asks for them, and gives the app around the page its card.
    pub(super) fn tend_card(self) {
        spawn_local(async move {
            let host = Host::detect();
            let Some(campaign) = self.session.whole_campaign_untracked() else { return };
            let wanted = host.takes_card(&campaign.platforms);
            let is_debug = boot::landing().contains(DEBUG);
            let landing = self.shared_landing();
            if !wanted && !is_debug {
                let _made_ahead = self.make_link(landing, Channel::Friend).await;
                return;
            }
            let mut links = Vec::new();
            for channel in host.card_channels {
                let Some(link) = self.make_link(landing.clone(), *channel).await else { return };
                links.push((channel_name(*channel), link.into()));
            }
            let Some(chat) = Side::load(MODULE).await else { return };
            // Somebody went on meanwhile: the next page brings its own card.
            if self.shared_landing() != landing {
                return;
            }
            chat.call("start", &self.chat_settings(wanted));
            if let Some(card) = self.share_card() {
                chat.call("show", &self.chat_card(card, object(&links)));
            }
            if is_debug && !self.referral.has_panel.get() {
                self.referral.has_panel.set(true);
                chat.call("panel", &JsValue::UNDEFINED);
            }
        });
    }

    /// Opens the app's own share panel; false where that can't be done.
    pub(super) async fn open_share_panel(self) -> bool {
        match Side::load(MODULE).await {
            Some(chat) => chat.call("share", &JsValue::UNDEFINED).is_truthy(),
            None => false,
        }
    }

    fn chat_settings(self, wanted: bool) -> JsValue {
        let host = Host::detect();
        let on_card = move |ok: JsValue| self.referral.set_card(ok.is_truthy());
        let on_card = Closure::<dyn FnMut(JsValue)>::new(on_card).into_js_value();
        let has_open_tags = self.goods.has_open_tags();
        object(&[
            ("host", host.name.into()),
            ("is_ios", host.is_ios.into()),
            ("landing", boot::landing().into()),
            ("share_card", wanted.into()),
            ("open_tags", has_open_tags.into()),
            ("language", self.session.language_untracked().tag().into()),
            ("on_card", on_card.unchecked_into()),
        ])
    }

    fn chat_card(self, card: ShareCard, links: JsValue) -> JsValue {
        let image = if card.image.starts_with('/') { history::origin() + &card.image } else { card.image };
        object(&[
            ("title", card.title.into()),
            ("text", card.text.into()),
            ("image", image.into()),
            ("links", links),
            ("url", (history::origin() + &history::path()).into()),
        ])
    }
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Moments => "moments",
        Channel::Qq => "qq",
        Channel::Qzone => "qzone",
        _ => "friend",
    }
}
