//! What the guide's rule, `carnival_domain::guide`, depends on, gathered; and what of it a shopper has seen already.

use carnival_contract::replies::Me;
use carnival_domain::award::AwardState;
use carnival_domain::guide::{
    GuideFacts, OfferFacts, RoundFacts, SAID_TO_MS, StarFacts, Step, next_step, stands_until,
};
use carnival_domain::ids::DrawId;
use carnival_domain::time::{Day, Timestamp};

use super::State;
use super::leaderboard::{Row, VoteState};
use super::round::{Outcome, outcome};
use crate::browser::storage;
use crate::var::{Kept, Var};

/// Where the draw is kept whose result was seen last.
const SEEN_KEY: &str = "carnival.seen-draw";

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Guide {
    /// The draw whose result was seen last.
    seen_draw: Var<String>,
    /// Told when another step may be the one to show, or the same in other words.
    turn: Var<()>,
    /// When that is, once somebody has asked.
    turns_at: Kept<Option<Timestamp>>,
}

impl Guide {
    pub(super) fn new() -> Self {
        Self {
            seen_draw: Var::new(storage::read(SEEN_KEY).unwrap_or_default()),
            turn: Var::new(()),
            turns_at: Kept::new(None),
        }
    }

    /// Moves on with the time.
    pub(super) fn tick(self, now: Timestamp) {
        // A clock that was set back is no reason to say nothing for so long.
        let is_turn = |at: Timestamp| !(1..=SAID_TO_MS).contains(&at.ms_since(now));
        if self.turns_at.get().is_some_and(is_turn) {
            self.turns_at.set(None);
            self.turn.set(());
        }
    }

    /// What is shown holds until then; listens to that.
    pub(crate) fn holds_until(self, at: Timestamp) {
        self.turn.get();
        self.turns_at.set(Some(at));
    }
}

impl State {
    /// The step to show.
    pub(crate) fn next_step(self) -> Step {
        let now = self.clock.shown();
        let round = self.round.current().map(|round| RoundFacts {
            slot: round.slot(),
            ending: round.ending,
            paused_from: round.paused.as_ref().map(|pause| pause.from),
            is_in: self.my_entry().is_some(),
        });
        let rows = self.leaderboard.rows();
        let votes_left = self.leaderboard.votes_left();
        let stars = self.stars_that_matter(&rows);
        let offers = self.coupons.offers();
        let offers: Vec<_> = offers
            .iter()
            .map(|offer| {
                let id = &offer.terms.id;
                let (mine, is_drawing) = self.session.me(|me| {
                    let mine = me.coupons.iter().filter(|coupon| coupon.offer_id == *id).count() as u32;
                    (mine, me.starts.iter().any(|start| start.offer_id == *id && start.is_drawn.is_none()))
                });
                OfferFacts { offer: &offer.terms, claimed: offer.claimed.get(), mine, is_drawing }
            })
            .collect();
        let facts = GuideFacts {
            now,
            round,
            claims_by: &self.session.me(claims_by),
            has_result: self.unseen_result().is_some(),
            stars: &stars,
            votes_left,
            votes_return_at: self.votes_return_at(now).filter(|_| votes_left == 0),
            offers: &offers,
            reveals_at: self.leaderboard.reveals_at().first().copied(),
        };
        let step = next_step(&facts);
        self.guide.holds_until(stands_until(&facts, &step));
        step
    }

    /// Of the stars, those that a step can be about: theirs, the newest, and one that a vote would count for. A board may
    /// have a thousand rows, and any of them may change every second: it listens to few of them.
    fn stars_that_matter(self, rows: &[Row]) -> Vec<StarFacts<'_>> {
        let today = self.session.today();
        let is_mine = |row: &Row| self.session.me(|me| me.votes.for_star_on(&row.star.id, today) > 0);
        let ready = rows.iter().position(|row| row.now.with_untracked(|now| now.vote == VoteState::Ready));
        let matters = |place: usize, row: &Row| ready == Some(place) || place + 1 == rows.len() || is_mine(row);
        let mattering = rows.iter().enumerate().filter(|(place, row)| matters(*place, row));
        let facts = mattering.map(|(_, row)| {
            let (stands, before) = (row.now.get(), self.leaderboard.rank_at_last_glance(&row.star.id));
            StarFacts {
                star_id: &row.star.id,
                rank: stands.rank,
                rank_before: before,
                is_mine: is_mine(row),
                can_be_voted_for: stands.vote == VoteState::Ready,
                is_new: before.is_none() && self.leaderboard.has_glanced(),
            }
        });
        facts.collect()
    }

    /// Midnight, if the campaign goes on after it.
    fn votes_return_at(self, now: Timestamp) -> Option<Timestamp> {
        let campaign = self.session.campaign();
        let at = campaign.utc_offset.midnight(Day(campaign.utc_offset.day_at(now).0 + 1));
        (at < campaign.ends_at).then_some(at)
    }

    /// The newest draw of an entry of theirs, if its result was not seen.
    fn unseen_result(self) -> Option<DrawId> {
        let records = self.round.records();
        let is_mine = |me: &Me, record| matches!(outcome(record, &me.entries), Outcome::Won(_) | Outcome::Lost);
        let newest = self.session.me(|me| records.iter().find(|record| is_mine(me, record)).cloned());
        let draw = newest?.draw_id?;
        self.guide.seen_draw.with(|seen| *seen != draw.as_str()).then_some(draw)
    }

    /// The results that are there have been seen.
    pub(crate) fn see_results(self) {
        if let Some(draw) = leptos::prelude::untrack(|| self.unseen_result()) {
            storage::write(SEEN_KEY, draw.as_str());
            self.guide.seen_draw.set(draw.as_str().to_owned());
        }
    }
}

/// Until when each prize can be claimed that waits for that.
fn claims_by(me: &Me) -> Vec<Timestamp> {
    let waiting = me.wins.iter().filter(|win| win.state == AwardState::Promised);
    waiting.filter_map(|win| win.claim_by).collect()
}
