//! How people behave in a simulation.
//!
//! - Everybody has an appetite for rounds, exponentially spread around `--rounds-each`: many look in once, some stay all day.
//! - A day has a shape: few are awake at four, most come between eight and eleven in the evening.
//! - A season is a success or not: its turnout is `--people` times a factor, log-normal with the spread `--spread`.
//! - Each offer is wanted by a share of the people, `--interest`; of the coupons that were had, `--redeemed` are used.

use fastrand::Rng;

use crate::cli::SimulateArgs;

/// Appetites come in this many sizes, equally common: fine enough that more change no figure that is printed.
const SIZES: usize = 128;

/// How busy each hour of a campaign day is, by its share of the day's visits in a hundred; campaign pages are read in the
/// evening. An estimate: yours will have its own shape, and only `draw_at = "target"` and low targets hang on it.
const HOURS: [f64; 24] = [
    2.4, 1.2, 0.7, 0.5, 0.4, 0.6, 1.4, 2.6, 3.6, 4.3, 4.8, 5.2, 6.2, 5.4, 4.5, 4.4, 4.6, 4.9, 5.4, 6.3, 8.2, 8.8, 8.2,
    5.4,
];

/// The people who may come.
pub(super) struct Crowd {
    /// How many are expected.
    people: u32,
    /// How many rounds one of each size would join in the whole campaign, ascending.
    appetites: Vec<f64>,
    /// The sum of appetites up to each size, over the whole sum.
    shares: Vec<f64>,
    spread: f64,
    pub(super) interest: f64,
    pub(super) redeemed: f64,
}

impl Crowd {
    pub(super) fn new(args: &SimulateArgs) -> Self {
        let middle = |size: usize| (size as f64 + 0.5) / SIZES as f64;
        let appetites: Vec<f64> = (0..SIZES).map(|size| -args.rounds_each * (1.0 - middle(size)).ln()).collect();
        let whole: f64 = appetites.iter().sum();
        let mut sum = 0.0;
        let share = |appetite: &f64| {
            sum += appetite;
            sum / whole
        };
        let shares = appetites.iter().map(share).collect();
        Self {
            people: args.people,
            appetites,
            shares,
            spread: args.spread,
            interest: f64::from(args.interest) / 100.0,
            redeemed: f64::from(args.redeemed) / 100.0,
        }
    }

    /// How many come this time, people.
    pub(super) fn turnout(&self, dice: &mut Rng) -> u32 {
        // The mean of a log-normal factor is 1 where its logarithm's mean is minus half its variance.
        let factor = (self.spread * normal(dice) - self.spread * self.spread / 2.0).exp();
        (f64::from(self.people) * factor).round().clamp(1.0, f64::from(u32::MAX / 2)) as u32
    }

    /// How many of `turnout` join a round that has this share of the whole campaign's visits.
    pub(super) fn joining(&self, turnout: u32, share: f64, dice: &mut Rng) -> u32 {
        let of_one_size = f64::from(turnout) / SIZES as f64;
        let chances = self.appetites.iter().map(|appetite| (appetite * share).min(1.0));
        let (mean, variance) =
            chances.fold((0.0, 0.0), |(mean, variance), chance| (mean + chance, variance + chance * (1.0 - chance)));
        let (mean, variance) = (mean * of_one_size, variance * of_one_size);
        // Many small chances: below some thirty the bell curve would invent joins or lose them.
        let count = if mean < 30.0 { poisson(mean, dice) } else { mean + variance.sqrt() * normal(dice) };
        count.round().clamp(0.0, f64::from(turnout)) as u32
    }

    /// Somebody who joined a round of this share, by their number below `turnout`.
    pub(super) fn somebody(&self, turnout: u32, share: f64, dice: &mut Rng) -> u32 {
        loop {
            let at = dice.f64();
            let size = self.shares.partition_point(|up_to| *up_to < at).min(SIZES - 1);
            // Whoever would join more than once joins once.
            let surplus = self.appetites[size] * share;
            if surplus <= 1.0 || dice.f64() * surplus < 1.0 {
                let (from, to) = (part(turnout, size), part(turnout, size + 1));
                return if to > from { dice.u32(from..to) } else { dice.u32(0..turnout) };
            }
        }
    }
}

/// Where the people of a size begin.
fn part(turnout: u32, size: usize) -> u32 {
    (u64::from(turnout) * size as u64 / SIZES as u64) as u32
}

/// The share of a day's visits that come between two moments of it, ms after midnight. It may go on into the next day.
pub(super) fn share_of_day(from_ms: i64, to_ms: i64) -> f64 {
    const HOUR_MS: i64 = 3_600_000;
    let whole: f64 = HOURS.iter().sum();
    let hours = from_ms.div_euclid(HOUR_MS)..=(to_ms - 1).div_euclid(HOUR_MS);
    let within = hours.map(|hour| {
        let (begins, ends) = (hour * HOUR_MS, (hour + 1) * HOUR_MS);
        let within_ms = to_ms.min(ends) - from_ms.max(begins);
        HOURS[hour.rem_euclid(24) as usize] * within_ms as f64 / HOUR_MS as f64
    });
    within.sum::<f64>() / whole
}

/// The dice of one run.
pub(super) fn dice(seed: u64, run: u32) -> Rng {
    // Neighbouring seeds make unlike sequences only after they are mixed once.
    Rng::with_seed(Rng::with_seed(seed).u64(..) ^ Rng::with_seed(u64::from(run)).u64(..))
}

/// A standard normal variable, by Box and Muller.
fn normal(dice: &mut Rng) -> f64 {
    let radius = (-2.0 * (1.0 - dice.f64()).ln()).sqrt();
    radius * (std::f64::consts::TAU * dice.f64()).cos()
}

/// A Poisson variable of a small mean, by Knuth.
fn poisson(mean: f64, dice: &mut Rng) -> f64 {
    let limit = (-mean).exp();
    let (mut product, mut count) = (dice.f64(), 0.0);
    while product > limit {
        product *= dice.f64();
        count += 1.0;
    }
    count
}
