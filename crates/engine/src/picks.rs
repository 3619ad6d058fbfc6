//! Picks of goods.

use carnival_contract::replies::{PickKept, Picks, PicksShown};
use carnival_contract::requests::{PickItem, ShowPicks};
use carnival_domain::goods::popular;
use carnival_domain::ids::{ItemId, ParticipantId};
use carnival_domain::pick::{FRIENDS_MAX, PicksBefore, is_shown_as_one, pick_item};
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::once::{Write, once};

impl Engine {
    /// What a participant picked, what friends did, and what is popular: of all of it, what is for sale still.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn picks<L: Ledger>(&self, ledger: &L, who: ParticipantId) -> Result<Picks, L::Error> {
        let who = ledger.acting(who)?;
        let mut mine: Vec<_> = ledger.picks_of(who)?.into_iter().map(|row| row.item_id).collect();
        mine.retain(|item| self.sells(item));
        let mut of_friends = ledger.picks_of_friends(who, FRIENDS_MAX)?;
        of_friends.retain(|item| self.sells(item));
        let counted = ledger.pick_counts()?;
        let count = |item: &ItemId| counted.iter().find(|(picked, _)| picked == item).map_or(0, |(_, count)| *count);
        let popular = popular(&self.campaign.items, count);
        Ok(Picks { mine, is_shown: ledger.shows_picks(who)?, of_friends, popular })
    }

    /// Picks an item, or takes that back. What is so already stays so.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn pick_item<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        item: &ItemId,
        asked: PickItem,
    ) -> Result<PickKept, Failure<L::Error>> {
        let request = if asked.is_picked { format!("pick {item}") } else { format!("take back {item}") };
        once(ledger, write, request, |ledger, write| {
            let picks = ledger.picks_of(write.who)?;
            let is_picked = picks.iter().any(|row| row.item_id == *item);
            if asked.is_picked && !is_picked {
                pick_item(self.sells(item), picks.len() as u32).map_err(Failure::refused)?;
                ledger.add_pick(write.who, item, write.now)?;
            }
            if !asked.is_picked && is_picked {
                ledger.take_back_pick(write.who, item)?;
            }
            Ok(PickKept { item_id: item.clone(), is_picked: asked.is_picked })
        })
    }

    /// Shows a participant's picks to friends who come by their links, or no longer.
    ///
    /// # Errors
    /// The ledger's own, or a key that was used for something else.
    pub fn show_picks<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        asked: ShowPicks,
    ) -> Result<PicksShown, Failure<L::Error>> {
        let request = if asked.is_shown { "show picks" } else { "hide picks" };
        once(ledger, write, request.to_owned(), |ledger, write| {
            ledger.set_shows_picks(write.who, asked.is_shown, write.now)?;
            Ok(PicksShown { is_shown: asked.is_shown })
        })
    }

    fn sells(&self, item: &ItemId) -> bool {
        self.campaign.items.iter().any(|sold| sold.id == *item)
    }
}

/// Makes the picks of `from` those of `to`, who is the same person. An item that both picked is picked once.
pub(crate) fn move_picks<L: Ledger>(
    ledger: &mut L,
    from: ParticipantId,
    to: ParticipantId,
    now: Timestamp,
) -> Result<(), L::Error> {
    let (theirs, own) = (ledger.picks_of(from)?, ledger.picks_of(to)?);
    let before = [(from, &theirs), (to, &own)]
        .map(|(who, picks)| Ok(PicksBefore { has_any: !picks.is_empty(), is_shown: ledger.shows_picks(who)? }));
    let [one, other] = before;
    let is_shown = is_shown_as_one(one?, other?);
    for row in theirs {
        ledger.take_back_pick(from, &row.item_id)?;
        if own.iter().all(|known| known.item_id != row.item_id) {
            ledger.add_pick(to, &row.item_id, row.picked_at)?;
        }
    }
    ledger.set_shows_picks(from, false, now)?;
    ledger.set_shows_picks(to, is_shown, now)
}
