//! What comes from the back end, handed to its owners: here what the round is drawn from, the rest of it where
//! what shows it is.

use carnival_contract::replies::Me;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::State;
use super::board::Tidings;
use super::first_sight::MyEntries;
use super::later::News;
use super::rest::TRY_AGAIN_MS;
use super::told::{self, Besides, CampaignSight, Claims, FrameSight, Topic};
use crate::api;
use crate::browser::{boot, timer};

impl State {
    /// Takes all that the first screen was not drawn from.
    pub(super) fn begin(self) {
        self.apply_campaign();
        told::keep(Topic::Me, boot::part("me"));
        if told::is_known(Topic::Me) {
            self.apply_me();
        }
        self.tell_sign_in(api::inlined("sign_in"));
        self.rest.has_begun.set(true);
        self.greet_board();
        self.greet_later();
    }

    /// Starts what goes on by itself.
    pub(super) fn go_on(self) {
        if told::is_known(Topic::Me) {
            // Who was here before may have won something, and has the files.
            self.want_later();
        } else {
            self.refresh_me();
        }
        self.begin_pulse();
    }

    /// Takes the whole campaign. Owners compare with what they have: what did not change is not drawn again.
    pub(super) fn take_campaign(self, said: JsValue) {
        told::keep(Topic::Campaign, said);
        self.apply_campaign();
    }

    /// Fetches what the document left out.
    pub(super) fn complete_campaign(self) {
        spawn_local(async move {
            while !told::is_whole() {
                match self.api().campaign().await {
                    Ok(said) => self.take_campaign(said),
                    Err(_) => timer::sleep_or_online(TRY_AGAIN_MS).await,
                }
            }
            self.greet_later();
        });
    }

    fn apply_campaign(self) {
        let Some(CampaignSight { live }) = told::read(Topic::Campaign) else {
            return self.refresh_campaign();
        };
        self.round.set_revision(live.revision.clone());
        // While it was on its way the stream may have told of something newer.
        if live.at >= self.round.newest_frame() {
            self.apply_live(live);
        }
        self.tell_board(Tidings::Campaign);
        self.tell(News::Campaign);
    }

    /// Takes a frame; asks for the rest where the frame says that it changed.
    pub(super) fn take_frame(self, said: JsValue) {
        told::keep(Topic::Frame, said);
        let Some(frame) = told::read::<FrameSight>(Topic::Frame) else { return };
        self.round.set_newest_frame(frame.at);
        if self.round.revision_changed(&frame.revision) {
            self.refresh_campaign();
        }
        let has_ended = self.apply_live(frame);
        self.tell_board(Tidings::Frame);
        self.tell(News::Frame);
        if has_ended {
            self.tell(News::RoundEnded);
        }
    }

    /// Says whether a round has ended since the last look.
    fn apply_live(self, frame: FrameSight) -> bool {
        let FrameSight { round, ended_round_id, .. } = frame;
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
                if let Ok(said) = reply {
                    self.take_campaign(said);
                }
            });
        }
    }

    /// Fetches what this participant has: once more if something was written meanwhile, for the answer may not know of it.
    pub(super) fn refresh_me(self) {
        spawn_local(async move {
            let changes = self.session.changes();
            if let Ok(said) = self.api().me().await {
                if self.session.changes() == changes {
                    self.take_me(said);
                } else {
                    self.refresh_me();
                }
            }
        });
    }

    /// Takes what this participant has.
    pub(super) fn take_me(self, said: JsValue) {
        told::keep(Topic::Me, said);
        self.apply_me();
    }

    fn apply_me(self) {
        if self.rest.later().is_here() {
            return self.tell(News::Me);
        }
        if let Some(MyEntries { entries }) = told::read(Topic::Me) {
            self.session.set_entries(entries);
        }
        self.tell_board(Tidings::Me);
    }
}

impl State {
    /// Takes of the campaign what only the last file shows.
    pub(super) fn take_besides(self) {
        let Some(besides) = told::read::<Besides>(Topic::Campaign) else { return };
        let Besides { campaign, offers, items, last_rounds, live } = besides;
        self.session.set_campaign(campaign);
        self.coupons.set_offers(offers);
        self.coupons.set_claims(live.claims);
        self.goods.set_items(items);
        if live.ended_round_id != self.round.ended_round() {
            // A round has ended since, before there was anybody to tell.
            self.fetch_records();
        }
        self.take_records(last_rounds);
    }

    /// The same of a frame.
    pub(super) fn take_claims(self) {
        if let Some(Claims { claims, .. }) = told::read(Topic::Frame) {
            self.coupons.set_claims(claims);
        }
    }

    /// Everything that this participant has.
    pub(super) fn take_all_of_me(self) {
        if let Some(me) = told::read::<Me>(Topic::Me) {
            self.session.set_me(me);
            self.refresh_leaderboard();
        }
    }
}
