//! Draws of stars' fans, and who is in them.

use std::collections::BTreeMap;

use carnival_domain::draw::EntryOfDraw;
use carnival_domain::erasure::nobody;
use carnival_domain::ids::{DrawId, ParticipantId, StarId};

use crate::ledger::{FanEntryRow, FansDrawRow};

#[derive(Clone, Debug, Default)]
pub(super) struct Fans {
    draws: BTreeMap<StarId, FansDrawRow>,
    entries: Vec<FanEntryRow>,
}

impl Fans {
    pub(super) fn draws(&self) -> impl Iterator<Item = &FansDrawRow> {
        self.draws.values()
    }

    pub(super) fn draw(&self, star: &StarId) -> Option<&FansDrawRow> {
        self.draws.get(star)
    }

    pub(super) fn put_draw(&mut self, draw: &FansDrawRow) {
        self.draws.insert(draw.star_id.clone(), draw.clone());
    }

    pub(super) fn entry(&self, who: ParticipantId, star: &StarId) -> Option<FanEntryRow> {
        self.entries.iter().find(|entry| entry.participant_id == who && entry.star_id == *star).cloned()
    }

    pub(super) fn entries_of(&self, who: ParticipantId) -> Vec<FanEntryRow> {
        self.entries.iter().rev().filter(|entry| entry.participant_id == who).cloned().collect()
    }

    pub(super) fn entries_of_draw(&self, id: &DrawId) -> impl Iterator<Item = EntryOfDraw> {
        let entries = self.entries.iter().filter(move |entry| entry.draw_id == *id);
        entries.map(|entry| EntryOfDraw { entry_id: entry.entry_id, participant_id: entry.participant_id })
    }

    pub(super) fn add_entry(&mut self, entry: &FanEntryRow) {
        self.entries.push(entry.clone());
    }

    pub(super) fn erase(&mut self, who: ParticipantId) {
        for entry in self.entries.iter_mut().filter(|entry| entry.participant_id == who) {
            entry.participant_id = nobody(&entry.entry_id.0);
        }
    }

    pub(super) fn move_all(&mut self, from: ParticipantId, to: ParticipantId) {
        let theirs = self.entries.iter_mut().filter(|entry| entry.participant_id == from);
        theirs.for_each(|entry| entry.participant_id = to);
    }
}
