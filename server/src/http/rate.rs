//! How often one may ask: token buckets, by participant and by network address.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_domain::ids::ParticipantId;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::clock::lock;

/// A limit: so many a second in the long run, and so many at once.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// In the long run.
    pub per_second: u32,
    /// At once.
    pub burst: u32,
}

/// All limits of a server.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Requests of all kinds from one address. A mobile carrier puts thousands of phones behind one.
    pub requests_of_address: Rate,
    /// Writes of one participant. Nobody taps five times a second for long; retries come on top.
    pub writes_of_participant: Rate,
    /// Sweeps over everything of one participant: an export, a reach. Each may cost a core a tenth of a second.
    pub sweeps_of_participant: Rate,
    /// Writes from one address.
    pub writes_of_address: Rate,
    /// New guests from one address: each costs a cookie, and could vote.
    pub guests_of_address: Rate,
    /// Requests with one shop's key.
    pub requests_of_shop: Rate,
    /// Codes that are nobody's, over all shops: a shopper who tries codes in a shop's field is a shop to us. At twenty a
    /// second and a million coupons, a made code is hit once in 1,800 years.
    pub guesses: Rate,
    /// Requests with keys that are nobody's, from one address.
    pub refusals_of_address: Rate,
    /// Posters painted for one address: each costs a core for some hundred milliseconds.
    pub posters_of_address: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            requests_of_address: Rate { per_second: 2000, burst: 10_000 },
            writes_of_participant: Rate { per_second: 5, burst: 40 },
            sweeps_of_participant: Rate { per_second: 1, burst: 10 },
            writes_of_address: Rate { per_second: 500, burst: 3000 },
            guests_of_address: Rate { per_second: 50, burst: 1000 },
            requests_of_shop: Rate { per_second: 500, burst: 3000 },
            guesses: Rate { per_second: 20, burst: 1200 },
            refusals_of_address: Rate { per_second: 1, burst: 20 },
            posters_of_address: Rate { per_second: 2, burst: 100 },
        }
    }
}

/// The buckets.
pub struct RateLimits {
    requests_of_address: DefaultKeyedRateLimiter<IpAddr>,
    writes_of_participant: DefaultKeyedRateLimiter<ParticipantId>,
    sweeps_of_participant: DefaultKeyedRateLimiter<ParticipantId>,
    writes_of_address: DefaultKeyedRateLimiter<IpAddr>,
    guests_of_address: DefaultKeyedRateLimiter<IpAddr>,
    requests_of_shop: DefaultKeyedRateLimiter<usize>,
    guesses: DefaultDirectRateLimiter,
    refusals_of_address: DefaultKeyedRateLimiter<IpAddr>,
    /// Until when nobody may look a code up, for too many were guessed.
    no_guess_until: Mutex<Option<Instant>>,
    posters_of_address: DefaultKeyedRateLimiter<IpAddr>,
}

impl RateLimits {
    /// Full buckets.
    pub fn new(rates: Rates) -> Self {
        Self {
            requests_of_address: RateLimiter::keyed(quota(rates.requests_of_address)),
            writes_of_participant: RateLimiter::keyed(quota(rates.writes_of_participant)),
            sweeps_of_participant: RateLimiter::keyed(quota(rates.sweeps_of_participant)),
            writes_of_address: RateLimiter::keyed(quota(rates.writes_of_address)),
            guests_of_address: RateLimiter::keyed(quota(rates.guests_of_address)),
            requests_of_shop: RateLimiter::keyed(quota(rates.requests_of_shop)),
            guesses: RateLimiter::direct(quota(rates.guesses)),
            refusals_of_address: RateLimiter::keyed(quota(rates.refusals_of_address)),
            no_guess_until: Mutex::default(),
            posters_of_address: RateLimiter::keyed(quota(rates.posters_of_address)),
        }
    }

    /// A request from an address.
    pub(crate) fn request_from(&self, address: IpAddr) -> Result<(), Problem> {
        by_address(&self.requests_of_address, address)
    }

    /// A write of a participant.
    pub(crate) fn write_of(&self, who: ParticipantId) -> Result<(), Problem> {
        check(&self.writes_of_participant, &who)
    }

    /// A sweep over everything of a participant.
    pub(crate) fn sweep_of(&self, who: ParticipantId) -> Result<(), Problem> {
        check(&self.sweeps_of_participant, &who)
    }

    /// A write from an address.
    pub(crate) fn write_from(&self, address: IpAddr) -> Result<(), Problem> {
        by_address(&self.writes_of_address, address)
    }

    /// A new guest from an address.
    pub(crate) fn guest_from(&self, address: IpAddr) -> Result<(), Problem> {
        by_address(&self.guests_of_address, address)
    }

    /// A request with a shop's key.
    pub(crate) fn request_of_shop(&self, shop: usize) -> Result<(), Problem> {
        check(&self.requests_of_shop, &shop)
    }

    /// A request with a key that is nobody's.
    pub(crate) fn refused_from(&self, address: IpAddr) -> Result<(), Problem> {
        by_address(&self.refusals_of_address, address)
    }

    /// A look at a code: refused after too many that were nobody's, whether this one is somebody's or not. To refuse only
    /// those that are nobody's would answer the guess.
    pub(crate) fn may_guess(&self) -> Result<(), Problem> {
        let wait = lock(&self.no_guess_until).map_or(Duration::ZERO, |until| until.duration_since(Instant::now()));
        if wait.is_zero() { Ok(()) } else { Err(come_back(wait)) }
    }

    /// A code that was nobody's.
    pub(crate) fn guess(&self) {
        if let Err(not_yet) = self.guesses.check() {
            let wait = not_yet.wait_time_from(DefaultClock::default().now());
            *lock(&self.no_guess_until) = Instant::now().checked_add(wait);
        }
    }

    /// A poster to be painted for an address.
    pub(crate) fn poster_for(&self, address: IpAddr) -> Result<(), Problem> {
        by_address(&self.posters_of_address, address)
    }

    /// Forgets buckets that are full again, lest every visitor of a long campaign keeps one.
    pub(crate) fn forget_idle(&self) {
        self.requests_of_address.retain_recent();
        self.writes_of_participant.retain_recent();
        self.sweeps_of_participant.retain_recent();
        self.writes_of_address.retain_recent();
        self.guests_of_address.retain_recent();
        self.refusals_of_address.retain_recent();
        self.posters_of_address.retain_recent();
    }
}

fn quota(rate: Rate) -> Quota {
    let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    Quota::per_second(at_least_one(rate.per_second)).allow_burst(at_least_one(rate.burst))
}

/// A peer on this very machine is the demo crowd, or a proxy that nobody told us to trust: in both cases not
/// one visitor, and a limit would meet all of them. Of IPv6, a /64 is what one visitor has.
fn by_address(limiter: &DefaultKeyedRateLimiter<IpAddr>, address: IpAddr) -> Result<(), Problem> {
    let network = match address {
        address if address.is_loopback() => return Ok(()),
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    };
    check(limiter, &network)
}

fn check<K: Clone + Eq + std::hash::Hash>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Problem> {
    limiter.check_key(key).map_err(|not_yet| come_back(not_yet.wait_time_from(DefaultClock::default().now())))
}

fn come_back(wait: Duration) -> Problem {
    let seconds = wait.as_millis().div_ceil(1000).max(1) as u32;
    Problem::new(ErrorCode::RateLimited).retry_after_s(seconds)
}
