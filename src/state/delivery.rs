//! Saying where a prize goes: the form is a side module, which only winners load.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::Win;
use carnival_domain::delivery::DeliveryForm;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::future_to_promise;

use super::toasts::Tone;
use super::{State, new_key};
use crate::api::decode;
use crate::browser::side::{Side, object};
use crate::var::Var;

/// The side module with the form.
const MODULE: &str = "delivery";

impl State {
    /// Opens the form for a prize; `loading` is raised until it is there.
    pub(crate) fn open_delivery(self, win: Win, loading: Var<bool>) {
        if loading.get_untracked() {
            return;
        }
        loading.set(true);
        spawn_local(async move {
            let module = Side::load(MODULE).await;
            loading.set(false);
            let Some(module) = module else {
                return self.toasts.say(Tone::Plain, self.text().refused_network().to_owned());
            };
            let Some(campaign) = self.session.whole_campaign_untracked() else { return };
            let prize = untrack(|| self.prize(&win.prize_id));
            let title = prize.map(|prize| self.local(&prize.title)).unwrap_or_default();
            let entry = win.entry_id.to_string();
            let submit = move |form: JsValue| {
                let win = win.clone();
                JsValue::from(future_to_promise(async move { Ok(self.claim_prize(&win, form).await.into()) }))
            };
            let submit = Closure::<dyn FnMut(JsValue) -> JsValue>::new(submit).into_js_value();
            let settings = [
                ("prize", title.into()),
                ("entry", entry.into()),
                ("keep_days", campaign.privacy.delivery_keep_days.to_string().into()),
                ("in_english", self.session.language_untracked().is_english().into()),
                ("submit", submit),
            ];
            module.call("open", &object(&settings));
        });
    }

    /// Empty once the address is kept; or the word of the field that was not taken, or a sentence.
    async fn claim_prize(self, win: &Win, form: JsValue) -> String {
        let key = new_key();
        let reply = match decode::<DeliveryForm>(form) {
            Ok(form) => self.api().claim_prize(&win.draw_id, win.entry_id, &form, &key).await,
            Err(problem) => Err(problem),
        };
        match reply {
            Ok(_) => {
                // What is shown back is masked, and the back end's to say.
                if let Ok(said) = self.api().me().await {
                    self.take_me(said);
                }
                String::new()
            }
            Err(problem) if problem.code == ErrorCode::DeliveryMalformed => problem.detail.unwrap_or_default(),
            Err(problem) => {
                self.refresh_me();
                self.refusal(&problem)
            }
        }
    }
}
