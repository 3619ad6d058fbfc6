//! What comes from the back end, handed to its owners.

use carnival_contract::live::LiveFrame;
use carnival_contract::snapshot::CampaignSnapshot;
use leptos::task::spawn_local;

use super::{State, Whole};
use crate::api;
use crate::routes::Route;

impl State {
    /// Takes all that the first screen was not drawn from, and starts what goes on by itself.
    pub(super) fn begin(self, whole: Option<Whole>, opened: Route) {
        let mut me = None;
        match whole {
            Some(whole) => whole(self),
            None => {
                me = api::inlined("me");
                match api::inlined("snapshot") {
                    Some(snapshot) => self.apply_snapshot(snapshot),
                    None => self.refresh_campaign(),
                }
            }
        }
        match me {
            Some(me) => {
                self.session.set_me(me);
                self.refresh_leaderboard();
            }
            None => self.refresh_me(),
        }
        self.begin_pulse(opened);
    }

    /// Takes the whole campaign. Owners compare with what they have: what did not change is not drawn again.
    pub(crate) fn apply_snapshot(self, snapshot: CampaignSnapshot) {
        #[cfg(feature = "mock-api")]
        let snapshot = crate::bench::filled(snapshot);
        let CampaignSnapshot { campaign, stars, reveals_at, offers, items, last_rounds, live } = snapshot;
        self.session.set_campaign(campaign);
        self.leaderboard.set_stars(stars, reveals_at);
        self.coupons.set_offers(offers);
        self.goods.set_items(items);
        self.round.set_revision(live.revision.clone());
        // While it was on its way the stream may have told of something newer.
        if live.at >= self.round.newest_frame() {
            self.apply_live(live);
        }
        self.take_records(last_rounds);
    }

    /// Takes a frame; asks for the rest where the frame says that it changed.
    pub(super) fn apply_frame(self, frame: LiveFrame) {
        self.round.set_newest_frame(frame.at);
        if self.round.revision_changed(&frame.revision) {
            self.refresh_campaign();
            self.refresh_fans();
        }
        if self.apply_live(frame) {
            self.fetch_records();
        }
    }

    /// Says whether a round has ended since the last look.
    fn apply_live(self, frame: LiveFrame) -> bool {
        let LiveFrame { round, ended_round_id, tallies, claims, .. } = frame;
        self.coupons.set_claims(claims);
        self.leaderboard.set_tallies(tallies);
        self.refresh_leaderboard();
        let ended = self.round.set_round(round, ended_round_id);
        self.round.tick(self.clock.now());
        ended
    }

    /// Fetches the campaign anew. One request at a time: frames come faster than answers on a slow network.
    pub(super) fn refresh_campaign(self) {
        if self.round.begin_refresh() {
            spawn_local(async move {
                let reply = self.api().campaign().await;
                self.round.end_refresh();
                if let Ok(snapshot) = reply {
                    self.apply_snapshot(snapshot);
                }
            });
        }
    }

    /// Fetches what this participant has.
    pub(super) fn refresh_me(self) {
        spawn_local(async move {
            if let Ok(me) = self.api().me().await {
                self.session.set_me(me);
                self.refresh_leaderboard();
            }
        });
    }

    /// Draws the leaderboard's conclusions from all that it depends on.
    pub(super) fn refresh_leaderboard(self) {
        let campaign = self.session.campaign_untracked();
        let today = self.session.today_untracked();
        let used = self.session.me_untracked(|me| me.votes.clone());
        self.leaderboard.refresh(&campaign, &used, today, self.clock.now());
    }
}
