//! Prizes in memory: what became of them, and the addresses they go to.

use std::collections::BTreeMap;

use carnival_domain::award::AwardState;
use carnival_domain::erasure::nobody;
use carnival_domain::ids::{DrawId, EntryId, ParticipantId};
use carnival_domain::time::Timestamp;

use crate::ledger::AwardRow;

#[derive(Clone, Debug, Default)]
pub(super) struct Awards {
    /// In the order in which they came about.
    log: Vec<AwardRow>,
    addresses: BTreeMap<EntryId, Vec<u8>>,
}

impl Awards {
    pub(super) fn of_draw(&self, id: &DrawId) -> Vec<AwardRow> {
        self.log.iter().filter(|row| row.draw_id == *id).cloned().collect()
    }

    pub(super) fn of(&self, who: ParticipantId) -> Vec<AwardRow> {
        self.log.iter().rev().filter(|row| row.participant_id == who).cloned().collect()
    }

    pub(super) fn one(&self, entry: EntryId) -> Option<AwardRow> {
        self.log.iter().find(|row| row.award.entry_id == entry).cloned()
    }

    pub(super) fn due(&self, now: Timestamp, limit: u32) -> Vec<AwardRow> {
        let is_due = |row: &&AwardRow| row.award.claim_by.is_none_or(|by| by <= now);
        let mut due: Vec<_> = self.promised().filter(is_due).cloned().collect();
        due.sort_by_key(|row| row.award.claim_by);
        due.truncate(limit as usize);
        due
    }

    pub(super) fn next_claim_by(&self) -> Option<Timestamp> {
        self.promised().filter_map(|row| row.award.claim_by).min()
    }

    fn promised(&self) -> impl Iterator<Item = &AwardRow> {
        self.log.iter().filter(|row| row.award.state == AwardState::Promised)
    }

    pub(super) fn put(&mut self, row: &AwardRow) {
        match self.log.iter_mut().find(|known| known.award.entry_id == row.award.entry_id) {
            Some(known) => *known = row.clone(),
            None => self.log.push(row.clone()),
        }
    }

    pub(super) fn to_send(&self, limit: u32) -> Vec<(AwardRow, Vec<u8>)> {
        let claimed = self.log.iter().filter(|row| row.award.state == AwardState::Claimed);
        let with_address = |row: &AwardRow| Some((row.clone(), self.delivery(row.award.entry_id)?));
        let mut claimed: Vec<_> = claimed.filter_map(with_address).collect();
        claimed.sort_by_key(|(row, _)| row.award.changed_at);
        claimed.truncate(limit as usize);
        claimed
    }

    pub(super) fn delivery(&self, entry: EntryId) -> Option<Vec<u8>> {
        self.addresses.get(&entry).cloned()
    }

    pub(super) fn put_delivery(&mut self, entry: EntryId, sealed: &[u8]) {
        self.addresses.insert(entry, sealed.to_vec());
    }

    pub(super) fn forget(&mut self, sent_until: Timestamp) -> u32 {
        let before = self.addresses.len();
        for row in self.log.iter().filter(|row| row.award.state == AwardState::Dispatched) {
            if row.award.changed_at <= sent_until {
                self.addresses.remove(&row.award.entry_id);
            }
        }
        (before - self.addresses.len()) as u32
    }

    pub(super) fn first_sent_with_address(&self) -> Option<Timestamp> {
        let sent = self.log.iter().filter(|row| row.award.state == AwardState::Dispatched);
        let sent = sent.filter(|row| self.addresses.contains_key(&row.award.entry_id));
        sent.map(|row| row.award.changed_at).min()
    }

    /// What was won is nobody's, and the addresses are gone.
    pub(super) fn erase(&mut self, who: ParticipantId) {
        for row in self.log.iter_mut().filter(|row| row.participant_id == who) {
            row.participant_id = nobody(&row.award.entry_id.0);
            row.coupon = None;
            self.addresses.remove(&row.award.entry_id);
        }
    }

    pub(super) fn move_all(&mut self, from: ParticipantId, to: ParticipantId) {
        self.log.iter_mut().filter(|row| row.participant_id == from).for_each(|row| row.participant_id = to);
    }
}
