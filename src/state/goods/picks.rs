//! Picking goods: shown at once, sent one after the other, taken back with a reason if it is refused.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::Picks;
use carnival_contract::requests::{PickItem, ShowPicks};
use carnival_domain::ids::ItemId;
use leptos::task::spawn_local;

use crate::state::toasts::Tone;
use crate::state::{State, new_key};
use crate::text::{GoodsText, fill};

/// Something to send.
#[derive(Clone, PartialEq)]
pub(super) enum PickWrite {
    /// An item is a pick, or no longer.
    Pick(ItemId, bool),
    /// The picks are shown to friends, or no longer.
    Show(bool),
}

impl PickWrite {
    /// What is known with it.
    fn applied_to(&self, picks: &mut Picks) {
        match self {
            Self::Pick(item, is_picked) => {
                picks.mine.retain(|known| known != item);
                picks.mine.extend(is_picked.then(|| item.clone()));
            }
            Self::Show(is_shown) => picks.is_shown = *is_shown,
        }
    }

    /// What takes it back.
    fn undone(self) -> Self {
        match self {
            Self::Pick(item, is_picked) => Self::Pick(item, !is_picked),
            Self::Show(is_shown) => Self::Show(!is_shown),
        }
    }
}

impl State {
    /// The words of the page of goods.
    pub(crate) fn goods_text(self) -> &'static GoodsText {
        GoodsText::of(self.session.language_untracked())
    }

    /// Whether an item is a pick of this participant's.
    pub(crate) fn is_picked(self, item: &ItemId) -> bool {
        self.goods.picks.with(|picks| picks.as_ref().is_some_and(|picks| picks.mine.contains(item)))
    }

    /// Whether friends see what this participant picked.
    pub(crate) fn shows_picks(self) -> bool {
        self.goods.picks.with_untracked(|picks| picks.as_ref().is_some_and(|picks| picks.is_shown))
    }

    /// Picks an item, or takes that back.
    pub(crate) fn toggle_pick(self, item: &ItemId) {
        let is_picked = leptos::prelude::untrack(|| self.is_picked(item));
        self.write_pick(PickWrite::Pick(item.clone(), !is_picked));
    }

    /// Shows the picks to friends, or no longer.
    pub(crate) fn show_picks(self, is_shown: bool) {
        self.write_pick(PickWrite::Show(is_shown));
    }

    fn write_pick(self, write: PickWrite) {
        self.know_pick(&write);
        let unsent = self.goods.unsent;
        unsent.update(|unsent| unsent.push(write));
        if unsent.with(Vec::len) == 1 {
            spawn_local(self.send_picks());
        }
    }

    fn know_pick(self, write: &PickWrite) {
        self.goods.picks.update(|picks| write.applied_to(picks.get_or_insert_default()));
    }

    async fn send_picks(self) {
        let unsent = self.goods.unsent;
        while let Some(write) = unsent.with(|unsent| unsent.first().cloned()) {
            let key = new_key();
            let failed = match &write {
                PickWrite::Pick(item, is_picked) => {
                    self.api().pick_item(item, &PickItem { is_picked: *is_picked }, &key).await.err()
                }
                PickWrite::Show(is_shown) => {
                    self.api().show_picks(&ShowPicks { is_shown: *is_shown }, &key).await.err()
                }
            };
            unsent.update(|unsent| drop(unsent.remove(0)));
            let Some(problem) = failed else { continue };
            let why = match (problem.code, problem.limit) {
                (ErrorCode::PickLimitReached, Some(limit)) => fill(self.goods_text().limit, &[&limit.to_string()]),
                _ => self.refusal(&problem),
            };
            self.toasts.say(Tone::Plain, why);
            self.know_pick(&write.undone());
            // What was tapped since is on top of that.
            unsent.with(Vec::clone).iter().for_each(|write| self.know_pick(write));
            // A switch is set by the hand that taps it, not by a signal: it is drawn anew.
            self.goods.ordered_by.update(|_| ());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_taken_back_and_nothing_else() {
        let item = |id: &str| id.parse().expect("a slug");
        let mut picks = Picks { mine: vec![item("a"), item("b")], ..Picks::default() };
        let before = picks.clone();
        let writes = [PickWrite::Pick(item("c"), true), PickWrite::Show(true)];
        for write in writes {
            write.applied_to(&mut picks);
            assert_ne!(picks, before);
            write.undone().applied_to(&mut picks);
            assert_eq!(picks, before);
        }
        PickWrite::Pick(item("a"), true).applied_to(&mut picks);
        assert_eq!(picks.mine.len(), 2, "an item is picked once");
    }
}
