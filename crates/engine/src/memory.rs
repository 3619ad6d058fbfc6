//! A ledger in memory: for the page's mock API and for tests.

use std::collections::BTreeMap;
use std::convert::Infallible;

use carnival_contract::live::OfferClaims;
use carnival_contract::replies::{ChannelVisits, Coupon, StarVotes, Win};
use carnival_contract::requests::{Board, MakeLink};
use carnival_domain::draw::EntryOfDraw;
use carnival_domain::ids::{DrawId, OfferId, ParticipantId, RoundId, StarId};
use carnival_domain::leaderboard::Tally;
use carnival_domain::share_token::Channel;
use carnival_domain::time::{Day, Timestamp};

use crate::ledger::{AnswerRow, DrawRow, EntryRow, Ledger, RoundRow};

/// Facts in memory. Nothing is ever lost, but for the whole of it.
#[derive(Clone, Debug, Default)]
pub struct MemoryLedger {
    rounds: BTreeMap<RoundId, RoundRow>,
    draws: BTreeMap<DrawId, DrawRow>,
    entries: Vec<EntryRow>,
    wins: Vec<(ParticipantId, Win)>,
    votes: BTreeMap<(ParticipantId, Day, StarId), u32>,
    tallies: BTreeMap<(Option<Day>, StarId), (u64, u64)>,
    vote_sequence: u64,
    coupons: Vec<(ParticipantId, Coupon)>,
    links: Vec<(ParticipantId, MakeLink, [u8; 8])>,
    visits: BTreeMap<(ParticipantId, ParticipantId), Option<Channel>>,
    answers: BTreeMap<(ParticipantId, String), AnswerRow>,
}

impl MemoryLedger {
    /// Gives a star votes that nobody cast: a mock's board should not begin empty.
    pub fn seed_votes(&mut self, star: &StarId, day: Day, vote_count: u64) {
        self.vote_sequence += 1;
        for board in [None, Some(day)] {
            let tally = self.tallies.entry((board, star.clone())).or_default();
            *tally = (tally.0 + vote_count, self.vote_sequence);
        }
    }
}

impl Ledger for MemoryLedger {
    type Error = Infallible;

    fn latest_round(&self) -> Result<Option<RoundRow>, Infallible> {
        Ok(self.rounds.values().next_back().cloned())
    }

    fn round(&self, id: RoundId) -> Result<Option<RoundRow>, Infallible> {
        Ok(self.rounds.get(&id).cloned())
    }

    fn ended_rounds(&self, before: Option<RoundId>, limit: u32) -> Result<Vec<RoundRow>, Infallible> {
        let until = before.unwrap_or(RoundId(u32::MAX));
        let ended = self.rounds.range(..until).rev().filter(|(_, round)| round.ended_at.is_some());
        Ok(ended.take(limit as usize).map(|(_, round)| round.clone()).collect())
    }

    fn put_round(&mut self, round: &RoundRow) -> Result<(), Infallible> {
        self.rounds.insert(round.account.round_id, round.clone());
        Ok(())
    }

    fn draw(&self, id: &DrawId) -> Result<Option<DrawRow>, Infallible> {
        Ok(self.draws.get(id).cloned())
    }

    fn put_draw(&mut self, draw: &DrawRow, round: RoundId) -> Result<(), Infallible> {
        for winner in draw.proof.iter().flat_map(|proof| &proof.winners) {
            let entry = self.entries.iter().find(|entry| entry.entry_id == winner.entry_id);
            if let Some(entry) = entry {
                let win = Win {
                    draw_id: draw.draw_id.clone(),
                    round_id: round,
                    entry_id: winner.entry_id,
                    prize_id: winner.prize_id.clone(),
                };
                self.wins.push((entry.participant_id, win));
            }
        }
        self.draws.insert(draw.draw_id.clone(), draw.clone());
        Ok(())
    }

    fn entries_of_draw(&self, id: &DrawId) -> Result<Vec<EntryOfDraw>, Infallible> {
        let entries = self.entries.iter().filter(|entry| entry.draw_id == *id);
        let entries =
            entries.map(|entry| EntryOfDraw { entry_id: entry.entry_id, participant_id: entry.participant_id });
        Ok(entries.collect())
    }

    fn entry(&self, who: ParticipantId, round: RoundId) -> Result<Option<EntryRow>, Infallible> {
        let mut entries = self.entries.iter().rev();
        Ok(entries.find(|entry| entry.participant_id == who && entry.round_id == round).cloned())
    }

    fn entries_of(&self, who: ParticipantId, limit: u32) -> Result<Vec<EntryRow>, Infallible> {
        let entries = self.entries.iter().rev().filter(|entry| entry.participant_id == who);
        Ok(entries.take(limit as usize).cloned().collect())
    }

    fn wins_of(&self, who: ParticipantId) -> Result<Vec<Win>, Infallible> {
        let wins = self.wins.iter().rev().filter(|(winner, _)| *winner == who);
        Ok(wins.map(|(_, win)| win.clone()).collect())
    }

    fn add_entry(&mut self, entry: &EntryRow) -> Result<(), Infallible> {
        if let Some(round) = self.rounds.get_mut(&entry.round_id) {
            round.account.participant_count += 1;
        }
        if let Some(draw) = self.draws.get_mut(&entry.draw_id) {
            draw.entry_count += 1;
        }
        self.entries.push(entry.clone());
        Ok(())
    }

    fn votes_of(&self, who: ParticipantId, day: Day) -> Result<Vec<StarVotes>, Infallible> {
        let votes = self.votes.iter().filter(|((voter, on, _), _)| *voter == who && *on == day);
        let votes = votes.map(|((_, _, star), count)| StarVotes { star_id: star.clone(), vote_count: *count });
        Ok(votes.collect())
    }

    fn add_vote(&mut self, who: ParticipantId, star: &StarId, day: Day, _at: Timestamp) -> Result<Tally, Infallible> {
        *self.votes.entry((who, day, star.clone())).or_default() += 1;
        self.seed_votes(star, day, 1);
        let (vote_count, reached) = self.tallies[&(None, star.clone())];
        Ok(Tally { star_id: star.clone(), vote_count, reached })
    }

    fn tallies(&self, board: Board, day: Day) -> Result<Vec<Tally>, Infallible> {
        let wanted = (board == Board::Day).then_some(day);
        let tallies = self.tallies.iter().filter(|((on, _), _)| *on == wanted);
        let tallies = tallies.map(|((_, star), (vote_count, reached))| Tally {
            star_id: star.clone(),
            vote_count: *vote_count,
            reached: *reached,
        });
        Ok(tallies.collect())
    }

    fn claimed_count(&self, offer: &OfferId) -> Result<u32, Infallible> {
        Ok(self.coupons.iter().filter(|(_, coupon)| coupon.offer_id == *offer).count() as u32)
    }

    fn claims(&self) -> Result<Vec<OfferClaims>, Infallible> {
        let mut counts: BTreeMap<&OfferId, u32> = BTreeMap::new();
        for (_, coupon) in &self.coupons {
            *counts.entry(&coupon.offer_id).or_default() += 1;
        }
        let claims = counts
            .into_iter()
            .map(|(offer_id, claimed_count)| OfferClaims { offer_id: offer_id.clone(), claimed_count });
        Ok(claims.collect())
    }

    fn coupons_of(&self, who: ParticipantId) -> Result<Vec<Coupon>, Infallible> {
        let coupons = self.coupons.iter().rev().filter(|(owner, _)| *owner == who);
        Ok(coupons.map(|(_, coupon)| coupon.clone()).collect())
    }

    fn add_coupon(&mut self, who: ParticipantId, coupon: &Coupon) -> Result<(), Infallible> {
        self.coupons.push((who, coupon.clone()));
        Ok(())
    }

    fn link_of(&self, who: ParticipantId, link: &MakeLink) -> Result<Option<[u8; 8]>, Infallible> {
        let mut links = self.links.iter();
        Ok(links.find(|(owner, known, _)| *owner == who && known == link).map(|(_, _, id)| *id))
    }

    fn link_owner(&self, link: [u8; 8]) -> Result<Option<ParticipantId>, Infallible> {
        Ok(self.links.iter().find(|(_, _, id)| *id == link).map(|(owner, _, _)| *owner))
    }

    fn add_link(&mut self, who: ParticipantId, link: &MakeLink, id: [u8; 8], _at: Timestamp) -> Result<(), Infallible> {
        self.links.push((who, link.clone(), id));
        Ok(())
    }

    fn add_visit(
        &mut self,
        owner: ParticipantId,
        visitor: ParticipantId,
        link: [u8; 8],
        _at: Timestamp,
    ) -> Result<bool, Infallible> {
        let channel = self.links.iter().find(|(_, _, id)| *id == link).map(|(_, made, _)| made.channel);
        let is_new = !self.visits.contains_key(&(owner, visitor));
        self.visits.entry((owner, visitor)).or_insert(channel);
        Ok(is_new)
    }

    fn visit_count(&self, owner: ParticipantId) -> Result<u32, Infallible> {
        Ok(self.visits.keys().filter(|(of, _)| *of == owner).count() as u32)
    }

    fn visits_by_channel(&self, owner: ParticipantId) -> Result<Vec<ChannelVisits>, Infallible> {
        let count = |channel: Channel| {
            let by_it = self.visits.iter().filter(|((of, _), by)| *of == owner && **by == Some(channel));
            ChannelVisits { channel, visit_count: by_it.count() as u32 }
        };
        Ok(Channel::ALL.into_iter().map(count).filter(|visits| visits.visit_count > 0).collect())
    }

    fn answer(&self, who: ParticipantId, key: &str) -> Result<Option<AnswerRow>, Infallible> {
        Ok(self.answers.get(&(who, key.to_owned())).cloned())
    }

    fn keep_answer(
        &mut self,
        who: ParticipantId,
        key: &str,
        answer: &AnswerRow,
        _at: Timestamp,
    ) -> Result<(), Infallible> {
        self.answers.insert((who, key.to_owned()), answer.clone());
        Ok(())
    }
}
