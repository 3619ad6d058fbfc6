//! The rounds that ended, and what they were for this participant.

use std::cmp::Reverse;
use std::sync::Arc;

use carnival_contract::replies::{EntryReceipt, RoundRecord, Win};
use carnival_domain::award::{AwardState, Occasion};
use carnival_domain::ids::PrizeId;
use carnival_domain::round::RoundEnding;
use leptos::prelude::untrack;
use leptos::task::spawn_local;

use crate::browser::timer;
use crate::routes::Route;
use crate::state::State;
use crate::state::toasts::Tone;
use crate::text::fill;

/// The whole crowd learns of a round's end in the same second; it does not ask for the ledger in the same one.
const RECORDS_JITTER_MS: f64 = 1500.0;

/// What a round that ended was for this participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It drew, and they won this.
    Won(PrizeId),
    /// It drew, and they were in.
    Lost,
    /// It drew without them.
    Drawn,
    /// Its list is closed, and its draw waits for this round of the public beacon.
    Awaited(u64),
    /// It rolled over; `mine` says whether they are in what goes on.
    RolledOver {
        /// Whether they have an entry in it.
        mine: bool,
    },
}

/// What a round that ended was for whoever has these entries. A winner is told by the entry alone: no further
/// question to the back end is needed.
pub(crate) fn outcome(record: &RoundRecord, entries: &[EntryReceipt]) -> Outcome {
    if record.ending == RoundEnding::RolledOver {
        let is_in = |entry: &EntryReceipt| entry.round_id == record.round_id && entry.waits_for.is_none();
        return Outcome::RolledOver { mine: entries.iter().any(is_in) };
    }
    if let Some(awaits) = &record.awaits {
        return Outcome::Awaited(awaits.round);
    }
    let won = record.winners.iter().find(|winner| entries.iter().any(|entry| entry.entry_id == winner.entry_id));
    match won {
        Some(winner) => Outcome::Won(winner.prize_id.clone()),
        None if entries
            .iter()
            .any(|entry| Some(&entry.draw_id) == record.draw_id.as_ref() && entry.waits_for.is_none()) =>
        {
            Outcome::Lost
        }
        None => Outcome::Drawn,
    }
}

impl State {
    /// Takes the newest part of the ledger, and says elsewhere than on its own page how a round ended.
    pub(in crate::state) fn take_records(self, records: Vec<RoundRecord>) {
        let known = self.round.records.get_untracked();
        // What was there when the page came is no news.
        let is_news = self.round.records_known.get();
        self.round.records_known.set(true);
        if *known == records {
            return;
        }
        let newest = records.first().filter(|newest| is_news && known.first() != Some(newest)).cloned();
        if newest.is_some() {
            self.round.news_at.set(self.clock.now());
        }
        self.round.records.set(Arc::new(records));
        if self.has_unknown_win() {
            // Until when it can be claimed, and a coupon's code, are the back end's to say.
            self.refresh_me();
        }
        match newest {
            // There it rolls in before their eyes.
            Some(_) if self.navigation.route_untracked() == Route::Rush => self.see_results(),
            Some(newest) => self.tell_outcome(&newest),
            None => {}
        }
    }

    fn tell_outcome(self, record: &RoundRecord) {
        let text = self.text();
        let outcome = self.session.me_untracked(|me| outcome(record, &me.entries));
        let (tone, sentence) = match outcome {
            Outcome::Won(prize) => {
                let prize = untrack(|| self.prize(&prize));
                let title = prize.map(|prize| self.local(&prize.title)).unwrap_or_default();
                (Tone::Good, fill(text.toast_won(), &[&record.round_id.to_string(), &title]))
            }
            Outcome::Lost => (Tone::Plain, fill(text.toast_lost(), &[&record.round_id.to_string()])),
            Outcome::RolledOver { mine: true } => {
                (Tone::Plain, fill(text.toast_rolled_over(), &[&record.round_id.to_string()]))
            }
            // Who was not in need not hear of it.
            Outcome::Drawn | Outcome::Awaited(_) | Outcome::RolledOver { mine: false } => return,
        };
        self.toasts.say(tone, sentence);
    }

    /// Whether the newest rounds drew an entry of which the back end has not said more yet.
    fn has_unknown_win(self) -> bool {
        let records = self.round.records.get_untracked();
        self.session.me_untracked(|me| {
            let winners = records.iter().flat_map(|record| &record.winners);
            let mut mine = winners.filter(|winner| me.entries.iter().any(|entry| entry.entry_id == winner.entry_id));
            mine.any(|winner| !me.wins.iter().any(|win| win.entry_id == winner.entry_id))
        })
    }

    /// What this participant won, newest first. What the newest rounds drew is known before the back end is asked.
    pub(crate) fn wins(self) -> Vec<Win> {
        let records = self.round.records();
        self.session.me(|me| {
            let mut wins = me.wins.clone();
            for record in records.iter() {
                for winner in &record.winners {
                    let entry = me.entries.iter().find(|entry| entry.entry_id == winner.entry_id);
                    let is_known = wins.iter().any(|win| win.entry_id == winner.entry_id);
                    wins.extend(entry.filter(|_| !is_known).map(|entry| Win {
                        draw_id: entry.draw_id.clone(),
                        occasion: Occasion::Round(record.round_id),
                        entry_id: entry.entry_id,
                        prize_id: winner.prize_id.clone(),
                        // Nothing is said of it until the back end has said how it stands.
                        state: AwardState::Given,
                        claim_by: None,
                        reserve: None,
                        coupon: None,
                        delivery: None,
                    }));
                }
            }
            wins.sort_by_key(|win| match win.occasion {
                // Stars' fans have their draws when the rounds are over.
                Occasion::Star(_) => Reverse(u32::MAX),
                Occasion::Round(round_id) => Reverse(round_id.0),
            });
            wins
        })
    }

    /// Fetches the newest part of the ledger, some time soon.
    pub(in crate::state) fn fetch_records(self) {
        spawn_local(async move {
            timer::sleep((js_sys::Math::random() * RECORDS_JITTER_MS) as i32).await;
            if let Ok(page) = self.api().rounds(None).await {
                self.take_records(page.rounds);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnival_domain::draw::Winner;
    use carnival_domain::ids::{DrawId, EntryId, RoundId};
    use carnival_domain::round::PrizePool;
    use carnival_domain::time::Timestamp;

    fn record(round: u32, draw: &str, ending: RoundEnding, winner: Option<u8>) -> RoundRecord {
        let won = |id| Winner { entry_id: EntryId([id; 16]), prize_id: "phone".parse().expect("a slug") };
        RoundRecord {
            round_id: RoundId(round),
            draw_id: Some(DrawId::from(draw)),
            opens_at: Timestamp::from_ms(0),
            ended_at: Timestamp::from_ms(1),
            ending,
            target: 2,
            participant_count: 2,
            carried_in: PrizePool::default(),
            added: PrizePool::default(),
            awaits: None,
            winners: winner.map(won).into_iter().collect(),
            pauses: Vec::new(),
        }
    }

    fn entry(round: u32, draw: &str, id: u8) -> EntryReceipt {
        EntryReceipt {
            round_id: RoundId(round),
            draw_id: DrawId::from(draw),
            entry_id: EntryId([id; 16]),
            accepted_at: Timestamp::from_ms(0),
            signature: None,
            waits_for: None,
        }
    }

    #[test]
    fn a_winner_is_told_by_the_entry_alone() {
        let drawn = record(7, "demo-r6", RoundEnding::Drawn, Some(1));
        assert!(matches!(outcome(&drawn, &[entry(7, "demo-r6", 1)]), Outcome::Won(_)));
        assert_eq!(outcome(&drawn, &[entry(7, "demo-r6", 2)]), Outcome::Lost);
        assert_eq!(outcome(&drawn, &[]), Outcome::Drawn);
    }

    #[test]
    fn an_entry_that_rolled_over_takes_part_in_the_draw_it_rolled_into() {
        let drawn = record(7, "demo-r6", RoundEnding::Drawn, Some(1));
        assert_eq!(outcome(&drawn, &[entry(6, "demo-r6", 2)]), Outcome::Lost);
    }

    #[test]
    fn a_round_that_rolled_over_keeps_only_its_own_entries_in() {
        let rolled = record(6, "demo-r6", RoundEnding::RolledOver, None);
        assert_eq!(outcome(&rolled, &[entry(6, "demo-r6", 1)]), Outcome::RolledOver { mine: true });
        assert_eq!(outcome(&rolled, &[]), Outcome::RolledOver { mine: false });
    }
}
