//! What is shown: the snapshot, the live frame, the leaderboards, a participant's own things.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::live::{AwaitedBeacon, LiveFrame, OfferClaims, RoundView, StartDraw};
use carnival_contract::replies::{Account, Coupon, ENTRIES_SHOWN, LeaderboardReply, Me, StarVotes, VotesCast};
use carnival_contract::requests::{Board, BoardPart};
use carnival_contract::snapshot::{CampaignSnapshot, CampaignView, StarView};
use carnival_domain::campaign::Star;
use carnival_domain::draw::commitment;
use carnival_domain::ids::{ParticipantId, StarId};
use carnival_domain::leaderboard::{Tally, part_of, standings};
use carnival_domain::time::{Day, Timestamp};

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{AccountRow, Ledger, VoteRow};
use crate::votes::votes_on;

/// How many ended rounds a snapshot shows.
const LAST_ROUNDS_SHOWN: u32 = 5;

impl Engine {
    /// Of somebody's coupons those that they claimed: the others stand with their wins.
    fn claimed(&self, mut coupons: Vec<Coupon>) -> Vec<Coupon> {
        coupons.retain(|coupon| self.campaign.prize_of_coupons(&coupon.offer_id).is_none());
        coupons
    }

    /// What changes by the second. `id` is the frame's place in the live stream.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn live_frame<L: Ledger>(&self, ledger: &L, id: String, now: Timestamp) -> Result<LiveFrame, L::Error> {
        let counted = ledger.claims()?;
        let mut claims = Vec::new();
        for offer in &self.campaign.offers {
            let count = counted.iter().find(|claims| claims.offer_id == offer.id);
            let claimed_count = count.map_or(0, |claims| claims.claimed_count);
            let start = if offer.fair_start_ms.is_some() { ledger.start_draw(&offer.id)? } else { None };
            let start = start.map(|row| StartDraw { draw_id: row.draw_id, commitment: commitment(&row.seed.0) });
            claims.push(OfferClaims { offer_id: offer.id.clone(), claimed_count, start });
        }
        let ended = ledger.ended_rounds(None, 1)?;
        Ok(LiveFrame {
            id,
            at: now,
            revision: self.revision_at(ledger, now)?,
            round: self.round_view(ledger, now)?,
            ended_round_id: ended.first().map(|round| round.account.round_id),
            tallies: self.tallies(ledger, Board::Overall, self.campaign.day_at(now), now)?,
            claims,
        })
    }

    /// Everything the page shows to everybody, around a live frame.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn snapshot<L: Ledger>(&self, ledger: &L, live: LiveFrame) -> Result<CampaignSnapshot, L::Error> {
        let stars = self.revealed(live.at).map(|star| StarView {
            id: star.id.clone(),
            name: star.name.clone(),
            epithet: star.epithet.clone(),
            portrait: star.portrait.clone(),
            color: star.color.clone(),
        });
        let mut reveals_at: Vec<_> = self.campaign.stars.iter().map(|star| star.reveals_at).collect();
        reveals_at.retain(|at| *at > live.at);
        reveals_at.sort_unstable();
        // The id of a star that is not revealed yet would give its name away.
        let revealed = |id: &StarId| self.revealed(live.at).any(|star| star.id == *id);
        let mut offers = self.campaign.offers.clone();
        for offer in &mut offers {
            offer.star_id = offer.star_id.take().filter(revealed);
        }
        let mut items = self.campaign.items.clone();
        for item in &mut items {
            item.star_id = item.star_id.take().filter(revealed);
        }
        let last_rounds = ledger.ended_rounds(None, LAST_ROUNDS_SHOWN)?;
        let last_rounds = last_rounds.into_iter().map(|round| self.round_record(ledger, round));
        Ok(CampaignSnapshot {
            campaign: self.campaign_view(),
            stars: stars.collect(),
            reveals_at,
            offers,
            items,
            last_rounds: last_rounds.collect::<Result<_, _>>()?,
            live,
        })
    }

    /// What a participant has.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn me<L: Ledger>(&self, ledger: &L, who: ParticipantId, now: Timestamp) -> Result<Me, L::Error> {
        let who = ledger.acting(who)?;
        let day = self.campaign.day_at(now);
        let entries = ledger.entries_of(who, ENTRIES_SHOWN)?;
        let votes = ledger.all_votes_of(who)?;
        let visits_by_channel = ledger.visits_by_channel(who)?;
        Ok(Me {
            entries: entries.iter().map(|entry| self.receipt(entry)).collect(),
            wins: self.wins(ledger, who)?,
            votes: VotesCast {
                day: Some(day),
                by_star: votes_on(day, votes.iter()),
                by_friends: self.earned(ledger, who, day)?,
            },
            all_votes: by_star(votes),
            coupons: self.claimed(ledger.coupons_of(who)?),
            starts: self.starts_of(ledger, who)?,
            fans: self.fans_of(ledger, who)?,
            visit_count: visits_by_channel.iter().map(|visits| visits.visit_count).sum(),
            visits_by_channel,
            canvassed: self.canvassed(ledger, who)?,
            account: ledger.accounts_of(who)?.into_iter().next().map(account),
            consent: ledger.consent(who)?,
        })
    }

    /// A leaderboard of the revealed stars.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn leaderboard<L: Ledger>(
        &self,
        ledger: &L,
        board: Board,
        now: Timestamp,
    ) -> Result<LeaderboardReply, L::Error> {
        let today = self.campaign.day_at(now);
        Ok(LeaderboardReply {
            board,
            day: (board == Board::Day).then_some(today),
            standings: standings(self.tallies(ledger, board, today, now)?),
            next_after: None,
            previous_before: None,
        })
    }

    /// A part of a leaderboard; of a day that is over as well.
    ///
    /// # Errors
    /// A refusal if there is no such day or star, or the ledger's own.
    pub fn leaderboard_part<L: Ledger>(
        &self,
        ledger: &L,
        board: Board,
        part: &BoardPart,
        now: Timestamp,
    ) -> Result<LeaderboardReply, Failure<L::Error>> {
        let (first, today) = (self.campaign.day_at(self.campaign.starts_at), self.campaign.day_at(now));
        let day = part.day.unwrap_or(today);
        if part.day.is_some() && (board == Board::Overall || day < first || day > today) {
            return Err(Failure::refused(ErrorCode::UnknownLeaderboard));
        }
        let whole = standings(self.tallies(ledger, board, day, now)?);
        let limit = part.limit.map_or(whole.len(), |limit| limit as usize);
        let part = part_of(&whole, &part.from, limit).ok_or_else(|| Failure::refused(ErrorCode::UnknownStar))?;
        Ok(LeaderboardReply {
            board,
            day: (board == Board::Day).then_some(day),
            standings: part.standings,
            next_after: part.next_after.map(|cursor| cursor.to_string()),
            previous_before: part.previous_before.map(|cursor| cursor.to_string()),
        })
    }

    /// A mark that changes with what is not in a live frame.
    fn revision_at<L: Ledger>(&self, ledger: &L, now: Timestamp) -> Result<String, L::Error> {
        let mut revision = format!("{}-{}", self.revision, self.revealed(now).count());
        // A draw that waits shows in the newest rounds.
        let awaited = ledger.undrawn_rounds()?.len();
        if awaited > 0 {
            revision = format!("{revision}-{awaited}");
        }
        revision.extend(self.fans_revision(ledger, now)?);
        Ok(revision)
    }

    fn revealed(&self, now: Timestamp) -> impl Iterator<Item = &Star> {
        self.campaign.stars.iter().filter(move |star| star.reveals_at <= now)
    }

    fn tallies<L: Ledger>(&self, ledger: &L, board: Board, day: Day, now: Timestamp) -> Result<Vec<Tally>, L::Error> {
        let voted = ledger.tallies(board, day)?;
        let tally_of = |star: &Star| {
            let tally = voted.iter().find(|tally| tally.star_id == star.id).cloned();
            tally.unwrap_or_else(|| Tally { star_id: star.id.clone(), vote_count: 0, reached: 0 })
        };
        Ok(self.revealed(now).map(tally_of).collect())
    }

    fn round_view<L: Ledger>(&self, ledger: &L, now: Timestamp) -> Result<Option<RoundView>, L::Error> {
        let settings = &self.campaign.rounds;
        let clock = self.round_clock(ledger)?;
        let Some(slot) = settings.schedule.current_or_next(clock.reading(now)).map(|slot| clock.slot(slot)) else {
            return Ok(None);
        };
        let Some(row) = ledger.round(slot.id)? else {
            return Ok(None);
        };
        let Some(draw) = ledger.draw(&row.draw_id)? else {
            return Ok(None);
        };
        Ok(Some(RoundView {
            round_id: slot.id,
            commitment: commitment(&draw.seed.0),
            beacon: draw.beacon.map(|beacon| AwaitedBeacon::of(beacon, slot.closes_at)),
            draw_id: row.draw_id,
            opens_at: slot.opens_at,
            closes_at: slot.closes_at,
            ending: row.account.ending,
            target: settings.target,
            participant_count: row.account.participant_count,
            carried_entry_count: draw.entry_count.saturating_sub(row.account.participant_count),
            pool: row.account.pool(),
            carried_in: row.account.carried_in,
            is_last: settings.schedule.is_last(slot.id),
            paused: clock.paused().cloned(),
        }))
    }

    fn campaign_view(&self) -> CampaignView {
        let votes_by_friends = self.campaign.friends_earn();
        let campaign = self.campaign.as_ref().clone();
        let rounds = campaign.rounds;
        CampaignView {
            id: campaign.id,
            title: campaign.title,
            tagline: campaign.tagline,
            organiser: campaign.organiser,
            contact: campaign.contact,
            filing_number: campaign.filing_number,
            share_title: campaign.share_title,
            share_text: campaign.share_text,
            cover: campaign.cover,
            starts_at: campaign.starts_at,
            ends_at: campaign.ends_at,
            utc_offset: campaign.utc_offset,
            voting: campaign.voting,
            votes_by_friends,
            round_length_ms: rounds.schedule.length_ms,
            target: rounds.target,
            participation: rounds.participation,
            draw_at: rounds.draw_at,
            reserve_count: rounds.reserve_count,
            prizes: rounds.prizes,
            policy: campaign.policy,
            privacy: campaign.privacy,
            platforms: campaign.platforms,
        }
    }
}

/// How often each star was voted for, the last one first.
fn by_star(votes: Vec<VoteRow>) -> Vec<StarVotes> {
    let mut stars: Vec<StarVotes> = Vec::new();
    for vote in votes.into_iter().rev() {
        match stars.iter_mut().find(|star| star.star_id == vote.star_id) {
            Some(star) => star.vote_count += 1,
            None => stars.push(StarVotes { star_id: vote.star_id, vote_count: 1 }),
        }
    }
    stars
}

pub(crate) fn account(row: AccountRow) -> Account {
    Account { provider: row.provider, since: row.since, nickname: row.nickname }
}
