//! The draws of stars' fans: committed to before the first vote, entered by voting, held for the first stars at the end.

use carnival_contract::fans::{FansDrawView, FansReply, FansView};
use carnival_contract::live::AwaitedBeacon;
use carnival_contract::replies::FanEntry;
use carnival_contract::requests::Board;
use carnival_domain::draw::commitment;
use carnival_domain::fans::{FansDraw, FansEnding, ending_of};
use carnival_domain::ids::{DrawId, EntryId, ParticipantId, StarId};
use carnival_domain::leaderboard::standings;
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::ledger::{FanEntryRow, FansDrawRow, Ledger};
use crate::once::Write;

impl Engine {
    /// Commits to the draw of every star while there are votes to come, and ends all of them when the board is frozen.
    pub(crate) fn settle_fans<L: Ledger>(
        &self,
        ledger: &mut L,
        now: Timestamp,
        random: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<(), L::Error> {
        let Some(fans) = &self.campaign.fans_draw else { return Ok(()) };
        let known = ledger.fans_draws()?;
        if now >= self.campaign.ends_at {
            return self.end_fans(ledger, known, fans.top, now);
        }
        // Hidden stars' as well: their commitments are public before anybody knows whose they are.
        for star in self.campaign.stars.iter().filter(|star| !known.iter().any(|draw| draw.star_id == star.id)) {
            self.open_fans(ledger, &star.id, fans, now, random())?;
        }
        Ok(())
    }

    fn open_fans<L: Ledger>(
        &self,
        ledger: &mut L,
        star: &StarId,
        fans: &FansDraw,
        now: Timestamp,
        seed: [u8; 32],
    ) -> Result<(), L::Error> {
        let draw_id = self.open_draw(ledger, DrawId::of_star(&self.campaign.id, star), now, seed)?;
        ledger.put_fans_draw(&FansDrawRow {
            star_id: star.clone(),
            draw_id,
            pool: fans.pool(),
            ending: None,
            ended_at: None,
            is_done: false,
        })
    }

    fn end_fans<L: Ledger>(
        &self,
        ledger: &mut L,
        known: Vec<FansDrawRow>,
        top: u32,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        let open: Vec<_> = known.into_iter().filter(|draw| draw.ending.is_none()).collect();
        if open.is_empty() {
            return Ok(());
        }
        let board = standings(ledger.tallies(Board::Overall, self.campaign.day_at(now))?);
        for mut fans in open {
            let ending = ending_of(&board, &fans.star_id, top);
            // The freeze is the end, even if nobody was there to see it.
            (fans.ending, fans.ended_at) = (Some(ending), Some(self.campaign.ends_at));
            ledger.put_fans_draw(&fans)?;
            // With a beacon the list is closed now, and drawn when the beacon's round is there.
            let draw = ledger.draw(&fans.draw_id)?.filter(|draw| draw.beacon.is_none());
            if let Some(sealed) = draw.and_then(|draw| self.sealed_fans(&fans, draw)) {
                self.run_draw(ledger, sealed, None, now)?;
            }
        }
        Ok(())
    }

    /// When the draws end, if any is open.
    pub(crate) fn next_of_fans<L: Ledger>(&self, ledger: &L) -> Result<Option<Timestamp>, L::Error> {
        if self.campaign.fans_draw.is_none() {
            return Ok(None);
        }
        let is_open = ledger.fans_draws()?.iter().any(|draw| draw.ending.is_none());
        Ok(is_open.then_some(self.campaign.ends_at))
    }

    /// Takes somebody who voted into the draw of the star's fans. Whoever is in it already is told so again.
    pub(crate) fn enter_fans<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        star: &StarId,
        random: impl FnOnce() -> [u8; 16],
    ) -> Result<Option<FanEntry>, L::Error> {
        if self.campaign.fans_draw.is_none() {
            return Ok(None);
        }
        if let Some(known) = self.known_fan(ledger, write.who, star)? {
            return Ok(Some(known));
        }
        // `settle` ran before this command, and committed to the draw of every star.
        let Some(draw) = ledger.fans_draw(star)? else { return Ok(None) };
        let entry = FanEntryRow {
            participant_id: write.who,
            star_id: star.clone(),
            draw_id: draw.draw_id,
            entry_id: EntryId(random()),
            accepted_at: write.now,
        };
        ledger.add_fan_entry(&entry)?;
        Ok(Some(self.fan_entry(&entry)))
    }

    /// A participant's place in the draw of a star's fans, if they have one.
    pub(crate) fn known_fan<L: Ledger>(
        &self,
        ledger: &L,
        who: ParticipantId,
        star: &StarId,
    ) -> Result<Option<FanEntry>, L::Error> {
        if self.campaign.fans_draw.is_none() {
            return Ok(None);
        }
        Ok(ledger.fan_entry(who, star)?.map(|entry| self.fan_entry(&entry)))
    }

    /// A participant's places in stars' draws.
    pub(crate) fn fans_of<L: Ledger>(&self, ledger: &L, who: ParticipantId) -> Result<Vec<FanEntry>, L::Error> {
        Ok(ledger.fan_entries_of(who)?.iter().map(|entry| self.fan_entry(entry)).collect())
    }

    fn fan_entry(&self, entry: &FanEntryRow) -> FanEntry {
        FanEntry {
            star_id: entry.star_id.clone(),
            draw_id: entry.draw_id.clone(),
            entry_id: entry.entry_id,
            accepted_at: entry.accepted_at,
            signature: self.sign(&entry.draw_id, entry.entry_id, entry.accepted_at),
        }
    }

    /// What everybody is shown of the draws. Of a star that is not revealed, only that there is one more.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn fans<L: Ledger>(&self, ledger: &L, now: Timestamp) -> Result<FansReply, L::Error> {
        let Some(fans) = &self.campaign.fans_draw else { return Ok(FansReply { fans: None }) };
        let known = ledger.fans_draws()?;
        let (mut draws, mut hidden_commitments) = (Vec::new(), Vec::new());
        for star in &self.campaign.stars {
            let Some(row) = known.iter().find(|draw| draw.star_id == star.id) else { continue };
            let Some(draw) = ledger.draw(&row.draw_id)? else { continue };
            let commitment = commitment(&draw.seed.0);
            if star.reveals_at > now {
                hidden_commitments.push(commitment);
                continue;
            }
            let closes_at = row.ended_at.unwrap_or(self.campaign.ends_at);
            let is_awaited = !row.is_done && row.ending != Some(FansEnding::Undrawn);
            draws.push(FansDrawView {
                star_id: star.id.clone(),
                draw_id: draw.draw_id,
                commitment,
                entry_count: draw.entry_count,
                beacon: draw.beacon.filter(|_| is_awaited).map(|beacon| AwaitedBeacon::of(beacon, closes_at)),
                ending: row.ending,
                is_drawn: row.is_done,
            });
        }
        hidden_commitments.sort_unstable_by_key(|commitment| commitment.0);
        let view = FansView {
            top: fans.top,
            reserve_count: fans.reserve_count,
            prizes: fans.prizes.clone(),
            draws,
            hidden_commitments,
        };
        Ok(FansReply { fans: Some(view) })
    }

    /// What of the draws pages must fetch anew: how many have ended, and how many of them are drawn.
    pub(crate) fn fans_revision<L: Ledger>(&self, ledger: &L, now: Timestamp) -> Result<Option<String>, L::Error> {
        if self.campaign.fans_draw.is_none() || now < self.campaign.ends_at {
            return Ok(None);
        }
        let draws = ledger.fans_draws()?;
        let ended = draws.iter().filter(|draw| draw.ending.is_some()).count();
        let done = draws.iter().filter(|draw| draw.is_done).count();
        Ok(Some(format!("-f{ended}.{done}")))
    }
}
