//! What the page asks for, and what this browser has of it.

use carnival_domain::ids::DrawId;
use carnival_proof::receipt::Receipt;
use js_sys::{Array, JSON};
use wasm_bindgen::JsValue;

use crate::fetch::{self, Missed};
use crate::js;
use crate::words::{CHINESE, ENGLISH, Words};

/// More receipts of one draw than anybody has: a draw that rolls over for days.
const RECEIPTS_MAX: usize = 100;
/// What the participant has, entries with their receipts among it.
const ME: &str = "/api/v1/me";
/// Where the page keeps the commitments that were public when its participant entered.
const SEALS: &str = "carnival.seals";

/// See `open`.
pub(crate) struct Asked {
    pub(crate) draw_id: DrawId,
    /// The document itself, where there is no server.
    pub(crate) proof: Option<String>,
    /// The participant's own entries, where there is no server.
    entries: String,
    /// The commitment that this browser saw when its participant entered, hex.
    pub(crate) seal: Option<String>,
}

impl Asked {
    pub(crate) fn read(value: &JsValue) -> Self {
        let draw_id = DrawId::from(value.as_string().unwrap_or_else(|| js::text(value, "draw")));
        let seals =
            js::window().local_storage().ok().flatten().and_then(|storage| storage.get_item(SEALS).ok().flatten());
        Self {
            proof: Some(js::text(value, "proof")).filter(|proof| !proof.is_empty()),
            entries: js::text(value, "entries"),
            seal: seal(&draw_id, &seals.unwrap_or_default()),
            draw_id,
        }
    }

    pub(crate) fn words(&self) -> &'static Words {
        let root = js::document().document_element();
        let in_english = root.is_some_and(|root| root.get_attribute("lang").as_deref() == Some("en"));
        if in_english { &ENGLISH } else { &CHINESE }
    }

    /// The participant's receipts in this draw.
    pub(crate) async fn receipts(&self) -> Result<Vec<Receipt>, Missed> {
        if self.proof.is_some() {
            return Ok(self.entries.split(' ').filter_map(|entry| self.receipt(entry, None, None)).collect());
        }
        let me = String::from_utf8_lossy(&fetch::bytes(ME).await?).into_owned();
        let me = JSON::parse(&me).map_err(|_| Missed::Network)?;
        // Rounds, stars' fans and offers' first moments: a draw is of one kind, and its entries stand under that.
        let kinds = ["entries", "fans", "starts"].map(|kind| Array::from(&js::get(&me, kind)));
        let mine = kinds
            .iter()
            .flat_map(|entries| entries.iter())
            .filter(|entry| js::text(entry, "draw_id") == self.draw_id.as_str());
        let receipts = mine.take(RECEIPTS_MAX).filter_map(|entry| {
            let text = |name| js::get(&entry, name).as_string();
            self.receipt(&text("entry_id")?, text("accepted_at"), text("signature"))
        });
        Ok(receipts.collect())
    }

    fn receipt(&self, entry: &str, accepted_at: Option<String>, signature: Option<String>) -> Option<Receipt> {
        Some(Receipt {
            draw_id: self.draw_id.clone(),
            entry_id: entry.parse().ok()?,
            round_id: None,
            accepted_at,
            signature,
            public_key: None,
            index: None,
            path: None,
            root: None,
        })
    }
}

/// The line of a draw among all that were kept: of several the last, which is the oldest.
fn seal(draw_id: &DrawId, seals: &str) -> Option<String> {
    let lines = seals.lines().rev().filter_map(|line| line.split_once(' '));
    // The very last line may have been cut off.
    let mut whole = lines.filter(|(_, seal)| seal.len() == 64);
    whole.find(|(draw, _)| *draw == draw_id.as_str()).map(|(_, seal)| seal.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_of_a_draw_is_the_first_that_was_kept_of_it() {
        let [first, second, other] = ["a", "b", "c"].map(|digit| digit.repeat(64));
        let seals = format!("demo-r1 {second}\ndemo-r11 {other}\ndemo-r1 {first}\ndemo-r1 aaa");
        assert_eq!(seal(&"demo-r1".into(), &seals), Some(first));
        assert_eq!(seal(&"demo-r2".into(), &seals), None);
    }
}
