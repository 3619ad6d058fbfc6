//! The draws of stars' fans: fetched where they are shown, and anew when something in them has changed.

use std::sync::Arc;

use carnival_contract::fans::{FansDrawView, FansReply, FansView};
use carnival_contract::replies::FanEntry;
use carnival_domain::campaign::Prize;
use carnival_domain::ids::{PrizeId, StarId};
use leptos::task::spawn_local;

use super::State;
use crate::var::{Kept, Var};

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Fans {
    shown: Var<Option<Arc<FansView>>>,
    is_asked: Kept<bool>,
    /// The stars of places that came before it was known what their draws are sealed by.
    unsealed: Kept<Vec<StarId>>,
}

impl Fans {
    pub(super) fn new() -> Self {
        Self { shown: Var::new(None), is_asked: Kept::new(false), unsealed: Kept::new(Vec::new()) }
    }

    /// The draws; none as long as they are not here, or if the campaign has none.
    pub(crate) fn shown(self) -> Option<Arc<FansView>> {
        self.shown.get()
    }
}

impl State {
    /// Fetches the draws for a page that shows them, if they are not here.
    pub(crate) fn need_fans(self) {
        if !self.fans.is_asked.get() {
            self.fetch_fans();
        }
    }

    /// Fetches them anew, if a page has shown them.
    pub(super) fn refresh_fans(self) {
        if self.fans.is_asked.get() {
            self.fetch_fans();
        }
    }

    fn fetch_fans(self) {
        self.fans.is_asked.set(true);
        spawn_local(async move {
            let Ok(FansReply { fans }) = self.api().fans().await else {
                return self.fans.is_asked.set(false);
            };
            let drawn = |fans: &FansView| fans.draws.iter().filter(|draw| draw.is_drawn).count();
            let known = self.fans.shown.get_untracked();
            let has_news = matches!((&known, &fans), (Some(known), Some(fans)) if drawn(known) != drawn(fans));
            self.fans.shown.set(fans.map(Arc::new));
            self.seal_fans();
            if has_news {
                // What was won, and until when it can be claimed, is the back end's to say.
                self.refresh_me();
            }
        });
    }

    /// A star's draw.
    pub(crate) fn fans_draw(self, star: &StarId) -> Option<FansDrawView> {
        self.fans.shown()?.draws.iter().find(|draw| draw.star_id == *star).cloned()
    }

    /// A prize of any draw.
    pub(crate) fn prize(self, id: &PrizeId) -> Option<Prize> {
        let campaign = self.session.whole_campaign()?;
        let known = campaign.prizes.iter().find(|prize| prize.id == *id).cloned();
        known.or_else(|| self.fans.shown()?.prizes.iter().find(|prize| prize.id == *id).cloned())
    }

    /// Keeps the place in a draw that came with a vote, and the commitment that is public while it does.
    pub(super) fn take_fan(self, fan: FanEntry) {
        let is_known = self.session.me_untracked(|me| me.fans.iter().any(|known| known.entry_id == fan.entry_id));
        if is_known {
            return;
        }
        self.fans.unsealed.update(|unsealed| unsealed.push(fan.star_id.clone()));
        self.session.update_me(|me| me.fans.insert(0, fan));
        match self.fans.shown.get_untracked() {
            Some(_) => self.seal_fans(),
            None => self.need_fans(),
        }
    }

    fn seal_fans(self) {
        for star in self.fans.unsealed.update(std::mem::take) {
            if let Some(draw) = self.fans_draw(&star) {
                self.keep_seal(&draw.draw_id, &draw.commitment.to_string());
            }
        }
    }
}
