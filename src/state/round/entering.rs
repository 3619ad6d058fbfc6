//! Entering a round.

use carnival_contract::replies::EntryReceipt;
use carnival_domain::ids::RoundId;
use carnival_domain::round::RoundPhase;
use leptos::prelude::untrack;
use leptos::task::spawn_local;

use crate::state::rest::Wish;
use crate::state::{State, new_key};

impl State {
    /// This participant's entry in the round that is shown.
    pub(crate) fn my_entry(self) -> Option<EntryReceipt> {
        let round_id = self.round.round.with(|round| round.as_ref().map(|round| round.round_id))?;
        self.session.me(|me| me.entries.iter().find(|entry| entry.round_id == round_id).cloned())
    }

    /// The same, without being drawn again for it.
    pub(in crate::state) fn my_entry_untracked(self) -> Option<EntryReceipt> {
        untrack(|| self.my_entry())
    }

    /// Keeps a receipt, in place of one for the same entry.
    pub(in crate::state) fn put_receipt(self, receipt: EntryReceipt) {
        self.session.update_me(|me| {
            me.entries.retain(|entry| entry.entry_id != receipt.entry_id);
            me.entries.insert(0, receipt);
        });
    }

    /// Enters the round that is open.
    pub(crate) fn enter_round(self) {
        let rounds = self.round;
        let can_enter = rounds.phase.get_untracked() == RoundPhase::Open && self.my_entry_untracked().is_none();
        if rounds.sending.get_untracked() || !can_enter {
            return;
        }
        rounds.refused.set(None);
        let shown = rounds
            .round
            .with_untracked(|round| round.as_ref().map(|round| (round.round_id, round.commitment.to_string())));
        let Some((round_id, commitment)) = shown else { return };
        rounds.sending.set(true);
        self.wish(Wish::Enter { round_id, commitment });
    }

    /// Sends the entry; `commitment` is what its draw was promised by when they tapped.
    pub(in crate::state) fn send_entry(self, round_id: RoundId, commitment: String) {
        let rounds = self.round;
        let key = new_key();
        spawn_local(async move {
            let reply = self.api().enter_round(round_id, &key).await;
            rounds.sending.set(false);
            match reply {
                Ok(accepted) => {
                    self.keep_seal(&accepted.receipt.draw_id, &commitment);
                    rounds.count(round_id, accepted.participant_count);
                    self.put_receipt(accepted.receipt);
                }
                Err(problem) => {
                    rounds.refused.set(Some(problem));
                    // The words for it are there.
                    self.want_later();
                }
            }
        });
    }
}
