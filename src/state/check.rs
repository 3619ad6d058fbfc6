//! Checking a draw: done by a side module, which fetches what it needs and says all that there is to say.

use carnival_domain::ids::DrawId;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::State;
use super::toasts::Tone;
use crate::browser::side::Side;
use crate::browser::storage;
use crate::ui::El;

/// The side module that checks.
const MODULE: &str = "check";
/// Where this browser keeps the commitments that it saw while its participant entered: a draw and its commitment a line,
/// the newest first. The side module reads them.
const SEALS: &str = "carnival.seals";
/// How much of the older ones is kept, bytes: as many as a participant is shown receipts of.
const SEALS_LENGTH: usize = 4_000;

impl State {
    /// Keeps the commitment that is public while this participant enters: the seed that is shown later must be the one
    /// that was sealed then.
    pub(super) fn keep_seal(self, draw: &DrawId, commitment: &str) {
        let kept = storage::read(SEALS).unwrap_or_default();
        let older = kept.get(..SEALS_LENGTH).unwrap_or(&kept);
        storage::write(SEALS, &[draw.as_str(), " ", commitment, "\n", older].concat());
    }

    /// Opens the check of a draw; `button` shows that it is on its way.
    pub(crate) fn check_draw(self, draw: DrawId, button: El) {
        spawn_local(async move {
            let button = button.attr("data-state", "sending");
            let check = Side::load(MODULE).await;
            button.attr("data-state", "");
            match check {
                Some(check) => drop(check.call("open", &self.to_be_checked(&draw))),
                None => self.toasts.say(Tone::Plain, self.text().refused_network().to_owned()),
            }
        });
    }

    #[cfg(not(feature = "mock-api"))]
    fn to_be_checked(self, draw: &DrawId) -> JsValue {
        draw.as_str().into()
    }

    /// Where there is no server, there is nothing to fetch.
    #[cfg(feature = "mock-api")]
    fn to_be_checked(self, draw: &DrawId) -> JsValue {
        let me = self.session.me_untracked(|me| {
            let entries = me.entries.iter().filter(|entry| entry.draw_id == *draw);
            let fans = me.fans.iter().filter(|entry| entry.draw_id == *draw);
            let ids = entries.map(|entry| entry.entry_id).chain(fans.map(|entry| entry.entry_id));
            ids.map(|id| id.to_string()).collect::<Vec<_>>().join(" ")
        });
        let proof = self.api().proof_text(draw);
        crate::browser::side::object(&[("draw", draw.as_str().into()), ("proof", proof.into()), ("entries", me.into())])
    }
}
