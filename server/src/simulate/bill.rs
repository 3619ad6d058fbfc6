//! What was given, to whom, and what it costs.

use std::collections::BTreeMap;

use carnival_domain::campaign::Campaign;
use carnival_domain::ids::PrizeId;
use carnival_domain::money::Fen;
use fastrand::Rng;

use super::crowd::Crowd;
use super::season::Outcome;

/// What was claimed of an offer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claims {
    /// How many.
    pub(super) count: u32,
    /// What those that are used take off.
    pub(super) cost_fen: Fen,
}

/// Claims on every offer. Who wants an offer wants all that one person may have of it.
pub(super) fn claims(campaign: &Campaign, crowd: &Crowd, turnout: u32, dice: &mut Rng) -> Vec<Claims> {
    let on_offer = campaign.offers.iter().map(|offer| {
        let wanting = about(f64::from(turnout) * crowd.interest, dice) * u64::from(offer.per_participant);
        let count = wanting.min(u64::from(offer.stock)) as u32;
        let used = about(f64::from(count) * crowd.redeemed, dice).min(u64::from(count));
        Claims { count, cost_fen: Fen(offer.amount_fen.0 * used as i64) }
    });
    on_offer.collect()
}

/// A number near this one: a tenth up or down, for nobody knows an interest better than that.
fn about(mean: f64, dice: &mut Rng) -> u64 {
    (mean * (0.9 + 0.2 * dice.f64())).round().max(0.0) as u64
}

/// How many people won how much.
#[derive(Clone, Debug, Default)]
pub(super) struct Winners {
    /// All who won anything.
    pub(super) count: u32,
    /// The same by the worth of all they won: less than each of [`WORTH_FEN`], and the rest.
    pub(super) by_worth: [u32; WORTH_FEN.len() + 1],
    /// What the luckiest one won.
    pub(super) most_fen: Fen,
    /// The share of everything that went to the luckiest hundredth of the winners.
    pub(super) top_share: f64,
}

impl Winners {
    fn of(mut worths: Vec<i64>) -> Self {
        worths.sort_unstable_by(|a, b| b.cmp(a));
        let mut by_worth = [0; WORTH_FEN.len() + 1];
        for worth in &worths {
            by_worth[WORTH_FEN.partition_point(|limit| limit <= worth)] += 1;
        }
        let all: i64 = worths.iter().sum();
        let top: i64 = worths.iter().take(worths.len().div_ceil(100)).sum();
        Self {
            count: worths.len() as u32,
            by_worth,
            most_fen: Fen(worths.first().copied().unwrap_or_default()),
            top_share: if all == 0 { 0.0 } else { top as f64 / all as f64 },
        }
    }
}

/// Where the classes of winners part: 50, 200, 1000 and 5000 yuan; from a trifle to something to talk about.
pub(super) const WORTH_FEN: [i64; 4] = [5_000, 20_000, 100_000, 500_000];

/// Who was given what, while a run lasts.
pub(super) struct Given<'a> {
    values: BTreeMap<&'a PrizeId, (usize, Fen)>,
    counts: Vec<u32>,
    by_person: Vec<i64>,
}

impl<'a> Given<'a> {
    pub(super) fn new(campaign: &'a Campaign, turnout: u32) -> Self {
        let prizes = campaign.prizes().enumerate();
        Self {
            values: prizes.map(|(place, prize)| (&prize.id, (place, prize.value_fen))).collect(),
            counts: vec![0; campaign.prizes().count()],
            by_person: vec![0; turnout as usize],
        }
    }

    pub(super) fn give(&mut self, who: u32, prize: &PrizeId) {
        let Some((place, value)) = self.values.get(prize) else { return };
        self.counts[*place] += 1;
        self.by_person[who as usize] += value.0;
    }

    pub(super) fn settle(self, outcome: &mut Outcome) {
        outcome.given = self.counts;
        outcome.prizes_fen = Fen(self.by_person.iter().sum());
        outcome.winners = Winners::of(self.by_person.into_iter().filter(|fen| *fen > 0).collect());
    }
}
