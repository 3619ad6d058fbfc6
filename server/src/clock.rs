//! What time it is. The only place that asks the machine; everything else is told.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use carnival_domain::time::Timestamp;

/// A clock that never runs backwards.
pub trait Clock: Send + Sync + 'static {
    /// The instant it is.
    fn now(&self) -> Timestamp;

    /// How many of this clock's seconds go by in a real one: more than one in a rehearsal.
    fn pace(&self) -> u32 {
        1
    }

    /// How long it really takes until `at`.
    fn until(&self, at: Timestamp) -> Duration {
        let ms = at.ms_since(self.now()).max(0) as u64;
        Duration::from_millis(ms.div_ceil(u64::from(self.pace())))
    }
}

/// Backward steps up to this are what NTP does all day; beyond, an operator should know.
const WORTH_A_WARNING_MS: i64 = 1000;

/// The machine's clock. When somebody sets it back, ours goes on from where it was, at its own pace: a
/// round's bell must not ring twice, nor an entry be accepted before the one that it followed.
pub struct SystemClock {
    anchor: Mutex<Anchor>,
}

#[derive(Clone, Copy)]
struct Anchor {
    at_ms: i64,
    taken: Instant,
    warned: bool,
}

impl SystemClock {
    /// A clock that starts at the machine's time.
    pub fn start() -> Self {
        let anchor = Anchor { at_ms: wall_ms(), taken: Instant::now(), warned: false };
        Self { anchor: Mutex::new(anchor) }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let wall = wall_ms();
        let mut anchor = lock(&self.anchor);
        *anchor = anchor.advance(wall, Instant::now());
        Timestamp::from_ms(anchor.at_ms)
    }
}

impl Anchor {
    /// The wall clock where it is ahead, or else our own ticking.
    fn advance(self, wall_ms: i64, now: Instant) -> Self {
        let ticked = now.saturating_duration_since(self.taken).as_millis() as i64;
        let own = self.at_ms + ticked;
        let behind = own - wall_ms;
        if behind <= 0 {
            return Self { at_ms: wall_ms, taken: now, warned: false };
        }
        let warned = behind > WORTH_A_WARNING_MS;
        if warned && !self.warned {
            tracing::warn!(behind_ms = behind, "the machine's clock was set back; ours goes on");
        }
        // The part of a millisecond that has not become one yet stays in the anchor.
        let taken = self.taken + std::time::Duration::from_millis(ticked.max(0) as u64);
        Self { at_ms: own, taken, warned: warned || self.warned }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the server's clock")]
fn wall_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

/// The test clock of a rehearsal: it starts where it is told to and runs many times as fast.
pub struct RehearsalClock {
    from: Timestamp,
    started: Instant,
    pace: u32,
}

impl RehearsalClock {
    /// A clock that shows `from` now, and `pace` seconds later in each second.
    pub fn start(from: Timestamp, pace: u32) -> Self {
        Self { from, started: Instant::now(), pace: pace.max(1) }
    }
}

impl Clock for RehearsalClock {
    fn now(&self) -> Timestamp {
        // In a hundred years at six hundred times the pace this is still far from the type's end.
        let real_us = self.started.elapsed().as_micros() as i64;
        self.from.plus_ms(real_us * i64::from(self.pace) / 1000)
    }

    fn pace(&self) -> u32 {
        self.pace
    }
}

/// A clock that moves only when told to.
pub struct SetClock(AtomicI64);

impl SetClock {
    /// A clock that stands at `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.as_ms()))
    }

    /// Moves it on.
    pub fn advance_ms(&self, ms: i64) {
        self.0.fetch_add(ms.max(0), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_ms(self.0.load(Ordering::SeqCst))
    }
}

/// What a lock guards here is whole after every statement, so a panic elsewhere is no reason to stop.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_goes_on_from_where_it_was() {
        let start = Instant::now();
        let anchor = Anchor { at_ms: 1_000_000, taken: start, warned: false };
        let later = anchor.advance(400_000, start + Duration::from_millis(250));
        assert_eq!(later.at_ms, 1_000_250);
        let later = later.advance(400_750, start + Duration::from_millis(1000));
        assert_eq!(later.at_ms, 1_001_000);
        assert!(later.warned);
    }

    #[test]
    fn a_rehearsal_clock_runs_at_its_pace_and_waits_as_much_less() {
        let clock = RehearsalClock::start(Timestamp::from_ms(1_000_000), 60);
        let bell = Timestamp::from_ms(1_378_000);
        let wait = clock.until(bell);
        assert!(wait <= Duration::from_millis(6300) && wait > Duration::from_millis(5300), "{wait:?}");
        std::thread::sleep(Duration::from_millis(20));
        assert!(clock.now() >= Timestamp::from_ms(1_001_200));
        assert_eq!(clock.until(Timestamp::from_ms(0)), Duration::ZERO);
    }

    #[test]
    fn a_clock_that_is_set_forward_is_followed() {
        let start = Instant::now();
        let anchor = Anchor { at_ms: 1_000_000, taken: start, warned: false };
        assert_eq!(anchor.advance(9_000_000, start).at_ms, 9_000_000);
    }
}
