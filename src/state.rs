//! What the page knows, each part with one owner. Views read it and ask it to act; only it talks to the back end.

pub(crate) mod account;
mod apply;
mod audits;
mod board;
mod card;
mod check;
pub(crate) mod clock;
pub(crate) mod coupons;
mod delivery;
pub(crate) mod fans;
pub(crate) mod first_sight;
pub(crate) mod goods;
pub(crate) mod guide;
mod language;
mod later;
pub(crate) mod leaderboard;
mod mine;
pub(crate) mod navigation;
mod poster;
mod pulse;
pub(crate) mod referral;
pub(crate) mod rest;
pub(crate) mod round;
pub(crate) mod session;
pub(crate) mod toasts;
pub(crate) mod told;

use crate::api::Api;
use crate::browser::{events, timer};
use crate::text::{self, Text};
use crate::var::{Kept, Var};
use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::problem::Problem;
use carnival_domain::local_text::LocalText;

/// All of it. `Copy`: every field is a handle.
#[derive(Clone, Copy)]
pub(crate) struct State {
    api: Kept<Api>,
    /// The back end's time.
    pub(crate) clock: clock::Clock,
    /// The campaign, and what this participant has in it.
    pub(crate) session: session::Session,
    /// Signing in, and taking back the consent to that.
    pub(crate) account: account::Account,
    /// Which page is shown.
    pub(crate) navigation: navigation::Navigation,
    /// The rounds.
    pub(crate) round: round::Rounds,
    /// The stars and their votes.
    pub(crate) leaderboard: leaderboard::Leaderboard,
    /// The draws of stars' fans.
    pub(crate) fans: fans::Fans,
    /// The coupon offers.
    pub(crate) coupons: coupons::Coupons,
    /// What of the guide's news was seen.
    pub(crate) guide: guide::Guide,
    /// The goods.
    pub(crate) goods: goods::Goods,
    /// Share links.
    pub(crate) referral: referral::Referral,
    /// Short sentences above the tab bar.
    pub(crate) toasts: toasts::Toasts,
    /// The part of the page that comes behind the first screen.
    pub(crate) rest: rest::Rest,
}

/// What the page begins with.
pub(crate) struct Beginning {
    /// The back end.
    pub(crate) api: Api,
    /// The back end's time.
    pub(crate) clock: clock::Clock,
    /// Raised by the back end's connection while requests fail.
    pub(crate) in_trouble: Var<bool>,
    /// What the first screen shows.
    pub(crate) first: first_sight::FirstSight,
    /// Whether the words of the language that was wanted could not be had.
    pub(crate) lacks_language: bool,
    /// The part of the page that comes behind the first screen.
    pub(crate) rest: rest::Rest,
}

/// Makes the state; views are handed it.
pub(crate) fn begin_state(beginning: Beginning) -> State {
    let Beginning { api, clock, in_trouble, first, lacks_language, rest } = beginning;
    let first_sight::FirstSight { campaign, at, round, ended_round_id, entries } = first;
    let state = State {
        api: Kept::new(api),
        clock,
        session: session::Session::new(campaign, at, in_trouble),
        account: account::Account::new(),
        navigation: navigation::Navigation::new(),
        round: round::Rounds::new(ended_round_id),
        leaderboard: leaderboard::Leaderboard::new(),
        fans: fans::Fans::new(),
        coupons: coupons::Coupons::new(),
        guide: guide::Guide::new(),
        goods: goods::Goods::new(),
        referral: referral::Referral::new(),
        toasts: toasts::Toasts::new(),
        rest,
    };
    state.round.set_round(round, ended_round_id);
    state.tick();
    state.session.set_entries(entries);
    state.navigation.begin();
    // Before the page goes where a share link leads: which link it was is told as soon as there is somebody to tell.
    state.rest.opened.set(Some(state.navigation.route_untracked()));
    state.wish(rest::Wish::Begin);
    if !events::saves_data() {
        events::on_touch(move || state.want_later());
    }
    if lacks_language {
        state.say_that_words_are_missing();
    }
    state
}

impl State {
    fn api(self) -> Api {
        self.api.get()
    }

    /// The sentences of the language that is spoken. Views are made anew when that changes, so this is no signal.
    pub(crate) fn text(self) -> &'static Text {
        Text::of(self.session.language_untracked())
    }

    /// The operator's words in the language that is spoken.
    pub(crate) fn local(self, text: &LocalText) -> String {
        if self.session.language_untracked().is_english() { text.en.clone() } else { text.zh.clone() }
    }

    /// Why something was refused, in a sentence. The last file says it: others ask `crate::later`.
    pub(crate) fn refusal(self, problem: &Problem) -> String {
        text::refusal(self.text(), problem, self.clock.now(), self.session.campaign_untracked().utc_offset)
    }

    /// Whether the back end has addresses that can be linked to, such as a draw's proof.
    pub(crate) fn has_addresses(self) -> bool {
        self.api.with(Api::has_addresses)
    }
}

/// A new name for a write, for all its tries.
fn new_key() -> IdempotencyKey {
    IdempotencyKey::from_random(timer::random_bytes())
}
