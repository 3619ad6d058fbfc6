//! The engine's ledger on a connection. Each topic has a file of its own; here they are put together.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

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
use carnival_domain::share_token::Landing;
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::Ledger;
use carnival_engine::ledger::{
    AccountRow, AnswerRow, AwardRow, CastRow, DrawRow, EntryRow, EventRow, FanEntryRow, FansDrawRow, KeptRow, KeyMark,
    MessageRow, PickRow, RefusedRow, RoundRow, StartDrawRow, StartEntryRow, VoteRow, VotesOfDay,
};
use rusqlite::{Connection, Error, Result};

use super::audits::Remembered;
use super::{
    answers, audits, awards, canvassing, coupons, draws, entries, erasing, fans, filing, links, merge, outbox, pauses,
    people, picks, reservations, rounds, starts, votes,
};
use crate::store::known_keys::KnownKeys;

/// A connection, what is remembered until the next commit on it, and what need not be looked up on it.
pub(in crate::store) struct SqliteLedger(pub(super) Connection, pub(super) Remembered, pub(super) Unasked);

/// What is known without a look.
pub(super) struct Unasked {
    pub(super) keys: Arc<KnownKeys>,
    /// No vote of this day or a later one is filed.
    pub(super) filed_before: Day,
    /// A day of which it is written down with which vote it began.
    pub(super) begun: Option<Day>,
}

impl SqliteLedger {
    /// One that looks everything up.
    pub(super) fn on(connection: Connection) -> Self {
        let unasked = Unasked { keys: Arc::default(), filed_before: Day(i32::MAX), begun: None };
        Self(connection, Remembered::default(), unasked)
    }

    /// Writes down what is only remembered, in the transaction that is open.
    pub(super) fn write_down(&mut self) -> Result<()> {
        let Self(db, remembered, _) = self;
        remembered.write_down(db)
    }

    /// Runs a statement without parameters or rows.
    pub(super) fn run(&self, sql: &str) -> Result<()> {
        self.0.prepare_cached(sql)?.execute([]).map(drop)
    }
}

impl Ledger for SqliteLedger {
    type Error = Error;

    fn latest_round(&self) -> Result<Option<RoundRow>> {
        rounds::latest(&self.0)
    }
    fn round(&self, id: RoundId) -> Result<Option<RoundRow>> {
        rounds::one(&self.0, id)
    }
    fn ended_rounds(&self, before: Option<RoundId>, limit: u32) -> Result<Vec<RoundRow>> {
        rounds::ended(&self.0, before, limit)
    }
    fn undrawn_rounds(&self) -> Result<Vec<RoundRow>> {
        rounds::undrawn(&self.0)
    }
    fn put_round(&mut self, round: &RoundRow) -> Result<()> {
        rounds::put(&self.0, round)
    }

    fn draw(&self, id: &DrawId) -> Result<Option<DrawRow>> {
        draws::one(&self.0, id)
    }
    fn put_draw(&mut self, draw: &DrawRow) -> Result<()> {
        draws::put(&self.0, draw)
    }
    fn entries_of_draw(&self, id: &DrawId) -> Result<Vec<EntryOfDraw>> {
        entries::of_draw(&self.0, id)
    }

    fn entry(&self, who: ParticipantId, round: RoundId) -> Result<Option<EntryRow>> {
        entries::one(&self.0, who, round)
    }
    fn entries_of(&self, who: ParticipantId, limit: u32) -> Result<Vec<EntryRow>> {
        entries::of_participant(&self.0, who, limit)
    }
    fn add_entry(&mut self, entry: &EntryRow) -> Result<()> {
        entries::add(&self.0, entry)
    }
    fn count_entry(&mut self, entry: &EntryRow, at: Timestamp) -> Result<()> {
        entries::count(&self.0, entry, at)
    }

    fn awards_of_draw(&self, id: &DrawId) -> Result<Vec<AwardRow>> {
        awards::of_draw(&self.0, id)
    }
    fn awards_of(&self, who: ParticipantId) -> Result<Vec<AwardRow>> {
        awards::of_participant(&self.0, who)
    }
    fn award(&self, entry: EntryId) -> Result<Option<AwardRow>> {
        awards::one(&self.0, entry)
    }
    fn due_awards(&self, now: Timestamp, limit: u32) -> Result<Vec<AwardRow>> {
        awards::due(&self.0, now, limit)
    }
    fn next_claim_by(&self) -> Result<Option<Timestamp>> {
        awards::next_claim_by(&self.0)
    }
    fn put_award(&mut self, award: &AwardRow) -> Result<()> {
        awards::put(&self.0, award)
    }
    fn awards_to_send(&self, limit: u32) -> Result<Vec<(AwardRow, Vec<u8>)>> {
        awards::to_send(&self.0, limit)
    }
    fn delivery(&self, entry: EntryId) -> Result<Option<Vec<u8>>> {
        awards::delivery(&self.0, entry)
    }
    fn put_delivery(&mut self, entry: EntryId, sealed: &[u8]) -> Result<()> {
        awards::put_delivery(&self.0, entry, sealed)
    }
    fn forget_deliveries(&mut self, sent_until: Timestamp) -> Result<u32> {
        awards::forget(&self.0, sent_until)
    }
    fn first_sent_with_address(&self) -> Result<Option<Timestamp>> {
        awards::first_sent(&self.0)
    }

    fn pauses(&self) -> Result<Vec<Pause>> {
        pauses::all(&self.0)
    }
    fn put_pause(&mut self, pause: &Pause) -> Result<()> {
        pauses::put(&self.0, pause)
    }

    fn votes_within(&self, who: ParticipantId, days: RangeInclusive<Day>, key: KeyMark) -> Result<Vec<CastRow>> {
        if days.start() == days.end() && *days.start() >= self.2.filed_before {
            return votes::on(&self.0, who, *days.start(), key);
        }
        votes::within(&self.0, who, &days, key)
    }
    fn has_voted_under(&self, who: ParticipantId, key: KeyMark, since: Timestamp) -> Result<bool> {
        votes::is_under(&self.0, who, key, since)
    }
    fn may_know(&self, key: KeyMark, now: Timestamp) -> bool {
        self.2.keys.may_know(key, now)
    }
    fn add_vote(&mut self, who: ParticipantId, star: &StarId, day: Day, at: Timestamp, key: KeyMark) -> Result<Tally> {
        self.2.keys.insert(key, at);
        let tally = votes::add(&self.0, who, star, day, at, key)?;
        if self.2.begun != Some(day) {
            filing::begin(&self.0, day, tally.reached)?;
            self.2.begun = Some(day);
        }
        Ok(tally)
    }
    fn came_by(&self, visitor: ParticipantId, landing: &Landing, limit: u32) -> Result<Vec<CameBy>> {
        canvassing::came_by(&self.0, visitor, landing, limit)
    }
    fn add_canvassed(&mut self, owner: ParticipantId, star: &StarId, vote_number: u64) -> Result<()> {
        canvassing::add(&self.0, owner, star, vote_number)
    }
    fn canvassed_by(&self, owner: ParticipantId) -> Result<Vec<StarVotes>> {
        canvassing::by(&self.0, owner)
    }
    fn tallies(&self, board: Board, day: Day) -> Result<Vec<Tally>> {
        votes::tallies(&self.0, board, day)
    }
    fn votes_by_day(&self) -> Result<Vec<VotesOfDay>> {
        audits::votes_by_day(&self.0)
    }
    fn count_refused_vote(&mut self, day: Day, code: ErrorCode) -> Result<()> {
        self.1.count(day, code, 1);
        Ok(())
    }
    fn refused_by_day(&self) -> Result<Vec<RefusedRow>> {
        audits::refused_by_day(&self.0)
    }

    fn claimed_count(&self, offer: &OfferId) -> Result<u32> {
        coupons::claimed_count(&self.0, offer)
    }
    fn claims(&self) -> Result<Vec<OfferClaims>> {
        coupons::claims(&self.0)
    }
    fn coupons_of(&self, who: ParticipantId) -> Result<Vec<Coupon>> {
        coupons::of_participant(&self.0, who)
    }
    fn add_coupon(&mut self, who: ParticipantId, coupon: &Coupon) -> Result<()> {
        coupons::add(&self.0, who, coupon)
    }
    fn coupon(&self, code: &str) -> Result<Option<Coupon>> {
        coupons::by_code(&self.0, code)
    }
    fn offer_of_code(&self, code: &str) -> Result<Option<OfferId>> {
        coupons::offer_of_code(&self.0, code)
    }
    fn code_count(&self, offer: &OfferId) -> Result<u32> {
        coupons::code_count(&self.0, offer)
    }
    fn free_code(&self, offer: &OfferId) -> Result<Option<String>> {
        coupons::free_code(&self.0, offer)
    }
    fn add_code(&mut self, offer: &OfferId, code: &str) -> Result<()> {
        coupons::add_code(&self.0, offer, code)
    }

    fn start_draw(&self, offer: &OfferId) -> Result<Option<StartDrawRow>> {
        starts::draw(&self.0, offer)
    }
    fn start_draw_by_id(&self, id: &DrawId) -> Result<Option<StartDrawRow>> {
        starts::draw_by_id(&self.0, id)
    }
    fn add_start_draw(&mut self, draw: &StartDrawRow) -> Result<()> {
        starts::add_draw(&self.0, draw)
    }
    fn finish_start_draw(&mut self, offer: &OfferId, proof: &DrawProof) -> Result<()> {
        starts::finish_draw(&self.0, offer, proof)
    }
    fn start_proof(&self, offer: &OfferId) -> Result<Option<DrawProof>> {
        starts::proof(&self.0, offer)
    }
    fn start_entries(&self, offer: &OfferId) -> Result<Vec<EntryOfDraw>> {
        starts::entries(&self.0, offer)
    }
    fn start_entries_of(&self, who: ParticipantId) -> Result<Vec<StartEntryRow>> {
        starts::entries_of(&self.0, who)
    }
    fn add_start_entry(&mut self, entry: &StartEntryRow) -> Result<()> {
        starts::add_entry(&self.0, entry)
    }

    fn fans_draws(&self) -> Result<Vec<FansDrawRow>> {
        fans::draws(&self.0)
    }
    fn fans_draw(&self, star: &StarId) -> Result<Option<FansDrawRow>> {
        fans::draw(&self.0, star)
    }
    fn put_fans_draw(&mut self, draw: &FansDrawRow) -> Result<()> {
        fans::put_draw(&self.0, draw)
    }
    fn fan_entry(&self, who: ParticipantId, star: &StarId) -> Result<Option<FanEntryRow>> {
        fans::entry(&self.0, who, star)
    }
    fn fan_entries_of(&self, who: ParticipantId) -> Result<Vec<FanEntryRow>> {
        fans::entries_of(&self.0, who)
    }
    fn add_fan_entry(&mut self, entry: &FanEntryRow) -> Result<()> {
        fans::add_entry(&self.0, entry)
    }

    fn reservation(&self, id: ReservationId) -> Result<Option<Reservation>> {
        reservations::one(&self.0, id)
    }
    fn last_reservation(&self, code: &str) -> Result<Option<Reservation>> {
        reservations::last_of(&self.0, code)
    }
    fn reservations_of(&self, code: &str) -> Result<Vec<Reservation>> {
        reservations::all_of(&self.0, code)
    }
    fn put_reservation(&mut self, reservation: &Reservation) -> Result<()> {
        reservations::put(&self.0, reservation)
    }

    fn link_of(&self, who: ParticipantId, link: &MakeLink) -> Result<Option<[u8; 8]>> {
        links::one(&self.0, who, link)
    }
    fn link_owner(&self, link: [u8; 8]) -> Result<Option<ParticipantId>> {
        links::owner(&self.0, link)
    }
    fn add_link(&mut self, who: ParticipantId, link: &MakeLink, id: [u8; 8], at: Timestamp) -> Result<()> {
        links::add(&self.0, who, link, id, at)
    }
    fn add_visit(
        &mut self,
        owner: ParticipantId,
        visitor: ParticipantId,
        link: [u8; 8],
        at: Timestamp,
    ) -> Result<bool> {
        links::add_visit(&self.0, owner, visitor, link, at)
    }
    fn visit_count(&self, owner: ParticipantId) -> Result<u32> {
        links::visit_count(&self.0, owner)
    }
    fn visits_by_channel(&self, owner: ParticipantId) -> Result<Vec<ChannelVisits>> {
        links::visits_by_channel(&self.0, owner)
    }
    fn friends_between(&self, owner: ParticipantId, span: &Range<Timestamp>, limit: u32) -> Result<u32> {
        links::friends_between(&self.0, owner, span, limit)
    }

    fn picks_of(&self, who: ParticipantId) -> Result<Vec<PickRow>> {
        picks::of_participant(&self.0, who)
    }
    fn add_pick(&mut self, who: ParticipantId, item: &ItemId, at: Timestamp) -> Result<()> {
        picks::add(&self.0, who, item, at)
    }
    fn take_back_pick(&mut self, who: ParticipantId, item: &ItemId) -> Result<()> {
        picks::take_back(&self.0, who, item)
    }
    fn pick_counts(&self) -> Result<Vec<(ItemId, u32)>> {
        picks::counts(&self.0)
    }
    fn shows_picks(&self, who: ParticipantId) -> Result<bool> {
        picks::are_shown(&self.0, who)
    }
    fn set_shows_picks(&mut self, who: ParticipantId, is_shown: bool, at: Timestamp) -> Result<()> {
        picks::set_shown(&self.0, who, is_shown, at)
    }
    fn picks_of_friends(&self, who: ParticipantId, friend_limit: u32) -> Result<Vec<ItemId>> {
        picks::of_friends(&self.0, who, friend_limit)
    }

    fn visitors_of(&self, owner: ParticipantId, limit: usize) -> Result<Vec<ParticipantId>> {
        links::visitors_of(&self.0, owner, limit)
    }

    fn consent(&self, who: ParticipantId) -> Result<Option<Consent>> {
        people::consent(&self.0, who)
    }
    fn add_consent(&mut self, who: ParticipantId, consent: &Consent) -> Result<()> {
        people::say(&self.0, who, &consent.version, true, consent.given_at)
    }
    fn add_withdrawal(&mut self, who: ParticipantId, version: &str, at: Timestamp) -> Result<()> {
        people::say(&self.0, who, version, false, at)
    }
    fn account(&self, provider: Provider, subject: Hash32) -> Result<Option<AccountRow>> {
        people::account(&self.0, provider, subject)
    }
    fn accounts_of(&self, who: ParticipantId) -> Result<Vec<AccountRow>> {
        people::accounts_of(&self.0, who)
    }
    fn put_account(&mut self, account: &AccountRow) -> Result<()> {
        people::put_account(&self.0, account)
    }
    fn forget_accounts(&mut self, who: ParticipantId) -> Result<()> {
        people::forget_accounts(&self.0, who)
    }

    fn acting(&self, who: ParticipantId) -> Result<ParticipantId> {
        people::acting(&self.0, who)
    }
    fn acting_unless_erased(&self, who: ParticipantId) -> Result<Option<ParticipantId>> {
        people::acting_unless_erased(&self.0, who)
    }
    fn move_things(&mut self, from: ParticipantId, to: ParticipantId) -> Result<()> {
        merge::move_things(&self.0, from, to)
    }
    fn all_votes_of(&self, who: ParticipantId) -> Result<Vec<VoteRow>> {
        votes::all_of_participant(&self.0, who)
    }
    fn take_back_vote(&mut self, who: ParticipantId, vote: &VoteRow, at: Timestamp) -> Result<()> {
        votes::take_back(&self.0, who, vote, at)
    }

    fn kept(&self, who: ParticipantId) -> Result<KeptRow> {
        erasing::kept(&self.0, who)
    }
    fn erased_at(&self, who: ParticipantId) -> Result<Option<Timestamp>> {
        erasing::erased_at(&self.0, who)
    }
    fn erase(&mut self, who: ParticipantId, at: Timestamp) -> Result<()> {
        erasing::erase(&self.0, who, at)
    }

    fn add_event(&mut self, event: &EventRow, listeners: &[EndpointId]) -> Result<()> {
        outbox::add(&self.0, event, listeners)
    }
    fn due_messages(&self, endpoint: &EndpointId, now: Timestamp, limit: u32) -> Result<Vec<MessageRow>> {
        outbox::due(&self.0, endpoint, now, limit)
    }
    fn put_message(&mut self, message: &MessageRow) -> Result<()> {
        outbox::put(&self.0, message)
    }

    fn answer(&self, who: ParticipantId, key: &str, since: Timestamp) -> Result<Option<AnswerRow>> {
        answers::one(&self.0, who, key, since)
    }
    fn keep_answer(&mut self, who: ParticipantId, key: &str, answer: &AnswerRow, at: Timestamp) -> Result<()> {
        self.2.keys.insert(KeyMark::of_text(key), at);
        answers::keep(&self.0, who, key, answer, at)
    }
}
