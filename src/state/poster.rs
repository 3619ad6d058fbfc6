//! The poster: a picture to keep of what is shown, with the way here as a QR code.
//!
//! The side module `poster` draws it and shows it in the place that the page makes for it. Here is what it draws from.

use carnival_domain::share_card::Shared;
use carnival_domain::share_token::Channel;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::State;
use super::later::News;
use super::referral::Overlay;
use super::toasts::Tone;
use crate::browser::side::{Side, object};
use crate::host::{Host, Saving};

const MODULE: &str = "poster";

impl State {
    /// Makes a poster of what is shown, as soon as all of the page is there.
    pub(crate) fn ask_for_poster(self) {
        self.want(News::Poster);
    }

    fn give_up_poster(self) {
        self.referral.close();
        self.toasts.say(Tone::Plain, self.text().share_failed().to_owned());
    }

    /// Shows its place at once, and makes it.
    pub(super) fn show_poster(self) {
        self.referral.overlay.set(Overlay::Poster);
        // Beside the link, which takes a way to the server and back.
        let loading = Side::load(MODULE);
        spawn_local(async move {
            let link = self.make_link(self.shared_landing(), Channel::Offline).await;
            if let (Some(link), Some(module)) = (link, loading.await) {
                module.call("draw", &self.poster_of(&link));
            } else {
                self.give_up_poster();
            }
        });
    }

    /// What stands on it, for the module.
    fn poster_of(self, link: &str) -> JsValue {
        let mut poster = JsValue::UNDEFINED;
        self.with_shared(&mut |shared| {
            let Some(campaign) = self.session.whole_campaign_untracked() else { return };
            let mut entry = None;
            // Kind, name, line, picture and colour.
            let (kind, name, line, picture, color) = match shared {
                Shared::Campaign => {
                    entry = untrack(|| self.my_entry());
                    ("", None, &campaign.tagline, campaign.cover.as_str(), "")
                }
                Shared::Page(name) => ("", Some(name), &campaign.tagline, campaign.cover.as_str(), ""),
                Shared::Star { name, epithet, portrait, color } => ("star", Some(name), epithet, portrait, color),
                Shared::Item { title, image } => ("item", Some(title), &campaign.tagline, image, ""),
            };
            poster = object(&[
                ("kind", kind.into()),
                ("title", name.map(|name| self.local(name)).into()),
                ("line", self.local(line).into()),
                ("picture", picture.into()),
                ("color", color.into()),
                ("brand", self.local(&campaign.title).into()),
                ("organiser", self.local(&campaign.organiser).into()),
                ("starts_at", campaign.starts_at.as_ms().to_string().into()),
                ("ends_at", campaign.ends_at.as_ms().to_string().into()),
                ("utc_offset", campaign.utc_offset.0.into()),
                ("round_length_ms", campaign.round_length_ms.to_string().into()),
                ("round", entry.as_ref().map(|entry| entry.round_id.0).into()),
                ("entry", entry.map(|entry| entry.entry_id.to_string()).into()),
                ("link", link.into()),
                ("language", self.session.language_untracked().tag().into()),
                ("has_server", self.has_addresses().into()),
                ("has_downloads", (Host::detect().saving == Saving::Download).into()),
            ]);
        });
        poster
    }
}
