//! Picks in memory.

use std::collections::{BTreeMap, BTreeSet};

use carnival_domain::ids::{ItemId, ParticipantId};
use carnival_domain::time::Timestamp;

use crate::ledger::PickRow;

#[derive(Clone, Debug, Default)]
pub(super) struct Picks {
    picked: BTreeMap<(ParticipantId, ItemId), Timestamp>,
    shown: BTreeSet<ParticipantId>,
}

impl Picks {
    pub(super) fn of(&self, who: ParticipantId) -> Vec<PickRow> {
        let theirs = self.picked.iter().filter(|((of, _), _)| *of == who);
        let mut rows: Vec<_> =
            theirs.map(|((_, item), at)| PickRow { item_id: item.clone(), picked_at: *at }).collect();
        rows.sort_by_key(|row| row.picked_at);
        rows
    }

    pub(super) fn add(&mut self, who: ParticipantId, item: &ItemId, at: Timestamp) {
        self.picked.entry((who, item.clone())).or_insert(at);
    }

    pub(super) fn take_back(&mut self, who: ParticipantId, item: &ItemId) {
        self.picked.remove(&(who, item.clone()));
    }

    pub(super) fn counts(&self) -> Vec<(ItemId, u32)> {
        let mut counts = BTreeMap::new();
        for (_, item) in self.picked.keys() {
            *counts.entry(item.clone()).or_default() += 1;
        }
        counts.into_iter().collect()
    }

    pub(super) fn shows(&self, who: ParticipantId) -> bool {
        self.shown.contains(&who)
    }

    pub(super) fn set_shows(&mut self, who: ParticipantId, is_shown: bool) {
        if is_shown {
            self.shown.insert(who);
        } else {
            self.shown.remove(&who);
        }
    }

    pub(super) fn erase(&mut self, who: ParticipantId) {
        self.picked.retain(|(of, _), _| *of != who);
        self.shown.remove(&who);
    }

    /// What those of `friends` picked who show it, at most `friend_limit` of them.
    pub(super) fn of_friends(&self, friends: &[ParticipantId], friend_limit: u32) -> Vec<ItemId> {
        let showing = friends.iter().filter(|friend| self.shows(**friend)).take(friend_limit as usize);
        let items: BTreeSet<_> = showing.flat_map(|friend| self.of(*friend)).map(|row| row.item_id).collect();
        items.into_iter().collect()
    }
}
