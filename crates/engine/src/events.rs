//! Writing down what is to be told, in the same breath as what happened.

use carnival_contract::events::{Event, Fact};
use carnival_contract::paths;
use carnival_domain::award::Occasion;
use carnival_domain::base32;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::ids::EndpointId;
use carnival_domain::time::Timestamp;
use sha2::{Digest, Sha256};

use crate::Engine;
use crate::ledger::{DrawRow, EventRow, Ledger};

impl Engine {
    /// Writes down what happened for those who want to hear of it. `mark` is what no other fact of its kind has: a message's
    /// id follows from it, so that it is the same however often the message is sent.
    pub(crate) fn tell<L: Ledger>(
        &self,
        ledger: &mut L,
        fact: Fact,
        mark: &str,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        let kind = fact.kind();
        let listeners = self.campaign.webhooks.iter().filter(|endpoint| endpoint.events.contains(&kind));
        let listeners: Vec<EndpointId> = listeners.map(|endpoint| endpoint.id.clone()).collect();
        if listeners.is_empty() {
            return Ok(());
        }
        // A fact has no map with keys that are not text, the one thing that JSON cannot say.
        let body = serde_json::to_string(&Event { timestamp: now, fact }).unwrap_or_default();
        let event = EventRow { webhook_id: webhook_id(kind.as_str(), mark), happened_at: now, body };
        ledger.add_event(&event, &listeners)
    }

    /// Tells of a draw: of what it was for, and of each who won.
    pub(crate) fn tell_of_draw<L: Ledger>(
        &self,
        ledger: &mut L,
        draw: &DrawRow,
        proof: &DrawProof,
        occasion: &Occasion,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        let draw_id = draw.draw_id.clone();
        let (entry_count, winner_count) = (draw.entry_count, proof.winners.len() as u32);
        let proof_path = paths::proof(&draw_id);
        let fact = match occasion.clone() {
            Occasion::Round(round_id) => {
                Fact::RoundDrawn { round_id, draw_id, entry_count, winner_count, proof: proof_path }
            }
            Occasion::Star(star_id) => {
                Fact::FansDrawn { star_id, draw_id, entry_count, winner_count, proof: proof_path }
            }
        };
        // Demos that begin anew use their draws' ids again; never a seed.
        self.tell(ledger, fact, &proof.commitment.to_string(), now)?;
        for winner in &proof.winners {
            let fact = Fact::PrizeWon {
                draw_id: draw.draw_id.clone(),
                occasion: occasion.clone(),
                entry_id: winner.entry_id,
                prize_id: winner.prize_id.clone(),
            };
            self.tell(ledger, fact, &winner.entry_id.to_string(), now)?;
        }
        Ok(())
    }
}

fn webhook_id(kind: &str, mark: &str) -> String {
    let hash = Sha256::digest([kind, "\x1f", mark].concat());
    format!("msg_{}", base32::encode(&hash[..16]))
}
