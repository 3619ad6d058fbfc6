//! Votes that somebody's links brought.

use carnival_contract::replies::StarVotes;
use carnival_domain::canvassing::{VISITS_LOOKED_AT, canvasser};
use carnival_domain::ids::ParticipantId;
use carnival_domain::leaderboard::Tally;
use carnival_domain::share_token::Landing;

use crate::Engine;
use crate::ledger::Ledger;
use crate::once::Write;

impl Engine {
    /// Counts a vote, which `tally` was reached with, for whoever's link brought it.
    pub(crate) fn count_canvassed<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        tally: &Tally,
    ) -> Result<(), L::Error> {
        // Where nothing is counted, nothing is looked up.
        if !self.campaign.counts_canvassing() {
            return Ok(());
        }
        let landing = Landing::Star { star_id: tally.star_id.clone() };
        let visits = ledger.came_by(write.who, &landing, VISITS_LOOKED_AT)?;
        match canvasser(&self.campaign, write.who, &visits, write.now) {
            Some(owner) => ledger.add_canvassed(owner, &tally.star_id, tally.reached),
            None => Ok(()),
        }
    }

    /// What is shown of it to the owner: the most first, and nothing where it is not counted, whatever was before.
    pub(crate) fn canvassed<L: Ledger>(
        &self,
        ledger: &L,
        who: ParticipantId,
    ) -> Result<Option<Vec<StarVotes>>, L::Error> {
        if !self.campaign.counts_canvassing() {
            return Ok(None);
        }
        let mut stars = ledger.canvassed_by(who)?;
        stars.sort_by_key(|star| std::cmp::Reverse(star.vote_count));
        Ok((!stars.is_empty()).then_some(stars))
    }
}
