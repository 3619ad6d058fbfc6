//! The campaign's settings, the language, the network, and what this participant has.

use std::sync::Arc;

use super::first_sight::Gist;
use crate::browser::{events, language, storage};
use crate::text::Language;
use crate::var::{Kept, Var};
use carnival_contract::replies::{EntryReceipt, Me, VotesCast};
use carnival_contract::snapshot::CampaignView;
use carnival_domain::time::{Day, Timestamp};

/// Where the chosen language is kept; the loader reads it too.
pub(super) const LANGUAGE_KEY: &str = "carnival.language";

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    campaign: Var<Arc<Gist>>,
    /// All of it, once the last file is there.
    whole: Var<Option<Arc<CampaignView>>>,
    me: Var<Me>,
    /// Whether the page has written something since the back end told what there is.
    has_changed: Kept<bool>,
    /// How often it has.
    changes: Kept<u32>,
    language: Var<Language>,
    /// What was chosen last; its words may be on their way.
    wanted: Var<Language>,
    in_trouble: Var<bool>,
    offline: Var<bool>,
    today: Var<Day>,
}

impl Session {
    pub(super) fn new(campaign: Gist, at: Timestamp, in_trouble: Var<bool>) -> Self {
        let spoken = if language::is_english() { Language::English } else { Language::Chinese };
        Self {
            today: Var::new(campaign.utc_offset.day_at(at)),
            campaign: Var::new(Arc::new(campaign)),
            whole: Var::new(None),
            me: Var::new(Me::default()),
            has_changed: Kept::new(false),
            changes: Kept::new(0),
            language: Var::new(spoken),
            wanted: Var::new(spoken),
            in_trouble,
            offline: Var::new(events::is_offline()),
        }
    }

    /// Of the campaign's settings, what every file shows.
    pub(crate) fn campaign(self) -> Arc<Gist> {
        self.campaign.get()
    }

    /// The same, without being drawn again for it.
    pub(crate) fn campaign_untracked(self) -> Arc<Gist> {
        self.campaign.get_untracked()
    }

    /// All of them: whatever is in the last file finds them here.
    pub(crate) fn whole_campaign(self) -> Option<Arc<CampaignView>> {
        self.whole.get()
    }

    /// The same, without being drawn again for it.
    pub(crate) fn whole_campaign_untracked(self) -> Option<Arc<CampaignView>> {
        self.whole.get_untracked()
    }

    pub(super) fn set_campaign(self, campaign: CampaignView) {
        let gist = Gist::from(&campaign);
        if *self.campaign.get_untracked() != gist {
            self.campaign.set(Arc::new(gist));
        }
        if self.whole.get_untracked().is_none_or(|whole| *whole != campaign) {
            self.whole.set(Some(Arc::new(campaign)));
        }
    }

    /// What this participant has.
    pub(crate) fn me<T>(self, read: impl FnOnce(&Me) -> T) -> T {
        self.me.with(read)
    }

    /// The same, without being drawn again for it.
    pub(crate) fn me_untracked<T>(self, read: impl FnOnce(&Me) -> T) -> T {
        self.me.with_untracked(read)
    }

    /// Of what they have, what the first screen shows.
    pub(super) fn set_entries(self, entries: Vec<EntryReceipt>) {
        self.has_changed.set(false);
        self.me.update(|me| me.entries = entries);
    }

    /// The same for the board.
    pub(super) fn see_votes(self, votes: VotesCast) {
        self.me.update(|me| me.votes = votes);
    }

    pub(super) fn set_me(self, me: Me) {
        self.has_changed.set(false);
        self.me.set(me);
    }

    /// Adds what was just written.
    pub(super) fn update_me(self, change: impl FnOnce(&mut Me)) {
        self.has_changed.set(true);
        self.changes.update(|changes| *changes += 1);
        self.me.update(change);
    }

    /// Whether the page has written something since the back end told what there is.
    pub(super) fn has_changed(self) -> bool {
        self.has_changed.get()
    }

    /// How often the page has written something.
    pub(super) fn changes(self) -> u32 {
        self.changes.get()
    }

    /// The day that is running, in the campaign's zone.
    pub(crate) fn today(self) -> Day {
        self.today.get()
    }

    pub(super) fn today_untracked(self) -> Day {
        self.today.get_untracked()
    }

    /// Moves the day on at midnight; says whether it did.
    pub(super) fn turn_day(self, now: Timestamp) -> bool {
        let day = self.campaign.with_untracked(|campaign| campaign.utc_offset.day_at(now));
        let turns = self.today.get_untracked() != day;
        if turns {
            self.today.set(day);
        }
        turns
    }

    /// The language that is spoken.
    pub(crate) fn language(self) -> Language {
        self.language.get()
    }

    /// The same, without being drawn again for it.
    pub(crate) fn language_untracked(self) -> Language {
        self.language.get_untracked()
    }

    /// The language that was chosen last: the one that is spoken, unless its words are on their way.
    pub(crate) fn wanted_language(self) -> Language {
        self.wanted.get()
    }

    pub(super) fn want_language(self, wanted: Language) {
        self.wanted.set(wanted);
    }

    /// Speaks another language, now and next time.
    pub(super) fn speak(self, spoken: Language) {
        storage::write(LANGUAGE_KEY, spoken.tag());
        language::mark(spoken.tag());
        self.language.set(spoken);
    }

    /// Whether the network is away, as far as requests and the browser know.
    pub(crate) fn is_offline(self) -> bool {
        self.offline.get() || self.in_trouble.get()
    }

    pub(super) fn look_for_network(self) {
        let offline = events::is_offline();
        self.offline.set_if_new(offline);
    }
}
