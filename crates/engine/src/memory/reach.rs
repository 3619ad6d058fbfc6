//! Share links in memory, and who came by them.

use std::collections::BTreeMap;
use std::ops::Range;

use carnival_contract::replies::ChannelVisits;
use carnival_contract::requests::MakeLink;
use carnival_domain::canvassing::CameBy;
use carnival_domain::erasure::nobody;
use carnival_domain::ids::ParticipantId;
use carnival_domain::share_token::{Channel, Landing};
use carnival_domain::time::Timestamp;

use crate::ledger::LinkRow;

#[derive(Clone, Debug)]
struct Link {
    owner: ParticipantId,
    made: MakeLink,
    id: [u8; 8],
    at: Timestamp,
}

#[derive(Clone, Debug)]
struct Visit {
    at: Timestamp,
    /// What the link said that they came by.
    by: Option<MakeLink>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    links: Vec<Link>,
    /// By owner and visitor: the first.
    visits: BTreeMap<(ParticipantId, ParticipantId), Visit>,
}

impl Reach {
    pub(super) fn link_of(&self, who: ParticipantId, wanted: &MakeLink) -> Option<[u8; 8]> {
        self.links.iter().find(|link| link.owner == who && link.made == *wanted).map(|link| link.id)
    }

    pub(super) fn owner(&self, id: [u8; 8]) -> Option<ParticipantId> {
        self.links.iter().find(|link| link.id == id).map(|link| link.owner)
    }

    pub(super) fn add_link(&mut self, owner: ParticipantId, made: &MakeLink, id: [u8; 8], at: Timestamp) {
        self.links.push(Link { owner, made: made.clone(), id, at });
    }

    pub(super) fn add_visit(
        &mut self,
        owner: ParticipantId,
        visitor: ParticipantId,
        id: [u8; 8],
        at: Timestamp,
    ) -> bool {
        let by = self.links.iter().find(|link| link.id == id).map(|link| link.made.clone());
        let is_new = !self.visits.contains_key(&(owner, visitor));
        self.visits.entry((owner, visitor)).or_insert(Visit { at, by });
        is_new
    }

    pub(super) fn visit_count(&self, owner: ParticipantId) -> u32 {
        self.visits.keys().filter(|(of, _)| *of == owner).count() as u32
    }

    pub(super) fn friends_between(&self, owner: ParticipantId, span: &Range<Timestamp>, limit: u32) -> u32 {
        let came = self.visits.iter().filter(|((of, _), visit)| *of == owner && span.contains(&visit.at));
        came.take(limit as usize).count() as u32
    }

    /// By whose links somebody came, the last first.
    pub(super) fn owners_for(&self, visitor: ParticipantId) -> Vec<ParticipantId> {
        let mut visits: Vec<_> = self.visits.iter().filter(|((_, by), _)| *by == visitor).collect();
        visits.sort_by_key(|(_, visit)| std::cmp::Reverse(visit.at));
        visits.into_iter().map(|((owner, _), _)| *owner).collect()
    }

    pub(super) fn came_by(&self, visitor: ParticipantId, landing: &Landing, limit: u32) -> Vec<CameBy> {
        let led_there = |visit: &Visit| visit.by.as_ref().is_some_and(|link| link.landing == *landing);
        let visits = self.visits.iter().filter(|((_, by), visit)| *by == visitor && led_there(visit));
        let mut visits: Vec<_> = visits.map(|((owner, _), visit)| CameBy { owner: *owner, at: visit.at }).collect();
        visits.sort_by_key(|visit| std::cmp::Reverse((visit.at, visit.owner)));
        visits.truncate(limit as usize);
        visits
    }

    pub(super) fn by_channel(&self, owner: ParticipantId) -> Vec<ChannelVisits> {
        let count = |channel: Channel| {
            let is_by_it = |visit: &Visit| visit.by.as_ref().is_some_and(|link| link.channel == channel);
            let by_it = self.visits.iter().filter(|((of, _), visit)| *of == owner && is_by_it(visit));
            ChannelVisits { channel, visit_count: by_it.count() as u32 }
        };
        Channel::ALL.into_iter().map(count).filter(|visits| visits.visit_count > 0).collect()
    }

    pub(super) fn visitors_of(&self, owner: ParticipantId, limit: usize) -> Vec<ParticipantId> {
        let first = (owner, ParticipantId([0; 16]));
        let visits = self.visits.range(first..).take_while(|((of, _), _)| *of == owner);
        visits.map(|((_, visitor), _)| *visitor).take(limit).collect()
    }

    pub(super) fn links_of(&self, who: ParticipantId) -> Vec<LinkRow> {
        let links = self.links.iter().filter(|link| link.owner == who);
        let mut links: Vec<_> =
            links.map(|link| LinkRow { link: link.made.clone(), id: link.id, made_at: link.at }).collect();
        links.sort_by_key(|link| (link.made_at, link.id));
        links
    }

    pub(super) fn opened_count(&self, who: ParticipantId) -> u32 {
        self.visits.keys().filter(|(_, visitor)| *visitor == who).count() as u32
    }

    /// Their links are gone, and who came by them; whom they came to was visited all the same, by nobody.
    pub(super) fn erase(&mut self, who: ParticipantId) {
        self.links.retain(|link| link.owner != who);
        self.visits.retain(|(owner, _), _| *owner != who);
        let came: Vec<_> = self.visits.keys().filter(|(_, visitor)| *visitor == who).copied().collect();
        for (owner, visitor) in came {
            if let Some(visit) = self.visits.remove(&(owner, visitor)) {
                self.visits.insert((owner, nobody(&[owner.0, visitor.0].concat())), visit);
            }
        }
    }

    pub(super) fn move_all(&mut self, from: ParticipantId, to: ParticipantId) {
        self.links.iter_mut().filter(|link| link.owner == from).for_each(|link| link.owner = to);
        let now_is = |who| if who == from { to } else { who };
        let visits = std::mem::take(&mut self.visits).into_iter();
        let (moved, stay): (BTreeMap<_, _>, _) =
            visits.partition(|((owner, visitor), _)| [owner, visitor].contains(&&from));
        self.visits = stay;
        for ((owner, visitor), visit) in moved {
            let (owner, visitor) = (now_is(owner), now_is(visitor));
            if owner == visitor {
                continue;
            }
            // Of two at the same instant, the account's stays.
            let first = self.visits.entry((owner, visitor)).or_insert_with(|| visit.clone());
            if visit.at < first.at {
                *first = visit;
            }
        }
    }
}
