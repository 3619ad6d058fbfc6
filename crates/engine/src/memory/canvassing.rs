//! Votes that somebody's links brought, in memory.

use std::collections::BTreeMap;

use carnival_contract::replies::StarVotes;
use carnival_domain::ids::{ParticipantId, StarId};

use crate::ledger::VoteRow;

/// By the vote's number. There are no sums: whoever asks has them counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Canvassing(BTreeMap<u64, (ParticipantId, StarId)>);

impl Canvassing {
    pub(super) fn add(&mut self, owner: ParticipantId, star: &StarId, vote_number: u64) {
        self.0.insert(vote_number, (owner, star.clone()));
    }

    pub(super) fn by(&self, who: ParticipantId) -> Vec<StarVotes> {
        let mut counts: BTreeMap<&StarId, u32> = BTreeMap::new();
        for (_, star) in self.0.values().filter(|(owner, _)| *owner == who) {
            *counts.entry(star).or_default() += 1;
        }
        let counts = counts.into_iter().map(|(star_id, vote_count)| StarVotes { star_id: star_id.clone(), vote_count });
        counts.collect()
    }

    pub(super) fn take_back(&mut self, vote_number: u64) {
        self.0.remove(&vote_number);
    }

    pub(super) fn erase(&mut self, who: ParticipantId) {
        self.0.retain(|_, (owner, _)| *owner != who);
    }

    /// `votes` are all of the one person that the two are: none of them counts for themselves.
    pub(super) fn move_all(&mut self, from: ParticipantId, to: ParticipantId, votes: &[VoteRow]) {
        self.0.values_mut().filter(|(owner, _)| *owner == from).for_each(|(owner, _)| *owner = to);
        for vote in votes {
            if self.0.get(&vote.number).is_some_and(|(owner, _)| *owner == to) {
                self.0.remove(&vote.number);
            }
        }
    }
}
