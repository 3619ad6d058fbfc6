//! What is kept of one participant in memory, and how all of it goes.

use carnival_domain::erasure::nobody;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;

use super::MemoryLedger;
use crate::ledger::KeptRow;

impl MemoryLedger {
    pub(super) fn kept_of(&self, who: ParticipantId) -> KeptRow {
        KeptRow {
            votes: self.votes.ever_cast_by(who),
            consents: self.people.all_said(who),
            links: self.reach.links_of(who),
            opened_count: self.reach.opened_count(who),
            answer_count: self.answers.keys().filter(|(by, _)| *by == who).count() as u32,
            other_id_count: self.people.other_id_count(who),
        }
    }

    pub(super) fn erase_all(&mut self, who: ParticipantId, at: Timestamp) {
        for entry in self.entries.iter_mut().filter(|entry| entry.participant_id == who) {
            entry.participant_id = nobody(&entry.entry_id.0);
        }
        for (owner, coupon) in self.coupons.iter_mut().filter(|(owner, _)| *owner == who) {
            *owner = nobody(coupon.code.as_bytes());
            if self.shelf.as_used(coupon).redeemed_at.is_none() {
                coupon.valid_until = coupon.valid_until.min(at);
            }
        }
        self.awards.erase(who);
        // Votes count as before.
        self.votes.move_all(who, nobody(b"votes"));
        self.canvassing.erase(who);
        self.starts.erase(who);
        self.fans.erase(who);
        self.reach.erase(who);
        self.picks.erase(who);
        self.people.erase(who, at);
        self.answers.retain(|(by, _), _| *by != who);
    }
}
