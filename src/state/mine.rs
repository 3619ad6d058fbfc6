//! What this participant can know of themselves, take along, and have erased. The sheets are in the side module of the
//! account; what they say of this participant comes from here.

use carnival_domain::award::AwardState;
use carnival_domain::reach::Reach;
use js_sys::Function;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::State;
use super::session::LANGUAGE_KEY;
use crate::browser::storage;
use crate::host::{Host, Saving};
use crate::var::Var;

impl State {
    /// Asks how far this participant's word went.
    pub(crate) fn look_at_reach(self, reach: Var<Option<Reach>>) {
        spawn_local(async move {
            if let Ok(counted) = self.api().reach().await {
                reach.set(Some(counted));
            }
        });
    }

    /// What the two sheets are told beside what every sheet is: whether a file can be kept here, what would be given up, and
    /// the ways to everything that is kept, to the clipboard, and out.
    pub(super) fn of_mine(self) -> [(&'static str, JsValue); 6] {
        let (unsent_count, coupon_count) = self.session.me_untracked(|me| {
            let is_open = |state| matches!(state, AwardState::Promised | AwardState::Claimed);
            let now = self.clock.now();
            let coupons = me.coupons.iter().filter(|coupon| coupon.redeemed_at.is_none() && coupon.valid_until > now);
            let won = me.wins.iter().filter(|win| win.coupon.is_some());
            (me.wins.iter().filter(|win| is_open(win.state)).count(), coupons.count() + won.count())
        });
        let export = Closure::<dyn FnMut(JsValue)>::new(move |done| spawn_local(self.export(done)));
        let copy = Closure::<dyn FnMut(JsValue)>::new(move |text: JsValue| {
            self.copy(text.as_string().unwrap_or_default());
        });
        // What somebody reads is no fact about them.
        let erased = Closure::<dyn FnMut()>::new(|| storage::forget(&[LANGUAGE_KEY]));
        let has_downloads = self.has_addresses() && Host::detect().saving == Saving::Download;
        [
            ("has_downloads", has_downloads.into()),
            ("unsent", (unsent_count as u32).into()),
            ("coupons", (coupon_count as u32).into()),
            ("export", export.into_js_value()),
            ("copy", copy.into_js_value()),
            ("erased", erased.into_js_value()),
        ]
    }

    /// Calls `done` with everything that is kept, as a text; with nothing, if that can't be had now.
    async fn export(self, done: JsValue) {
        let text = self.api().export_text().await.map_or(JsValue::NULL, JsValue::from);
        if let Ok(done) = done.dyn_into::<Function>() {
            let _told = done.call1(&JsValue::UNDEFINED, &text);
        }
    }
}
