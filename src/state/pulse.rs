//! The one ticker, and what wakes and sleeps with the page.

use carnival_domain::time::Timestamp;
use leptos::task::spawn_local;

use super::State;
use super::board::Tidings;
use super::later::News;
use crate::api::{Freshness, live::Live};
use crate::browser::timer::Alarm;
use crate::browser::{boot, events, frame, timer};
use crate::var::Kept;

/// The card and the links of a page are made once somebody has stayed on it this long, s.
const CARD_AFTER_S: u32 = 1;
/// How often it is looked whether a piece that was not asked for has come into sight, s. Who scrolls has asked for it by that; what is
/// left is a window that was turned. To look lays the page out, which is as much work as the rest of a second. Who saves data asks
/// for nothing by scrolling, and is looked after each second.
const LOOK_EVERY_S: u32 = 16;
/// The clock is set anew this often even on a page that never slept, s: crystals drift.
const CLOCK_EVERY_S: i64 = 300;
/// Somebody whose entry waits for a friend is told this often whether one came, s.
const WAITING_EVERY_S: i64 = 10;
/// Waking up raises several events at once, and without a network every question fails: one is enough, ms.
const ASK_AGAIN_MS: f64 = 2000.0;

/// What the pulse keeps between its beats.
#[derive(Clone, Copy)]
struct Pulse {
    state: State,
    live: Live,
    /// Of the next tick.
    alarm: Alarm,
    awake: Kept<bool>,
    /// When the back end was asked for the time, by the monotonic clock.
    asked_time_ms: Kept<f64>,
    on_page_s: Kept<u32>,
    /// Whether the card of the page that is shown is being tended.
    has_card: Kept<bool>,
}

impl State {
    /// Starts everything that goes on by itself.
    pub(super) fn begin_pulse(self) {
        if let Some(opened) = self.rest.opened.update(Option::take) {
            self.record_visit(opened);
        }
        let pulse = Pulse {
            state: self,
            live: Live::new(move |frame| self.take_frame(frame)),
            alarm: Alarm::new(),
            awake: Kept::new(false),
            asked_time_ms: Kept::new(f64::NEG_INFINITY),
            on_page_s: Kept::new(0),
            has_card: Kept::new(false),
        };
        pulse.alarm.does(move || pulse.tick());
        events::on_wake_or_sleep(move || pulse.wake_or_sleep());
        pulse.wake_or_sleep();
    }
}

impl Pulse {
    fn wake_or_sleep(self) {
        let state = self.state;
        state.session.look_for_network();
        if events::is_hidden() {
            if self.awake.get() {
                self.awake.set(false);
                self.live.close();
                state.tell_board(Tidings::Sleep);
            }
        } else if self.awake.get() {
            self.ask_time();
        } else {
            self.awake.set(true);
            // Friends may have come while it slept; as it begins, what they earned is known.
            let is_back = self.asked_time_ms.get() > 0.0;
            if is_back && state.session.campaign_untracked().votes_by_friends.is_some() {
                state.refresh_me();
            }
            self.ask_time();
            self.open_live();
            self.tick();
        }
    }

    /// One tick after another, each aimed at the next second or at the bell; none while the page is out of sight.
    fn tick(self) {
        if !self.awake.get() {
            return;
        }
        let state = self.state;
        if state.clock.may_have_slept() {
            self.ask_time();
        }
        let (now, new_second) = state.tick();
        if new_second {
            self.second(now);
        }
        self.alarm.set(state.clock.until_next_tick_ms(state.round.awaited()));
    }

    fn second(self, now: Timestamp) {
        let state = self.state;
        let seconds = state.clock.real_seconds_at(now);
        state.toasts.forget_old();
        state.tell(News::Second);
        if state.session.turn_day(now) {
            state.refresh_leaderboard();
        }
        if seconds % CLOCK_EVERY_S == 0 {
            self.ask_time();
        }
        if seconds % WAITING_EVERY_S == 0 && state.my_entry_untracked().is_some_and(|entry| entry.waits_for.is_some()) {
            state.refresh_me();
        }
        self.on_page_s.update(|stayed| *stayed += 1);
        if state.navigation.has_moved() {
            self.on_page_s.set(0);
            self.has_card.set(false);
            state.referral.forget_item();
        }
        let on_page_s = self.on_page_s.get();
        if on_page_s >= CARD_AFTER_S && !self.has_card.get() {
            let is_time_to_look = events::saves_data() || on_page_s % LOOK_EVERY_S == CARD_AFTER_S;
            if state.rest.later().is_here() {
                self.has_card.set(true);
                state.tell(News::Stayed);
            } else if boot::needs_card() || (is_time_to_look && frame::is_waited_for()) {
                state.want_later();
            }
        }
        self.live_second();
    }

    /// Sets the clock by the back end's.
    fn ask_time(self) {
        let sent = timer::monotonic_ms();
        if sent - self.asked_time_ms.get() < ASK_AGAIN_MS {
            return;
        }
        self.asked_time_ms.set(sent);
        spawn_local(async move {
            let reply = self.state.api().time().await;
            let received = timer::monotonic_ms();
            if let Ok(reply) = reply {
                self.state.clock.take(reply, sent, received);
            }
        });
    }

    fn open_live(self) {
        if self.state.has_addresses() {
            self.live.open();
        }
    }

    fn live_second(self) {
        match self.state.api() {
            crate::api::Api::Http(api) => {
                if self.live.second() {
                    spawn_local(async move {
                        if let Ok(Freshness::New(snapshot)) = api.campaign_if_changed().await {
                            // Without a stream nothing newer can have come by it.
                            self.state.round.set_newest_frame(Timestamp::default());
                            self.state.take_campaign(snapshot);
                        }
                    });
                }
            }
            #[cfg(feature = "mock-api")]
            crate::api::Api::Mock(api) => self.state.take_frame(crate::api::mock::next_second(&api)),
        }
    }
}
