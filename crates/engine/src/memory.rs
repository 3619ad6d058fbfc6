//! A ledger in memory: for the page's mock API and for tests.

mod awards;
mod canvassing;
mod erasing;
mod fans;
mod outbox;
mod people;
mod picks;
mod reach;
mod shelf;
mod starts;
mod votes;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::{Range, RangeInclusive};

use carnival_contract::error_code::ErrorCode;
use carnival_contract::live::OfferClaims;
use carnival_contract::replies::{ChannelVisits, Consent, Coupon, StarVotes};
use carnival_contract::requests::{Board, MakeLink};
use carnival_domain::canvassing::CameBy;
use carnival_domain::checkout::Reservation;
use carnival_domain::draw::EntryOfDraw;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{
    DrawId, EndpointId, EntryId, ItemId, OfferId, ParticipantId, ReservationId, RoundId, StarId,
};
use carnival_domain::leaderboard::Tally;
use carnival_domain::pause::Pause;
use carnival_domain::platforms::Provider;
use carnival_domain::round::RoundEnding;
use carnival_domain::share_token::Landing;
use carnival_domain::time::{Day, Timestamp};

use crate::ledger::{
    AccountRow, AnswerRow, AwardRow, CastRow, DrawRow, EntryRow, EventRow, FanEntryRow, FansDrawRow, KeptRow, KeyMark,
    Ledger, MessageRow, PickRow, RefusedRow, RoundRow, StartDrawRow, StartEntryRow, VoteRow, VotesOfDay,
};
use awards::Awards;
use canvassing::Canvassing;
use fans::Fans;
use outbox::Outbox;
use people::People;
use picks::Picks;
use reach::Reach;
use shelf::Shelf;
use starts::Starts;
use votes::Votes;

type Answers = BTreeMap<(ParticipantId, String), (Timestamp, AnswerRow)>;

/// Facts in memory. Nothing is ever lost, but for the whole of it.
#[derive(Clone, Debug, Default)]
pub struct MemoryLedger {
    rounds: BTreeMap<RoundId, RoundRow>,
    draws: BTreeMap<DrawId, DrawRow>,
    entries: Vec<EntryRow>,
    awards: Awards,
    pauses: Vec<Pause>,
    votes: Votes,
    canvassing: Canvassing,
    coupons: Vec<(ParticipantId, Coupon)>,
    shelf: Shelf,
    starts: Starts,
    fans: Fans,
    reach: Reach,
    people: People,
    picks: Picks,
    outbox: Outbox,
    answers: Answers,
}

impl MemoryLedger {
    /// Gives a star votes that nobody cast: a mock's board should not begin empty.
    pub fn seed_votes(&mut self, star: &StarId, day: Day, vote_count: u64) {
        self.votes.seed(star, day, vote_count);
    }

    /// What is known of a draw of fans, with whether it is drawn.
    fn as_done(&self, draw: &FansDrawRow) -> FansDrawRow {
        let is_done = self.draws.get(&draw.draw_id).is_some_and(|draw| draw.proof.is_some());
        FansDrawRow { is_done, ..draw.clone() }
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

    fn undrawn_rounds(&self) -> Result<Vec<RoundRow>, Infallible> {
        let is_undrawn = |round: &&RoundRow| {
            let draw = self.draws.get(&round.draw_id);
            round.account.ending == Some(RoundEnding::Drawn) && draw.is_some_and(|draw| draw.proof.is_none())
        };
        Ok(self.rounds.values().filter(is_undrawn).cloned().collect())
    }

    fn put_round(&mut self, round: &RoundRow) -> Result<(), Infallible> {
        self.rounds.insert(round.account.round_id, round.clone());
        Ok(())
    }

    fn draw(&self, id: &DrawId) -> Result<Option<DrawRow>, Infallible> {
        Ok(self.draws.get(id).cloned())
    }

    fn put_draw(&mut self, draw: &DrawRow) -> Result<(), Infallible> {
        self.draws.insert(draw.draw_id.clone(), draw.clone());
        Ok(())
    }

    fn entries_of_draw(&self, id: &DrawId) -> Result<Vec<EntryOfDraw>, Infallible> {
        let entries = self.entries.iter().filter(|entry| entry.draw_id == *id && !entry.is_waiting);
        let entries =
            entries.map(|entry| EntryOfDraw { entry_id: entry.entry_id, participant_id: entry.participant_id });
        Ok(entries.chain(self.fans.entries_of_draw(id)).collect())
    }

    fn entry(&self, who: ParticipantId, round: RoundId) -> Result<Option<EntryRow>, Infallible> {
        let entries = self.entries.iter().filter(|entry| entry.participant_id == who && entry.round_id == round);
        Ok(entries.min_by_key(|entry| entry.is_waiting).cloned())
    }

    fn entries_of(&self, who: ParticipantId, limit: u32) -> Result<Vec<EntryRow>, Infallible> {
        let entries = self.entries.iter().rev().filter(|entry| entry.participant_id == who);
        Ok(entries.take(limit as usize).cloned().collect())
    }

    fn add_entry(&mut self, entry: &EntryRow) -> Result<(), Infallible> {
        self.entries.push(EntryRow { is_waiting: true, ..entry.clone() });
        if entry.is_waiting { Ok(()) } else { self.count_entry(entry, entry.accepted_at) }
    }

    fn count_entry(&mut self, entry: &EntryRow, at: Timestamp) -> Result<(), Infallible> {
        let mut waiting = self.entries.iter_mut().rev().filter(|waiting| waiting.is_waiting);
        let Some(waiting) = waiting.find(|waiting| waiting.entry_id == entry.entry_id) else { return Ok(()) };
        (waiting.is_waiting, waiting.accepted_at) = (false, at);
        if let Some(round) = self.rounds.get_mut(&entry.round_id) {
            round.account.participant_count += 1;
        }
        if let Some(draw) = self.draws.get_mut(&entry.draw_id) {
            draw.entry_count += 1;
        }
        Ok(())
    }

    fn awards_of_draw(&self, id: &DrawId) -> Result<Vec<AwardRow>, Infallible> {
        Ok(self.awards.of_draw(id))
    }

    fn awards_of(&self, who: ParticipantId) -> Result<Vec<AwardRow>, Infallible> {
        Ok(self.awards.of(who))
    }

    fn award(&self, entry: EntryId) -> Result<Option<AwardRow>, Infallible> {
        Ok(self.awards.one(entry))
    }

    fn due_awards(&self, now: Timestamp, limit: u32) -> Result<Vec<AwardRow>, Infallible> {
        Ok(self.awards.due(now, limit))
    }

    fn next_claim_by(&self) -> Result<Option<Timestamp>, Infallible> {
        Ok(self.awards.next_claim_by())
    }

    fn put_award(&mut self, award: &AwardRow) -> Result<(), Infallible> {
        self.awards.put(award);
        Ok(())
    }

    fn awards_to_send(&self, limit: u32) -> Result<Vec<(AwardRow, Vec<u8>)>, Infallible> {
        Ok(self.awards.to_send(limit))
    }

    fn delivery(&self, entry: EntryId) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(self.awards.delivery(entry))
    }

    fn put_delivery(&mut self, entry: EntryId, sealed: &[u8]) -> Result<(), Infallible> {
        self.awards.put_delivery(entry, sealed);
        Ok(())
    }

    fn forget_deliveries(&mut self, sent_until: Timestamp) -> Result<u32, Infallible> {
        Ok(self.awards.forget(sent_until))
    }

    fn first_sent_with_address(&self) -> Result<Option<Timestamp>, Infallible> {
        Ok(self.awards.first_sent_with_address())
    }

    fn pauses(&self) -> Result<Vec<Pause>, Infallible> {
        Ok(self.pauses.clone())
    }

    fn put_pause(&mut self, pause: &Pause) -> Result<(), Infallible> {
        self.pauses.retain(|known| known.from != pause.from);
        self.pauses.push(pause.clone());
        Ok(())
    }

    fn votes_within(
        &self,
        who: ParticipantId,
        days: RangeInclusive<Day>,
        key: KeyMark,
    ) -> Result<Vec<CastRow>, Infallible> {
        Ok(self.votes.within(who, &days, key))
    }

    fn has_voted_under(&self, who: ParticipantId, key: KeyMark, since: Timestamp) -> Result<bool, Infallible> {
        let told = self.votes.within(who, &(Day(i32::MIN)..=Day(i32::MAX)), key).into_iter().find_map(|cast| cast.told);
        Ok(told.is_some_and(|told| told.cast_at >= since))
    }

    fn may_know(&self, _key: KeyMark, _now: Timestamp) -> bool {
        true
    }

    fn add_vote(
        &mut self,
        who: ParticipantId,
        star: &StarId,
        day: Day,
        at: Timestamp,
        key: KeyMark,
    ) -> Result<Tally, Infallible> {
        Ok(self.votes.add(who, star, day, at, key))
    }

    fn came_by(&self, visitor: ParticipantId, landing: &Landing, limit: u32) -> Result<Vec<CameBy>, Infallible> {
        Ok(self.reach.came_by(visitor, landing, limit))
    }

    fn add_canvassed(&mut self, owner: ParticipantId, star: &StarId, vote_number: u64) -> Result<(), Infallible> {
        self.canvassing.add(owner, star, vote_number);
        Ok(())
    }

    fn canvassed_by(&self, owner: ParticipantId) -> Result<Vec<StarVotes>, Infallible> {
        Ok(self.canvassing.by(owner))
    }

    fn tallies(&self, board: Board, day: Day) -> Result<Vec<Tally>, Infallible> {
        Ok(self.votes.tallies((board == Board::Day).then_some(day)))
    }

    fn votes_by_day(&self) -> Result<Vec<VotesOfDay>, Infallible> {
        Ok(self.votes.by_day())
    }

    fn count_refused_vote(&mut self, day: Day, code: ErrorCode) -> Result<(), Infallible> {
        self.votes.count_refused(day, code);
        Ok(())
    }

    fn refused_by_day(&self) -> Result<Vec<RefusedRow>, Infallible> {
        Ok(self.votes.refused_by_day())
    }

    fn claimed_count(&self, offer: &OfferId) -> Result<u32, Infallible> {
        Ok(self.coupons.iter().filter(|(_, coupon)| coupon.offer_id == *offer).count() as u32)
    }

    fn claims(&self) -> Result<Vec<OfferClaims>, Infallible> {
        let mut counts: BTreeMap<&OfferId, u32> = BTreeMap::new();
        for (_, coupon) in &self.coupons {
            *counts.entry(&coupon.offer_id).or_default() += 1;
        }
        let claims = counts.into_iter().map(|(offer_id, claimed_count)| OfferClaims {
            offer_id: offer_id.clone(),
            claimed_count,
            start: None,
        });
        Ok(claims.collect())
    }

    fn coupons_of(&self, who: ParticipantId) -> Result<Vec<Coupon>, Infallible> {
        let coupons = self.coupons.iter().rev().filter(|(owner, _)| *owner == who);
        Ok(coupons.map(|(_, coupon)| self.shelf.as_used(coupon)).collect())
    }

    fn add_coupon(&mut self, who: ParticipantId, coupon: &Coupon) -> Result<(), Infallible> {
        self.coupons.push((who, coupon.clone()));
        self.shelf.give(&coupon.code);
        Ok(())
    }

    fn coupon(&self, code: &str) -> Result<Option<Coupon>, Infallible> {
        let coupon = self.coupons.iter().find(|(_, coupon)| coupon.code == code);
        Ok(coupon.map(|(_, coupon)| self.shelf.as_used(coupon)))
    }

    fn offer_of_code(&self, code: &str) -> Result<Option<OfferId>, Infallible> {
        let given = self.coupons.iter().find(|(_, coupon)| coupon.code == code);
        Ok(self.shelf.offer_of(code).or_else(|| given.map(|(_, coupon)| coupon.offer_id.clone())))
    }

    fn code_count(&self, offer: &OfferId) -> Result<u32, Infallible> {
        Ok(self.shelf.code_count(offer))
    }

    fn free_code(&self, offer: &OfferId) -> Result<Option<String>, Infallible> {
        Ok(self.shelf.free_code(offer))
    }

    fn add_code(&mut self, offer: &OfferId, code: &str) -> Result<(), Infallible> {
        self.shelf.add_code(offer, code);
        Ok(())
    }

    fn start_draw(&self, offer: &OfferId) -> Result<Option<StartDrawRow>, Infallible> {
        Ok(self.starts.draw(offer))
    }

    fn start_draw_by_id(&self, id: &DrawId) -> Result<Option<StartDrawRow>, Infallible> {
        Ok(self.starts.draw_by_id(id))
    }

    fn add_start_draw(&mut self, draw: &StartDrawRow) -> Result<(), Infallible> {
        self.starts.add_draw(draw);
        Ok(())
    }

    fn finish_start_draw(&mut self, offer: &OfferId, proof: &DrawProof) -> Result<(), Infallible> {
        self.starts.finish_draw(offer, proof);
        Ok(())
    }

    fn start_proof(&self, offer: &OfferId) -> Result<Option<DrawProof>, Infallible> {
        Ok(self.starts.proof(offer))
    }

    fn start_entries(&self, offer: &OfferId) -> Result<Vec<EntryOfDraw>, Infallible> {
        Ok(self.starts.entries(offer))
    }

    fn start_entries_of(&self, who: ParticipantId) -> Result<Vec<StartEntryRow>, Infallible> {
        Ok(self.starts.entries_of(who))
    }

    fn add_start_entry(&mut self, entry: &StartEntryRow) -> Result<(), Infallible> {
        self.starts.add_entry(entry);
        Ok(())
    }

    fn fans_draws(&self) -> Result<Vec<FansDrawRow>, Infallible> {
        Ok(self.fans.draws().map(|draw| self.as_done(draw)).collect())
    }

    fn fans_draw(&self, star: &StarId) -> Result<Option<FansDrawRow>, Infallible> {
        Ok(self.fans.draw(star).map(|draw| self.as_done(draw)))
    }

    fn put_fans_draw(&mut self, draw: &FansDrawRow) -> Result<(), Infallible> {
        self.fans.put_draw(draw);
        Ok(())
    }

    fn fan_entry(&self, who: ParticipantId, star: &StarId) -> Result<Option<FanEntryRow>, Infallible> {
        Ok(self.fans.entry(who, star))
    }

    fn fan_entries_of(&self, who: ParticipantId) -> Result<Vec<FanEntryRow>, Infallible> {
        Ok(self.fans.entries_of(who))
    }

    fn add_fan_entry(&mut self, entry: &FanEntryRow) -> Result<(), Infallible> {
        self.fans.add_entry(entry);
        if let Some(draw) = self.draws.get_mut(&entry.draw_id) {
            draw.entry_count += 1;
        }
        Ok(())
    }

    fn reservation(&self, id: ReservationId) -> Result<Option<Reservation>, Infallible> {
        Ok(self.shelf.reservation(id))
    }

    fn last_reservation(&self, code: &str) -> Result<Option<Reservation>, Infallible> {
        Ok(self.shelf.last_reservation(code).cloned())
    }

    fn reservations_of(&self, code: &str) -> Result<Vec<Reservation>, Infallible> {
        Ok(self.shelf.reservations_of(code))
    }

    fn put_reservation(&mut self, reservation: &Reservation) -> Result<(), Infallible> {
        self.shelf.put_reservation(reservation);
        Ok(())
    }

    fn link_of(&self, who: ParticipantId, link: &MakeLink) -> Result<Option<[u8; 8]>, Infallible> {
        Ok(self.reach.link_of(who, link))
    }

    fn link_owner(&self, link: [u8; 8]) -> Result<Option<ParticipantId>, Infallible> {
        Ok(self.reach.owner(link))
    }

    fn add_link(&mut self, who: ParticipantId, link: &MakeLink, id: [u8; 8], at: Timestamp) -> Result<(), Infallible> {
        self.reach.add_link(who, link, id, at);
        Ok(())
    }

    fn add_visit(
        &mut self,
        owner: ParticipantId,
        visitor: ParticipantId,
        link: [u8; 8],
        at: Timestamp,
    ) -> Result<bool, Infallible> {
        Ok(self.reach.add_visit(owner, visitor, link, at))
    }

    fn visit_count(&self, owner: ParticipantId) -> Result<u32, Infallible> {
        Ok(self.reach.visit_count(owner))
    }

    fn visits_by_channel(&self, owner: ParticipantId) -> Result<Vec<ChannelVisits>, Infallible> {
        Ok(self.reach.by_channel(owner))
    }

    fn friends_between(&self, owner: ParticipantId, span: &Range<Timestamp>, limit: u32) -> Result<u32, Infallible> {
        Ok(self.reach.friends_between(owner, span, limit))
    }

    fn picks_of(&self, who: ParticipantId) -> Result<Vec<PickRow>, Infallible> {
        Ok(self.picks.of(who))
    }

    fn add_pick(&mut self, who: ParticipantId, item: &ItemId, at: Timestamp) -> Result<(), Infallible> {
        self.picks.add(who, item, at);
        Ok(())
    }

    fn take_back_pick(&mut self, who: ParticipantId, item: &ItemId) -> Result<(), Infallible> {
        self.picks.take_back(who, item);
        Ok(())
    }

    fn pick_counts(&self) -> Result<Vec<(ItemId, u32)>, Infallible> {
        Ok(self.picks.counts())
    }

    fn shows_picks(&self, who: ParticipantId) -> Result<bool, Infallible> {
        Ok(self.picks.shows(who))
    }

    fn set_shows_picks(&mut self, who: ParticipantId, is_shown: bool, _at: Timestamp) -> Result<(), Infallible> {
        self.picks.set_shows(who, is_shown);
        Ok(())
    }

    fn picks_of_friends(&self, who: ParticipantId, friend_limit: u32) -> Result<Vec<ItemId>, Infallible> {
        Ok(self.picks.of_friends(&self.reach.owners_for(who), friend_limit))
    }

    fn visitors_of(&self, owner: ParticipantId, limit: usize) -> Result<Vec<ParticipantId>, Infallible> {
        Ok(self.reach.visitors_of(owner, limit))
    }

    fn consent(&self, who: ParticipantId) -> Result<Option<Consent>, Infallible> {
        Ok(self.people.consent(who))
    }

    fn add_consent(&mut self, who: ParticipantId, consent: &Consent) -> Result<(), Infallible> {
        self.people.agree(who, consent);
        Ok(())
    }

    fn add_withdrawal(&mut self, who: ParticipantId, version: &str, at: Timestamp) -> Result<(), Infallible> {
        self.people.withdraw(who, version, at);
        Ok(())
    }

    fn account(&self, provider: Provider, subject: Hash32) -> Result<Option<AccountRow>, Infallible> {
        Ok(self.people.account(provider, subject))
    }

    fn accounts_of(&self, who: ParticipantId) -> Result<Vec<AccountRow>, Infallible> {
        Ok(self.people.accounts_of(who))
    }

    fn put_account(&mut self, account: &AccountRow) -> Result<(), Infallible> {
        self.people.put_account(account);
        Ok(())
    }

    fn forget_accounts(&mut self, who: ParticipantId) -> Result<(), Infallible> {
        self.people.forget_accounts(who);
        Ok(())
    }

    fn acting(&self, who: ParticipantId) -> Result<ParticipantId, Infallible> {
        Ok(self.people.acting(who))
    }

    fn move_things(&mut self, from: ParticipantId, to: ParticipantId) -> Result<(), Infallible> {
        self.entries
            .iter_mut()
            .filter(|entry| entry.participant_id == from)
            .for_each(|entry| entry.participant_id = to);
        self.awards.move_all(from, to);
        self.coupons.iter_mut().filter(|(who, _)| *who == from).for_each(|(who, _)| *who = to);
        self.votes.move_all(from, to);
        self.canvassing.move_all(from, to, self.votes.all_of(to));
        self.starts.move_all(from, to);
        self.fans.move_all(from, to);
        self.reach.move_all(from, to);
        self.people.move_all(from, to);
        let answers = std::mem::take(&mut self.answers).into_iter();
        let (theirs, others): (Answers, Answers) = answers.partition(|((who, _), _)| *who == from);
        self.answers = others;
        for ((_, key), answer) in theirs {
            self.answers.entry((to, key)).or_insert(answer);
        }
        Ok(())
    }

    fn all_votes_of(&self, who: ParticipantId) -> Result<Vec<VoteRow>, Infallible> {
        Ok(self.votes.all_of(who).to_vec())
    }

    fn take_back_vote(&mut self, who: ParticipantId, vote: &VoteRow, at: Timestamp) -> Result<(), Infallible> {
        self.votes.take_back(who, vote, at);
        self.canvassing.take_back(vote.number);
        Ok(())
    }

    fn kept(&self, who: ParticipantId) -> Result<KeptRow, Infallible> {
        Ok(self.kept_of(who))
    }

    fn erased_at(&self, who: ParticipantId) -> Result<Option<Timestamp>, Infallible> {
        Ok(self.people.erased_at(who))
    }

    fn erase(&mut self, who: ParticipantId, at: Timestamp) -> Result<(), Infallible> {
        self.erase_all(who, at);
        Ok(())
    }

    fn add_event(&mut self, event: &EventRow, listeners: &[EndpointId]) -> Result<(), Infallible> {
        self.outbox.add(event, listeners);
        Ok(())
    }

    fn due_messages(&self, endpoint: &EndpointId, now: Timestamp, limit: u32) -> Result<Vec<MessageRow>, Infallible> {
        Ok(self.outbox.due(endpoint, now, limit))
    }

    fn put_message(&mut self, message: &MessageRow) -> Result<(), Infallible> {
        self.outbox.put(message);
        Ok(())
    }

    fn answer(&self, who: ParticipantId, key: &str, since: Timestamp) -> Result<Option<AnswerRow>, Infallible> {
        let kept = self.answers.get(&(who, key.to_owned())).filter(|(at, _)| *at >= since);
        Ok(kept.map(|(_, answer)| answer.clone()))
    }

    fn keep_answer(
        &mut self,
        who: ParticipantId,
        key: &str,
        answer: &AnswerRow,
        at: Timestamp,
    ) -> Result<(), Infallible> {
        self.answers.insert((who, key.to_owned()), (at, answer.clone()));
        Ok(())
    }
}
