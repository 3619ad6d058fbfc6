//! Draws of offers' first moments, and who is in them.

use std::collections::BTreeMap;

use carnival_domain::draw::EntryOfDraw;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::erasure::nobody;
use carnival_domain::ids::{DrawId, OfferId, ParticipantId};

use crate::ledger::{StartDrawRow, StartEntryRow};

#[derive(Clone, Debug, Default)]
pub(super) struct Starts {
    draws: BTreeMap<OfferId, StartDrawRow>,
    entries: Vec<StartEntryRow>,
    proofs: BTreeMap<OfferId, DrawProof>,
}

impl Starts {
    pub(super) fn draw(&self, offer: &OfferId) -> Option<StartDrawRow> {
        self.draws.get(offer).cloned()
    }

    pub(super) fn draw_by_id(&self, id: &DrawId) -> Option<StartDrawRow> {
        self.draws.values().find(|draw| draw.draw_id == *id).cloned()
    }

    pub(super) fn add_draw(&mut self, draw: &StartDrawRow) {
        self.draws.insert(draw.offer_id.clone(), draw.clone());
    }

    pub(super) fn finish_draw(&mut self, offer: &OfferId, proof: &DrawProof) {
        if let Some(draw) = self.draws.get_mut(offer) {
            draw.is_done = true;
        }
        for entry in self.entries.iter_mut().filter(|entry| entry.offer_id == *offer) {
            entry.is_drawn = Some(proof.winners.iter().any(|winner| winner.entry_id == entry.entry_id));
        }
        self.proofs.insert(offer.clone(), proof.clone());
    }

    pub(super) fn proof(&self, offer: &OfferId) -> Option<DrawProof> {
        self.proofs.get(offer).cloned()
    }

    pub(super) fn entries(&self, offer: &OfferId) -> Vec<EntryOfDraw> {
        let entries = self.entries.iter().filter(|entry| entry.offer_id == *offer);
        entries.map(|entry| EntryOfDraw { entry_id: entry.entry_id, participant_id: entry.participant_id }).collect()
    }

    pub(super) fn entries_of(&self, who: ParticipantId) -> Vec<StartEntryRow> {
        self.entries.iter().rev().filter(|entry| entry.participant_id == who).cloned().collect()
    }

    pub(super) fn add_entry(&mut self, entry: &StartEntryRow) {
        self.entries.push(entry.clone());
    }

    pub(super) fn erase(&mut self, who: ParticipantId) {
        let theirs = self.entries.iter_mut().filter(|entry| entry.participant_id == who);
        theirs.for_each(|entry| entry.participant_id = nobody(&entry.entry_id.0));
    }

    pub(super) fn move_all(&mut self, from: ParticipantId, to: ParticipantId) {
        let theirs = self.entries.iter_mut().filter(|entry| entry.participant_id == from);
        theirs.for_each(|entry| entry.participant_id = to);
    }
}
