//! Many runs in a few figures.

use carnival_domain::budget::Ceiling;
use carnival_domain::campaign::Campaign;
use carnival_domain::local_text::LocalText;
use carnival_domain::money::Fen;
use serde::Serialize;

use super::bill::WORTH_FEN;
use super::season::Outcome;
use crate::cli::SimulateArgs;

/// How a figure is spread over the runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Spread {
    /// The least.
    pub(super) min: f64,
    /// One run in twenty was below.
    pub(super) p5: f64,
    /// Half of the runs were below.
    pub(super) median: f64,
    /// One run in twenty was above.
    pub(super) p95: f64,
    /// The most.
    pub(super) max: f64,
    /// The average.
    pub(super) mean: f64,
}

impl Spread {
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<_> = values.collect();
        values.sort_unstable_by(f64::total_cmp);
        let Some(last) = values.len().checked_sub(1) else { return Self::default() };
        let at = |part: f64| values[(last as f64 * part).round() as usize];
        Self {
            min: at(0.0),
            p5: at(0.05),
            median: at(0.5),
            p95: at(0.95),
            max: at(1.0),
            mean: values.iter().sum::<f64>() / values.len() as f64,
        }
    }
}

/// A kind of prize or an offer over all runs.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) title: LocalText,
    /// What one is worth, fen.
    pub(super) each_fen: Fen,
    /// How many there are at most.
    pub(super) at_most: u64,
    /// How many were had.
    pub(super) count: Spread,
    /// What they came to, fen.
    pub(super) cost_fen: Spread,
}

/// Everything there is to say. Amounts are fen.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Sums {
    /// The campaign's id.
    pub(super) campaign: String,
    /// How many runs.
    pub(super) runs: u32,
    /// What the runs began from.
    pub(super) seed: u64,
    /// How many rounds the campaign has.
    pub(super) rounds: u32,
    /// How many people came.
    pub(super) people: Spread,
    /// Entries in all rounds.
    pub(super) entries: Spread,
    /// Rounds that drew.
    pub(super) drawn: Spread,
    /// Rounds that rolled over.
    pub(super) rolled_over: Spread,
    /// Prizes that nobody was left to win.
    pub(super) prizes_left: Spread,
    /// What was won.
    pub(super) prizes_fen: Spread,
    /// What the coupons that were used took off.
    pub(super) coupons_fen: Spread,
    /// Both.
    pub(super) cost_fen: Spread,
    /// What it can come to at the very most: every prize given, every coupon claimed and used.
    pub(super) ceiling_fen: Fen,
    /// The budget that was named, if one was.
    pub(super) budget_fen: Option<Fen>,
    /// In how many runs of a hundred that was not enough.
    pub(super) over_budget_percent: Option<f64>,
    /// People who won anything.
    pub(super) winners: Spread,
    /// Where the classes of winners part, fen.
    pub(super) worth_fen: [i64; WORTH_FEN.len()],
    /// How many winners there are in each class, on average.
    pub(super) winners_by_worth: Vec<f64>,
    /// What the luckiest one won.
    pub(super) most_fen: Spread,
    /// The share of everything that went to the luckiest hundredth of the winners, on average.
    pub(super) top_share: f64,
    /// The prizes.
    pub(super) prizes: Vec<Line>,
    /// The coupon offers.
    pub(super) offers: Vec<Line>,
    /// Each run's cost, fen, in the order of the runs.
    #[serde(skip)]
    pub(super) costs: Vec<Fen>,
}

impl Sums {
    pub(super) fn of(campaign: &Campaign, args: &SimulateArgs, outcomes: &[Outcome]) -> Self {
        let spread = |figure: &dyn Fn(&Outcome) -> f64| Spread::of(outcomes.iter().map(figure));
        let mean = |figure: &dyn Fn(&Outcome) -> f64| spread(figure).mean;
        let rounds = campaign.rounds.schedule.round_count();
        let draws = campaign.fans_draw.as_ref().map_or(0, |fans| fans.top.min(campaign.stars.len() as u32));
        // How often a prize is offered: those of the rounds stand first.
        let times = |place: usize| u64::from(if place < campaign.rounds.prizes.len() { rounds } else { draws });
        let prize = |(place, prize): (usize, &carnival_domain::campaign::Prize)| {
            let count = spread(&|outcome| f64::from(outcome.given[place]));
            Line {
                id: prize.id.to_string(),
                title: prize.title.clone(),
                each_fen: prize.value_fen,
                at_most: times(place) * u64::from(prize.count),
                count,
                cost_fen: spread(&|outcome| f64::from(outcome.given[place]) * prize.value_fen.0 as f64),
            }
        };
        let offer = |(place, offer): (usize, &carnival_domain::coupon::CouponOffer)| Line {
            id: offer.id.to_string(),
            title: offer.title.clone(),
            each_fen: offer.amount_fen,
            at_most: u64::from(offer.stock),
            count: spread(&|outcome| f64::from(outcome.claims[place].count)),
            cost_fen: spread(&|outcome| outcome.claims[place].cost_fen.0 as f64),
        };
        let prizes: Vec<_> = campaign.prizes().enumerate().map(prize).collect();
        let offers: Vec<_> = campaign.offers.iter().enumerate().map(offer).collect();
        let costs: Vec<_> = outcomes.iter().map(Outcome::cost_fen).collect();
        let over = |budget: Fen| costs.iter().filter(|cost| **cost > budget).count() as f64;
        Self {
            campaign: campaign.id.to_string(),
            runs: args.runs,
            seed: args.seed,
            rounds,
            people: spread(&|outcome| f64::from(outcome.people)),
            entries: spread(&|outcome| outcome.entries as f64),
            drawn: spread(&|outcome| f64::from(outcome.drawn)),
            rolled_over: spread(&|outcome| f64::from(outcome.rolled_over)),
            prizes_left: spread(&|outcome| f64::from(outcome.left)),
            prizes_fen: spread(&|outcome| outcome.prizes_fen.0 as f64),
            coupons_fen: spread(&|outcome| outcome.coupons_fen().0 as f64),
            cost_fen: spread(&|outcome| outcome.cost_fen().0 as f64),
            ceiling_fen: Ceiling::of_campaign(campaign).all_fen(),
            budget_fen: args.budget,
            over_budget_percent: args.budget.map(|budget| 100.0 * over(budget) / costs.len().max(1) as f64),
            winners: spread(&|outcome| f64::from(outcome.winners.count)),
            worth_fen: WORTH_FEN,
            winners_by_worth: (0..=WORTH_FEN.len())
                .map(|class| mean(&|outcome| f64::from(outcome.winners.by_worth[class])))
                .collect(),
            most_fen: spread(&|outcome| outcome.winners.most_fen.0 as f64),
            top_share: mean(&|outcome| outcome.winners.top_share),
            prizes,
            offers,
            costs,
        }
    }
}
