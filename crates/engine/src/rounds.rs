//! Opening, ending and drawing rounds as time goes by.

use carnival_domain::ids::{DrawId, RoundId};
use carnival_domain::pause::RoundClock;
use carnival_domain::round::{PrizePool, RoundAccount, RoundEnding, ending_due};
use carnival_domain::schedule::RoundSlot;
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::ledger::{Ledger, RoundRow};

impl Engine {
    /// Brings the rounds up to `now`: ends those whose bell has rung, in their order, and opens what comes
    /// next. A back end calls it before every command and at every bell, so that an entry is never
    /// accepted into a round that has ended. Returns the rounds that ended.
    ///
    /// `random_seed` gives 32 bytes from the system's secure random source: a draw is only as fair as they
    /// are secret.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn settle<L: Ledger>(
        &self,
        ledger: &mut L,
        now: Timestamp,
        random_seed: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<Vec<RoundId>, L::Error> {
        self.settle_starts(ledger, now, random_seed)?;
        self.settle_fans(ledger, now, random_seed)?;
        let ended = self.settle_rounds(ledger, now, random_seed)?;
        self.settle_awards(ledger, now)?;
        Ok(ended)
    }

    fn settle_rounds<L: Ledger>(
        &self,
        ledger: &mut L,
        now: Timestamp,
        random_seed: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<Vec<RoundId>, L::Error> {
        let schedule = &self.campaign.rounds.schedule;
        let clock = self.round_clock(ledger)?;
        let mut ended = Vec::new();
        // Whatever was due when the pause began was settled before the operator was heard.
        if clock.paused().is_some() {
            return Ok(ended);
        }
        let Some(mut round) = ledger.latest_round()? else {
            // Rounds whose time went by before there was a back end were never promised to anybody.
            if let Some(slot) = schedule.current_or_next(clock.reading(now)) {
                self.open_round(ledger, slot.id, None, now, random_seed())?;
            }
            return Ok(ended);
        };
        while let Some(slot) = schedule.slot(round.account.round_id) {
            let slot = clock.slot(slot);
            if round.account.ending.is_none() {
                let count = round.account.participant_count;
                let Some(ending) = ending_due(&self.campaign.rounds, &slot, count, now) else {
                    break;
                };
                self.end_round(ledger, &mut round, &slot, ending, now)?;
                ended.push(slot.id);
            }
            let next = RoundId(slot.id.0 + 1);
            if schedule.slot(next).is_none() {
                break;
            }
            round = self.open_round(ledger, next, Some(&round), now, random_seed())?;
        }
        Ok(ended)
    }

    /// When [`settle`](Self::settle) has something to do next, or another round is the one to show.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn next_due<L: Ledger>(&self, ledger: &L, now: Timestamp) -> Result<Option<Timestamp>, L::Error> {
        let due = [
            self.next_bell(ledger)?,
            self.next_of_awards(ledger)?,
            self.next_start(ledger)?,
            self.next_of_fans(ledger)?,
        ];
        let opening = self.next_opening(ledger)?.filter(|opens_at| *opens_at > now);
        Ok(due.into_iter().flatten().chain(opening).min())
    }

    /// When the latest round opens: one that drew at its target stands until its bell, and then this one.
    fn next_opening<L: Ledger>(&self, ledger: &L) -> Result<Option<Timestamp>, L::Error> {
        let clock = self.round_clock(ledger)?;
        let round = ledger.latest_round()?.filter(|_| clock.paused().is_none());
        let slot = round.and_then(|round| self.campaign.rounds.schedule.slot(round.account.round_id));
        Ok(slot.map(|slot| clock.instant(slot.opens_at)))
    }

    /// When the next round ends; none while the rounds are paused.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn next_bell<L: Ledger>(&self, ledger: &L) -> Result<Option<Timestamp>, L::Error> {
        let clock = self.round_clock(ledger)?;
        if clock.paused().is_some() {
            return Ok(None);
        }
        let round = ledger.latest_round()?.filter(|round| round.account.ending.is_none());
        let slot = round.and_then(|round| self.campaign.rounds.schedule.slot(round.account.round_id));
        Ok(slot.map(|slot| clock.instant(slot.closes_at)))
    }

    /// The rounds' own clock.
    pub(crate) fn round_clock<L: Ledger>(&self, ledger: &L) -> Result<RoundClock, L::Error> {
        ledger.pauses().map(RoundClock::new)
    }

    fn open_round<L: Ledger>(
        &self,
        ledger: &mut L,
        id: RoundId,
        previous: Option<&RoundRow>,
        now: Timestamp,
        seed: [u8; 32],
    ) -> Result<RoundRow, L::Error> {
        let rolled_over = previous.filter(|round| round.account.ending == Some(RoundEnding::RolledOver));
        let carried_in = rolled_over.map_or_else(PrizePool::default, |round| round.account.carried_out());
        let draw_id = match rolled_over {
            Some(round) => round.draw_id.clone(),
            None => self.open_draw(ledger, DrawId::of_round(&self.campaign.id, id), now, seed)?,
        };
        let added = self.campaign.rounds.pool_of_one_round();
        let round = RoundRow { account: RoundAccount::open(id, carried_in, added), draw_id, ended_at: None };
        ledger.put_round(&round)?;
        Ok(round)
    }

    fn end_round<L: Ledger>(
        &self,
        ledger: &mut L,
        round: &mut RoundRow,
        slot: &RoundSlot,
        ending: RoundEnding,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        // The bell is the end, even if nobody was there to hear it; a draw at its target ends before.
        let ended_at = now.min(slot.closes_at);
        round.account.ending = Some(ending);
        round.ended_at = Some(ended_at);
        ledger.put_round(round)?;
        if ending != RoundEnding::Drawn {
            return Ok(());
        }
        // With a beacon the list is closed now, and drawn when the beacon's round is there.
        let draw = ledger.draw(&round.draw_id)?.filter(|draw| draw.beacon.is_none());
        match draw.and_then(|draw| self.sealed_round(round, draw)) {
            Some(sealed) => self.run_draw(ledger, sealed, None, now),
            None => Ok(()),
        }
    }
}
