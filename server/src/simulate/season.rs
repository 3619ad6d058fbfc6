//! One run: a whole campaign, once.

use std::collections::BTreeSet;

use carnival_domain::campaign::{Campaign, DrawAt};
use carnival_domain::ids::RoundId;
use carnival_domain::money::Fen;
use carnival_domain::round::{PrizePool, RoundAccount, RoundEnding, ending_due};
use carnival_domain::schedule::RoundSlot;
use carnival_domain::time::DAY_MS;
use fastrand::Rng;

use super::bill::{Claims, Given, Winners, claims};
use super::crowd::{Crowd, share_of_day};

/// What became of one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// Rounds that drew.
    pub(super) drawn: u32,
    /// Rounds that rolled over.
    pub(super) rolled_over: u32,
    /// Entries in all rounds.
    pub(super) entries: u64,
    /// How often each prize was won, in the campaign's order.
    pub(super) given: Vec<u32>,
    /// Prizes in a draw that nobody was left to win.
    pub(super) left: u32,
    /// What was won, worth in the shop.
    pub(super) prizes_fen: Fen,
    /// What was claimed of each offer, and what it comes to.
    pub(super) claims: Vec<Claims>,
    /// How many people came.
    pub(super) people: u32,
    /// How many people won how much.
    pub(super) winners: Winners,
}

impl Outcome {
    /// What the coupons come to.
    pub(super) fn coupons_fen(&self) -> Fen {
        Fen(self.claims.iter().map(|claims| claims.cost_fen.0).sum())
    }

    /// What it all comes to.
    pub(super) fn cost_fen(&self) -> Fen {
        Fen(self.prizes_fen.0 + self.coupons_fen().0)
    }
}

/// A round whose entries are in the draw that comes.
struct InDraw {
    /// How many entries there are up to its own, those included.
    up_to: u64,
    share: f64,
}

pub(super) fn play(campaign: &Campaign, crowd: &Crowd, dice: &mut Rng) -> Outcome {
    let turnout = crowd.turnout(dice);
    let mut outcome = Outcome { people: turnout, ..Outcome::default() };
    let mut given = Given::new(campaign, turnout);
    let (mut carried, mut in_draw) = (PrizePool::default(), Vec::new());
    let schedule = &campaign.rounds.schedule;
    for id in (1..=schedule.round_count()).map(RoundId) {
        let Some(slot) = schedule.slot(id) else { break };
        let share = share(campaign, &slot);
        let wanting = crowd.joining(turnout, share, dice);
        // Once the target draws, who is late is late.
        let count =
            if campaign.rounds.draw_at == DrawAt::Target { wanting.min(campaign.rounds.target) } else { wanting };
        outcome.entries += u64::from(count);
        let before = in_draw.last().map_or(0, |round: &InDraw| round.up_to);
        in_draw.push(InDraw { up_to: before + u64::from(count), share });
        let mut account = RoundAccount::open(id, carried, campaign.rounds.pool_of_one_round());
        account.participant_count = count;
        account.ending = ending_due(&campaign.rounds, &slot, count, slot.closes_at);
        if account.ending == Some(RoundEnding::Drawn) {
            outcome.drawn += 1;
            outcome.left += draw(&account.pool(), &mut in_draw, turnout, crowd, &mut given, dice);
        } else {
            outcome.rolled_over += 1;
        }
        carried = account.carried_out();
    }
    outcome.left += fans_draws(campaign, turnout, &mut given, dice);
    outcome.claims = claims(campaign, crowd, turnout, dice);
    given.settle(&mut outcome);
    outcome
}

/// The round's share of the whole campaign's visits: every day of it is as good as any other.
fn share(campaign: &Campaign, slot: &RoundSlot) -> f64 {
    let midnight = campaign.rounds.schedule.starts_at;
    let from_ms = slot.opens_at.ms_since(midnight).rem_euclid(DAY_MS);
    let length_ms = slot.closes_at.ms_since(slot.opens_at);
    let days = campaign.rounds.schedule.on_days.len().max(1) as f64;
    share_of_day(from_ms, from_ms + length_ms) / days
}

/// Gives each of the first stars' fans their prizes. Who votes for whom is anybody's guess: so the fans of a star are as many
/// people as its prizes, or all there are, which is what a budget must be ready for. Returns how many are left over.
fn fans_draws(campaign: &Campaign, turnout: u32, given: &mut Given<'_>, dice: &mut Rng) -> u32 {
    let Some(fans) = &campaign.fans_draw else { return 0 };
    let pool = fans.pool();
    let mut left = 0;
    for _ in 0..fans.top.min(campaign.stars.len() as u32) {
        let mut prizes = pool.0.iter().flat_map(|lot| std::iter::repeat_n(&lot.prize_id, lot.count as usize));
        let mut won = BTreeSet::new();
        while won.len() < turnout as usize {
            let who = dice.u32(0..turnout);
            if won.insert(who) {
                let Some(prize) = prizes.next() else { break };
                given.give(who, prize);
            }
        }
        left += prizes.count() as u32;
    }
    left
}

/// Gives the pool away, one prize a person. Returns how many prizes are left over.
fn draw(
    pool: &PrizePool,
    in_draw: &mut Vec<InDraw>,
    turnout: u32,
    crowd: &Crowd,
    given: &mut Given<'_>,
    dice: &mut Rng,
) -> u32 {
    let entry_count = in_draw.last().map_or(0, |round| round.up_to);
    let prize_count = u64::from(pool.prize_count());
    // The same person may be in several rounds of one draw, and wins once.
    let winner_count = prize_count.min(entry_count).min(u64::from(turnout));
    let mut prizes = pool.0.iter().flat_map(|lot| std::iter::repeat_n(&lot.prize_id, lot.count as usize));
    let mut won = BTreeSet::new();
    // Where nearly all have won, the last of them may not be there to be found.
    let mut tries = 64 * winner_count;
    while (won.len() as u64) < winner_count && tries > 0 {
        tries -= 1;
        let entry = dice.u64(0..entry_count);
        let round = &in_draw[in_draw.partition_point(|round| round.up_to <= entry)];
        let who = crowd.somebody(turnout, round.share, dice);
        if won.insert(who)
            && let Some(prize) = prizes.next()
        {
            given.give(who, prize);
        }
    }
    in_draw.clear();
    prizes.count() as u32
}
