//! Who this participant is: a guest, until they agree to the privacy notice and a platform says who they are. The sheets
//! for that, and for all that is kept of them, are a side module; it writes by the page's own way.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::SignInOutcome;
use carnival_domain::platforms::Provider;
use js_sys::{Function, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::toasts::Tone;
use super::{State, new_key};
use crate::browser::side::{Side, object};
use crate::host::Host;
use crate::routes::Route;
use crate::text::platform;
use crate::var::Var;

/// The side module with the sheets.
const MODULE: &str = "account";

/// What is laid over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// The privacy notice, to agree to before one goes to this platform.
    Consent(Provider),
    /// The question whether to take that back.
    Withdrawal,
    /// Everything that is kept, to take along.
    Export,
    /// The question whether to erase it.
    Erasure,
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Account {
    /// How the last try to sign in ended, if not well.
    outcome: Var<Option<SignInOutcome>>,
    /// Whether a sheet is on its way.
    opening: Var<bool>,
}

impl Account {
    pub(super) fn new() -> Self {
        Self { outcome: Var::new(None), opening: Var::new(false) }
    }

    /// How the last try to sign in ended, if not well.
    pub(crate) fn outcome(self) -> Option<SignInOutcome> {
        self.outcome.get()
    }

    /// Whether a sheet is on its way.
    pub(crate) fn is_opening(self) -> bool {
        self.opening.get()
    }
}

impl State {
    /// Who could say here who this participant is.
    pub(crate) fn provider(self) -> Option<Provider> {
        let campaign = self.session.whole_campaign()?;
        let provider = Host::detect().provider;
        provider.filter(|provider| self.has_addresses() && campaign.platforms.can_sign_in(*provider))
    }

    /// Lays a sheet over the page.
    pub(crate) fn open_sheet(self, sheet: Sheet) {
        if self.account.opening.get_untracked() {
            return;
        }
        self.account.opening.set(true);
        spawn_local(async move {
            let module = Side::load(MODULE).await;
            self.account.opening.set(false);
            let Some(module) = module else {
                return self.say(Tone::Plain, self.text().refused_network());
            };
            match sheet {
                Sheet::Consent(provider) => module.call("consent", &self.for_sheet(provider)),
                // Which platform it was is of no matter.
                Sheet::Withdrawal => module.call("withdrawal", &self.for_sheet(Provider::WeChat)),
                Sheet::Export => module.call("kept", &self.for_sheet(Provider::WeChat)),
                Sheet::Erasure => module.call("erasure", &self.for_sheet(Provider::WeChat)),
            };
        });
    }

    /// What a sheet is told: what the privacy notice says, and the way to write.
    fn for_sheet(self, provider: Provider) -> JsValue {
        let Some(campaign) = self.session.whole_campaign_untracked() else { return JsValue::UNDEFINED };
        let notice = &campaign.privacy;
        let others: Vec<_> = notice.third_parties.iter().map(|line| self.local(line)).collect();
        let post = Closure::<dyn FnMut(JsValue)>::new(move |write| spawn_local(self.post_for_sheet(write)));
        let changed = Closure::<dyn FnMut(JsValue)>::new(move |withdrawn: JsValue| {
            self.refresh_me();
            if withdrawn.is_truthy() {
                self.say(Tone::Good, self.text().toast_withdrawn());
            }
        });
        let mut members = vec![
            ("language", self.session.language_untracked().tag().into()),
            ("platform", platform(self.text(), provider).into()),
            ("provider", provider.as_str().into()),
            ("nickname", campaign.platforms.asks_for_nickname(provider).into()),
            ("version", (&notice.version).into()),
            ("organiser", self.local(&campaign.organiser).into()),
            ("contact", (&notice.contact).into()),
            ("keep_days", notice.keep_days.to_string().into()),
            ("third_parties", others.join(" · ").into()),
            ("url", notice.url.as_deref().unwrap_or_default().into()),
            ("to", Route::Mine.path().into()),
            ("post", post.into_js_value()),
            ("changed", changed.into_js_value()),
        ];
        members.extend(self.of_mine());
        object(&members)
    }

    /// Writes what a sheet wants written: `{ path, body, done }`. `done` is told why that came to nothing, or that it did
    /// not. A notice that is not the current one any more is told beside the sheet, which goes: the next one has the new
    /// notice.
    async fn post_for_sheet(self, write: JsValue) {
        let member = |name: &str| Reflect::get(&write, &name.into()).unwrap_or_default();
        let path = member("path").as_string().unwrap_or_default();
        let body = member("body").as_string();
        let why = match self.api().post(&path, body, &new_key()).await {
            Ok(_) => JsValue::NULL,
            Err(problem) if problem.code == ErrorCode::ConsentOutdated => {
                self.refresh_campaign();
                self.tell_sign_in(Some(SignInOutcome::ConsentMissing));
                "".into()
            }
            Err(problem) => self.refusal(&problem).into(),
        };
        if let Ok(done) = member("done").dyn_into::<Function>() {
            let _told = done.call1(&JsValue::UNDEFINED, &why);
        }
    }

    /// Says how signing in ended, if this is the page that it led back to.
    pub(crate) fn tell_sign_in(self, outcome: Option<SignInOutcome>) {
        let Some(outcome) = outcome else { return };
        let is_in = outcome == SignInOutcome::SignedIn;
        self.say(if is_in { Tone::Good } else { Tone::Plain }, self.outcome_sentence(outcome));
        self.account.outcome.set(Some(outcome).filter(|_| !is_in));
    }

    /// How signing in ended, and what to do about it.
    pub(crate) fn outcome_sentence(self, outcome: SignInOutcome) -> &'static str {
        let text = self.text();
        match outcome {
            SignInOutcome::SignedIn => text.signed_in(),
            SignInOutcome::Refused => text.sign_in_refused(),
            SignInOutcome::Snapshot => text.sign_in_snapshot(),
            SignInOutcome::ConsentMissing => text.sign_in_consent(),
            SignInOutcome::Failed => text.sign_in_failed(),
        }
    }

    fn say(self, tone: Tone, sentence: &str) {
        self.toasts.say(tone, sentence.to_owned());
    }
}
