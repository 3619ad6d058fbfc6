//! What a back end must be able to remember.
//!
//! A ledger holds facts and knows no rules. It MUST show a command what the commands before it wrote, and
//! it MUST keep all writes of one command or none. It MAY run many commands in one transaction, as long as
//! nobody is told of a command before that transaction is durable.

use std::ops::{Range, RangeInclusive};

use carnival_contract::error_code::ErrorCode;
use carnival_contract::export::{ExportedConsent, ExportedVote};
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::live::OfferClaims;
use carnival_contract::replies::{ChannelVisits, Consent, Coupon, PrizeCoupon, StarVotes};
use carnival_contract::requests::{Board, MakeLink};
use carnival_domain::award::{Award, Occasion};
use carnival_domain::canvassing::CameBy;
use carnival_domain::checkout::Reservation;
use carnival_domain::draw::EntryOfDraw;
use carnival_domain::draw::beacon::Beacon;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::fans::FansEnding;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{
    DrawId, EndpointId, EntryId, ItemId, OfferId, ParticipantId, ReservationId, RoundId, StarId,
};
use carnival_domain::leaderboard::Tally;
use carnival_domain::pause::Pause;
use carnival_domain::platforms::Provider;
use carnival_domain::round::{PrizePool, RoundAccount};
use carnival_domain::share_token::Landing;
use carnival_domain::time::{Day, Timestamp};
#[cfg(doc)]
use carnival_domain::{erasure, share_token::Channel};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A round that has begun or is the next to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRow {
    /// What came in, was added and became of it.
    pub account: RoundAccount,
    /// The draw its entries are in.
    pub draw_id: DrawId,
    /// When it ended, if it did.
    pub ended_at: Option<Timestamp>,
}

/// A draw, from its commitment on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawRow {
    /// Which draw.
    pub draw_id: DrawId,
    /// The secret. It MUST NOT leave the back end before the draw is done.
    pub seed: Hash32,
    /// When its commitment was made public.
    pub opened_at: Timestamp,
    /// The beacon that it will wait for after its close, public since it opened as well: a campaign file that is changed
    /// meanwhile changes the next draw.
    pub beacon: Option<Beacon>,
    /// How many entries are in it.
    pub entry_count: u32,
    /// The proof without its list of entries, once the draw is done.
    pub proof: Option<DrawProof>,
}

/// An entry, as its participant knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// Whose.
    pub participant_id: ParticipantId,
    /// In which round.
    pub round_id: RoundId,
    /// In which draw.
    pub draw_id: DrawId,
    /// Under which pseudonym.
    pub entry_id: EntryId,
    /// Since when; of one that counts, since when it does.
    pub accepted_at: Timestamp,
    /// Whether it waits for something before it counts.
    pub is_waiting: bool,
}

/// A line of a draw's log, with whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardRow {
    /// Of which draw.
    pub draw_id: DrawId,
    /// What it was drawn for.
    pub occasion: Occasion,
    /// Whose.
    pub participant_id: ParticipantId,
    /// The line.
    pub award: Award,
    /// A coupon's code.
    pub coupon: Option<PrizeCoupon>,
}

/// A vote that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRow {
    /// Its place in the order in which all votes were counted.
    pub number: u64,
    /// Of which day.
    pub day: Day,
    /// For whom.
    pub star_id: StarId,
}

/// A vote as its repetition is told of it, whether it still counts or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastRow {
    /// The vote.
    pub vote: VoteRow,
    /// When it was taken back, if it was.
    pub taken_back_at: Option<Timestamp>,
    /// Under which key it was asked for; none for one of before keys stood beside votes.
    pub key: Option<KeyMark>,
    /// What was told of it, if this is the one that was asked after.
    pub told: Option<ToldRow>,
}

/// What was told of a vote when it was cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldRow {
    /// How many votes the star had with it.
    pub vote_count: u64,
    /// When that was.
    pub cast_at: Timestamp,
}

/// What an [idempotency key](IdempotencyKey) is known by among the writes of one participant: 64 bits of its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyMark(pub u64);

impl KeyMark {
    /// The mark of a key.
    pub fn of(key: &IdempotencyKey) -> Self {
        Self::of_text(key.as_str())
    }

    /// The same of a key that was taken before.
    pub fn of_text(key: &str) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(Sha256::digest(key));
        Self(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
    }
}

/// The votes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VotesOfDay {
    /// Which day.
    pub day: Day,
    /// How many count.
    pub counted: u64,
    /// How many were taken back.
    pub taken_back: u64,
}

/// Votes of a day that were refused for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// Which day.
    pub day: Day,
    /// Why.
    pub code: ErrorCode,
    /// How many.
    pub count: u64,
}

/// Somebody whom a platform knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Which platform.
    pub provider: Provider,
    /// What became of the platform's own id; the id itself is kept nowhere.
    pub subject: Hash32,
    /// Who that is here.
    pub participant_id: ParticipantId,
    /// Since when.
    pub since: Timestamp,
    /// Their nickname, if they gave it.
    pub nickname: Option<String>,
}

/// The answer to a write, kept for its repetitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// What was asked.
    pub request: String,
    /// What was answered, JSON.
    pub answer: String,
}

/// The draw of an offer's first moments, from its commitment on.
#[derive(Clone, Debug, PartialEq)]
pub struct StartDrawRow {
    /// Whose.
    pub offer_id: OfferId,
    /// Which draw.
    pub draw_id: DrawId,
    /// The secret. It MUST NOT leave the back end before the draw is done.
    pub seed: Hash32,
    /// When its commitment was made public.
    pub opened_at: Timestamp,
    /// Whether the draw is done.
    pub is_done: bool,
}

/// A place in the draw of an offer's first moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartEntryRow {
    /// Whose.
    pub participant_id: ParticipantId,
    /// Of which offer.
    pub offer_id: OfferId,
    /// Under which pseudonym.
    pub entry_id: EntryId,
    /// Since when.
    pub accepted_at: Timestamp,
    /// Whether it won; none before the draw is done.
    pub is_drawn: Option<bool>,
}

/// An item that a participant picked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickRow {
    /// Which.
    pub item_id: ItemId,
    /// Since when.
    pub picked_at: Timestamp,
}

/// The draw of a star's fans, from its commitment on. Its secret, its count and its proof are in its [`DrawRow`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FansDrawRow {
    /// Whose fans'.
    pub star_id: StarId,
    /// Which draw.
    pub draw_id: DrawId,
    /// What it gives, as it was when the draw opened.
    pub pool: PrizePool,
    /// How it ended, if it did.
    pub ending: Option<FansEnding>,
    /// When it ended, if it did.
    pub ended_at: Option<Timestamp>,
    /// Whether it is drawn. A ledger knows this from the draw's proof and is not told.
    pub is_done: bool,
}

/// A place in the draw of a star's fans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FanEntryRow {
    /// Whose.
    pub participant_id: ParticipantId,
    /// Of which star.
    pub star_id: StarId,
    /// In which draw.
    pub draw_id: DrawId,
    /// Under which pseudonym.
    pub entry_id: EntryId,
    /// Since when.
    pub accepted_at: Timestamp,
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The message's id, the same in every try.
    pub webhook_id: String,
    /// When it happened.
    pub happened_at: Timestamp,
    /// The message's body, JSON.
    pub body: String,
}

/// Something to tell to somebody, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// What.
    pub event: EventRow,
    /// To whom.
    pub endpoint_id: EndpointId,
    /// How many tries failed.
    pub failed_count: u32,
    /// When to try next; none if it is told, or given up.
    pub next_at: Option<Timestamp>,
    /// When it was told.
    pub delivered_at: Option<Timestamp>,
    /// Why the last try failed.
    pub failure: Option<String>,
}

impl MessageRow {
    /// Something that nobody has tried to tell yet.
    pub fn fresh(event: EventRow, endpoint_id: EndpointId) -> Self {
        let next_at = Some(event.happened_at);
        Self { event, endpoint_id, failed_count: 0, next_at, delivered_at: None, failure: None }
    }
}

/// A share link, as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// Where it leads, and how it travels.
    pub link: MakeLink,
    /// Its random id.
    pub id: [u8; 8],
    /// When it was made.
    pub made_at: Timestamp,
}

/// What is kept of a participant beyond what the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptRow {
    /// All votes, in the order in which they were cast.
    pub votes: Vec<ExportedVote>,
    /// Every yes and no to the privacy notice, in their order.
    pub consents: Vec<ExportedConsent>,
    /// Share links, in the order in which they were made; those made at the same instant by their ids.
    pub links: Vec<LinkRow>,
    /// How many people's links they opened.
    pub opened_count: u32,
    /// How many answers to their writes are kept.
    pub answer_count: u32,
    /// How many other ids became theirs.
    pub other_id_count: u32,
}

/// The facts of a campaign.
#[expect(missing_docs, reason = "the error is the ledger's own; the rest is said on each method")]
pub trait Ledger {
    type Error;

    /// The round with the highest number that is known.
    fn latest_round(&self) -> Result<Option<RoundRow>, Self::Error>;
    /// A round.
    fn round(&self, id: RoundId) -> Result<Option<RoundRow>, Self::Error>;
    /// Rounds that have ended, newest first, those before `before` if that is given.
    fn ended_rounds(&self, before: Option<RoundId>, limit: u32) -> Result<Vec<RoundRow>, Self::Error>;
    /// Rounds that ended with a draw of which there is no proof yet, in their order.
    fn undrawn_rounds(&self) -> Result<Vec<RoundRow>, Self::Error>;
    /// Adds a round, or replaces what is known of it.
    fn put_round(&mut self, round: &RoundRow) -> Result<(), Self::Error>;

    /// A draw.
    fn draw(&self, id: &DrawId) -> Result<Option<DrawRow>, Self::Error>;
    /// Adds a draw, or replaces what is known of it.
    fn put_draw(&mut self, draw: &DrawRow) -> Result<(), Self::Error>;
    /// All entries of a draw of rounds or of fans that count, in any order.
    fn entries_of_draw(&self, id: &DrawId) -> Result<Vec<EntryOfDraw>, Self::Error>;

    /// A participant's first entry in a round, one that counts before one that waits.
    fn entry(&self, who: ParticipantId, round: RoundId) -> Result<Option<EntryRow>, Self::Error>;
    /// A participant's entries, newest first.
    fn entries_of(&self, who: ParticipantId, limit: u32) -> Result<Vec<EntryRow>, Self::Error>;
    /// Adds an entry; if it counts, its round has one participant more and its draw one entry more.
    fn add_entry(&mut self, entry: &EntryRow) -> Result<(), Self::Error>;
    /// Lets an entry that waited count from `at` on, with the same effect.
    fn count_entry(&mut self, entry: &EntryRow, at: Timestamp) -> Result<(), Self::Error>;

    /// The log of a draw's prizes, in the order in which it came about.
    fn awards_of_draw(&self, id: &DrawId) -> Result<Vec<AwardRow>, Self::Error>;
    /// A participant's lines of all logs, newest first.
    fn awards_of(&self, who: ParticipantId) -> Result<Vec<AwardRow>, Self::Error>;
    /// The line of an entry; an entry is in one draw, and has one turn in it.
    fn award(&self, entry: EntryId) -> Result<Option<AwardRow>, Self::Error>;
    /// Promises that were not claimed and whose time is over at `now`, or that have none yet; those that waited longest first.
    fn due_awards(&self, now: Timestamp, limit: u32) -> Result<Vec<AwardRow>, Self::Error>;
    /// When the next promise ends that nobody claimed.
    fn next_claim_by(&self) -> Result<Option<Timestamp>, Self::Error>;
    /// Adds a line, or replaces what is known of it.
    fn put_award(&mut self, award: &AwardRow) -> Result<(), Self::Error>;
    /// What was claimed and not sent, those that wait longest first, each with its sealed address.
    fn awards_to_send(&self, limit: u32) -> Result<Vec<(AwardRow, Vec<u8>)>, Self::Error>;
    /// The sealed address of a prize.
    fn delivery(&self, entry: EntryId) -> Result<Option<Vec<u8>>, Self::Error>;
    /// Keeps a sealed address, in place of what was there.
    fn put_delivery(&mut self, entry: EntryId, sealed: &[u8]) -> Result<(), Self::Error>;
    /// Deletes the addresses of prizes that were sent at `sent_until` or before; says of how many.
    fn forget_deliveries(&mut self, sent_until: Timestamp) -> Result<u32, Self::Error>;
    /// When the prize was sent whose address is there the longest.
    fn first_sent_with_address(&self) -> Result<Option<Timestamp>, Self::Error>;

    /// All pauses of the rounds, in their order.
    fn pauses(&self) -> Result<Vec<Pause>, Self::Error>;
    /// Adds a pause, or replaces the one that began at the same instant.
    fn put_pause(&mut self, pause: &Pause) -> Result<(), Self::Error>;

    /// All votes that a participant cast within these days, in any order; with what was told of the one under a key.
    fn votes_within(
        &self,
        who: ParticipantId,
        days: RangeInclusive<Day>,
        key: KeyMark,
    ) -> Result<Vec<CastRow>, Self::Error>;
    /// Whether any vote that a participant cast since an instant was asked for under a key.
    fn has_voted_under(&self, who: ParticipantId, key: KeyMark, since: Timestamp) -> Result<bool, Self::Error>;
    /// Whether anybody's write of the last days, as long as repetitions are recognised, may have been done under a key. False only if
    /// certainly none was: then nothing of the key has to be looked up.
    fn may_know(&self, key: KeyMark, now: Timestamp) -> bool;
    /// Adds a vote, asked for under a key that no other write of the participant's has; returns the star's votes with it.
    fn add_vote(
        &mut self,
        who: ParticipantId,
        star: &StarId,
        day: Day,
        at: Timestamp,
        key: KeyMark,
    ) -> Result<Tally, Self::Error>;
    /// The last visits of a participant by links to a place, at most so many, the last first; of one instant, the owner with
    /// the higher id first.
    fn came_by(&self, visitor: ParticipantId, landing: &Landing, limit: u32) -> Result<Vec<CameBy>, Self::Error>;
    /// Counts a vote for whoever's link brought it. It is taken back with the vote, and ends if the two turn out to be one.
    fn add_canvassed(&mut self, owner: ParticipantId, star: &StarId, vote_number: u64) -> Result<(), Self::Error>;
    /// How many votes that count a participant's links brought, by star, in the order of ids.
    fn canvassed_by(&self, owner: ParticipantId) -> Result<Vec<StarVotes>, Self::Error>;
    /// The votes of all stars that have any, on one day or over all.
    fn tallies(&self, board: Board, day: Day) -> Result<Vec<Tally>, Self::Error>;
    /// The sums of all days on which there were votes, in any order.
    fn votes_by_day(&self) -> Result<Vec<VotesOfDay>, Self::Error>;
    /// Counts a refused vote. A refusal is no write: a ledger MAY only remember it until there is one, and lose what it
    /// remembers in a crash. Of its other promises this takes nothing back.
    fn count_refused_vote(&mut self, day: Day, code: ErrorCode) -> Result<(), Self::Error>;
    /// The refused votes of all days, as far as they are written down; those of a day in the order of the codes' words.
    fn refused_by_day(&self) -> Result<Vec<RefusedRow>, Self::Error>;

    /// How many coupons of an offer were claimed.
    fn claimed_count(&self, offer: &OfferId) -> Result<u32, Self::Error>;
    /// The same for every offer of which any were.
    fn claims(&self) -> Result<Vec<OfferClaims>, Self::Error>;
    /// A participant's coupons, newest first.
    fn coupons_of(&self, who: ParticipantId) -> Result<Vec<Coupon>, Self::Error>;
    /// Adds a coupon. If its code was brought along, that is free no more.
    fn add_coupon(&mut self, who: ParticipantId, coupon: &Coupon) -> Result<(), Self::Error>;
    /// The coupon with this code.
    fn coupon(&self, code: &str) -> Result<Option<Coupon>, Self::Error>;

    /// The offer that a code belongs to, whether it was brought along or given out.
    fn offer_of_code(&self, code: &str) -> Result<Option<OfferId>, Self::Error>;
    /// How many codes were brought along for an offer.
    fn code_count(&self, offer: &OfferId) -> Result<u32, Self::Error>;
    /// The first code of an offer that was brought along and is free still.
    fn free_code(&self, offer: &OfferId) -> Result<Option<String>, Self::Error>;
    /// Adds a code that was brought along; those of an offer are given out in the order in which they were added.
    fn add_code(&mut self, offer: &OfferId, code: &str) -> Result<(), Self::Error>;

    /// The draw of an offer's first moments.
    fn start_draw(&self, offer: &OfferId) -> Result<Option<StartDrawRow>, Self::Error>;
    /// The same by the draw's id.
    fn start_draw_by_id(&self, id: &DrawId) -> Result<Option<StartDrawRow>, Self::Error>;
    /// Adds a draw of an offer's first moments.
    fn add_start_draw(&mut self, draw: &StartDrawRow) -> Result<(), Self::Error>;
    /// Keeps the proof of such a draw, which is done then; of every place in it is known whether it won.
    fn finish_start_draw(&mut self, offer: &OfferId, proof: &DrawProof) -> Result<(), Self::Error>;
    /// That proof, without its list of entries.
    fn start_proof(&self, offer: &OfferId) -> Result<Option<DrawProof>, Self::Error>;
    /// All places in it, in any order.
    fn start_entries(&self, offer: &OfferId) -> Result<Vec<EntryOfDraw>, Self::Error>;
    /// A participant's places in such draws, newest first.
    fn start_entries_of(&self, who: ParticipantId) -> Result<Vec<StartEntryRow>, Self::Error>;
    /// Adds a place.
    fn add_start_entry(&mut self, entry: &StartEntryRow) -> Result<(), Self::Error>;

    /// The draws of all stars' fans, in any order.
    fn fans_draws(&self) -> Result<Vec<FansDrawRow>, Self::Error>;
    /// The draw of one star's.
    fn fans_draw(&self, star: &StarId) -> Result<Option<FansDrawRow>, Self::Error>;
    /// Adds such a draw, or says how it ended; its [`DrawRow`] is there already.
    fn put_fans_draw(&mut self, draw: &FansDrawRow) -> Result<(), Self::Error>;
    /// A participant's first place in a star's draw.
    fn fan_entry(&self, who: ParticipantId, star: &StarId) -> Result<Option<FanEntryRow>, Self::Error>;
    /// A participant's places in such draws, newest first.
    fn fan_entries_of(&self, who: ParticipantId) -> Result<Vec<FanEntryRow>, Self::Error>;
    /// Adds a place; its draw has one entry more.
    fn add_fan_entry(&mut self, entry: &FanEntryRow) -> Result<(), Self::Error>;

    /// A reservation.
    fn reservation(&self, id: ReservationId) -> Result<Option<Reservation>, Self::Error>;
    /// The last reservation of the coupon with this code.
    fn last_reservation(&self, code: &str) -> Result<Option<Reservation>, Self::Error>;
    /// All reservations of the coupon with this code, in their order.
    fn reservations_of(&self, code: &str) -> Result<Vec<Reservation>, Self::Error>;
    /// Adds a reservation, or replaces what is known of it.
    fn put_reservation(&mut self, reservation: &Reservation) -> Result<(), Self::Error>;

    /// The random id of a participant's link to a place through a channel.
    fn link_of(&self, who: ParticipantId, link: &MakeLink) -> Result<Option<[u8; 8]>, Self::Error>;
    /// Whose link this is.
    fn link_owner(&self, link: [u8; 8]) -> Result<Option<ParticipantId>, Self::Error>;
    /// Adds a link.
    fn add_link(&mut self, who: ParticipantId, link: &MakeLink, id: [u8; 8], at: Timestamp) -> Result<(), Self::Error>;
    /// Adds a visit to somebody's links; false if this visitor was counted for this owner before.
    fn add_visit(
        &mut self,
        owner: ParticipantId,
        visitor: ParticipantId,
        link: [u8; 8],
        at: Timestamp,
    ) -> Result<bool, Self::Error>;
    /// How many visitors were counted for an owner.
    fn visit_count(&self, owner: ParticipantId) -> Result<u32, Self::Error>;
    /// The same by the channel of the link that each came by first, in the order of [`Channel::ALL`].
    fn visits_by_channel(&self, owner: ParticipantId) -> Result<Vec<ChannelVisits>, Self::Error>;
    /// How many visitors were counted for an owner within a span, its end not among it; at most so many.
    fn friends_between(&self, owner: ParticipantId, span: &Range<Timestamp>, limit: u32) -> Result<u32, Self::Error>;

    /// What a participant picked, in the order of time, and then of ids.
    fn picks_of(&self, who: ParticipantId) -> Result<Vec<PickRow>, Self::Error>;
    /// Adds a pick; what is picked already stays as it is.
    fn add_pick(&mut self, who: ParticipantId, item: &ItemId, at: Timestamp) -> Result<(), Self::Error>;
    /// Takes a pick back: nothing of it is left, in sums neither.
    fn take_back_pick(&mut self, who: ParticipantId, item: &ItemId) -> Result<(), Self::Error>;
    /// How many participants picked each item that anybody did.
    fn pick_counts(&self) -> Result<Vec<(ItemId, u32)>, Self::Error>;
    /// Whether a participant shows their picks to friends; nobody does before they said so.
    fn shows_picks(&self, who: ParticipantId) -> Result<bool, Self::Error>;
    /// Keeps whether they do.
    fn set_shows_picks(&mut self, who: ParticipantId, is_shown: bool, at: Timestamp) -> Result<(), Self::Error>;
    /// What those picked who show it and by whose links this participant came, once each, in the order of ids. Of more
    /// than `friend_limit` who show theirs, those count whose links were opened last.
    fn picks_of_friends(&self, who: ParticipantId, friend_limit: u32) -> Result<Vec<ItemId>, Self::Error>;

    /// Who came by an owner's links, in any order, at most so many.
    fn visitors_of(&self, owner: ParticipantId, limit: usize) -> Result<Vec<ParticipantId>, Self::Error>;

    /// What a participant agreed to last, unless they took it back since.
    fn consent(&self, who: ParticipantId) -> Result<Option<Consent>, Self::Error>;
    /// Writes down that a participant agreed. What was agreed to before stays on record.
    fn add_consent(&mut self, who: ParticipantId, consent: &Consent) -> Result<(), Self::Error>;
    /// Writes down that they took it back; the same holds.
    fn add_withdrawal(&mut self, who: ParticipantId, version: &str, at: Timestamp) -> Result<(), Self::Error>;

    /// Whom a platform's id stands for.
    fn account(&self, provider: Provider, subject: Hash32) -> Result<Option<AccountRow>, Self::Error>;
    /// A participant's accounts, newest first.
    fn accounts_of(&self, who: ParticipantId) -> Result<Vec<AccountRow>, Self::Error>;
    /// Adds an account, or replaces what is known of it.
    fn put_account(&mut self, account: &AccountRow) -> Result<(), Self::Error>;
    /// Forgets all accounts of a participant.
    fn forget_accounts(&mut self, who: ParticipantId) -> Result<(), Self::Error>;

    /// Who this participant's things belong to: themselves, unless they were moved.
    fn acting(&self, who: ParticipantId) -> Result<ParticipantId, Self::Error>;
    /// The same, unless they have erased themselves; no write begins without it.
    fn acting_unless_erased(&self, who: ParticipantId) -> Result<Option<ParticipantId>, Self::Error> {
        if self.erased_at(who)?.is_some() { Ok(None) } else { self.acting(who).map(Some) }
    }
    /// Makes everything of `from` belong to `to`, and `to` act whenever `from` asks; the picks were moved before, one by one.
    /// Nothing is lost but visits within the one person, and the later one of two by the same visitor.
    fn move_things(&mut self, from: ParticipantId, to: ParticipantId) -> Result<(), Self::Error>;
    /// All votes of a participant that count, in the order in which they were counted.
    fn all_votes_of(&self, who: ParticipantId) -> Result<Vec<VoteRow>, Self::Error>;
    /// Takes back a participant's vote: tallies are then as if it had never been cast. That it was stays on record.
    fn take_back_vote(&mut self, who: ParticipantId, vote: &VoteRow, at: Timestamp) -> Result<(), Self::Error>;

    /// What is kept of a participant beyond what the page shows.
    fn kept(&self, who: ParticipantId) -> Result<KeptRow, Self::Error>;
    /// When a participant erased themselves, by any of the ids that they had.
    fn erased_at(&self, who: ParticipantId) -> Result<Option<Timestamp>, Self::Error>;
    /// Erases a participant: afterwards no id that they had stands anywhere, but for the [mark](erasure::mark) that it was
    /// erased. Entries, awards, votes and coupons, and their visits to others, are [nobody's](erasure::nobody); coupons that no
    /// order used end `at` this instant. Everything else of theirs is gone, with the addresses of their prizes.
    fn erase(&mut self, who: ParticipantId, at: Timestamp) -> Result<(), Self::Error>;

    /// Writes down something to tell, once, and whom.
    fn add_event(&mut self, event: &EventRow, listeners: &[EndpointId]) -> Result<(), Self::Error>;
    /// What is to be told to an endpoint by now, what waits longest first.
    fn due_messages(&self, endpoint: &EndpointId, now: Timestamp, limit: u32) -> Result<Vec<MessageRow>, Self::Error>;
    /// Writes down what became of a message.
    fn put_message(&mut self, message: &MessageRow) -> Result<(), Self::Error>;

    /// The answer that was given to a write since an instant, if it is kept still. Those to votes are not kept; they are told from
    /// the votes.
    fn answer(&self, who: ParticipantId, key: &str, since: Timestamp) -> Result<Option<AnswerRow>, Self::Error>;
    /// Keeps the answer to a write, in place of one from before that instant.
    fn keep_answer(
        &mut self,
        who: ParticipantId,
        key: &str,
        answer: &AnswerRow,
        at: Timestamp,
    ) -> Result<(), Self::Error>;
}
