//! Casting a vote.

use carnival_contract::replies::{StarVotes, VoteCounted, VotesCast};
use carnival_domain::ids::StarId;
use carnival_domain::vote::{VoteRefused, VotesToday, cast_vote};

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::once::{Write, once};

impl Engine {
    /// Casts a vote. The first one for a star is also an entry in the draw of its fans, under a fresh random pseudonym. Where
    /// canvassing is counted, it counts for whose link brought it.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn cast_vote<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        star: &StarId,
        random: [u8; 16],
    ) -> Result<VoteCounted, Failure<L::Error>> {
        once(ledger, write, format!("vote {star}"), |ledger, write| {
            let day = self.campaign.day_at(write.now);
            let by_friends = self.earned(ledger, write.who, day)?;
            let mut votes = VotesCast { day: Some(day), by_star: ledger.votes_of(write.who, day)?, by_friends };
            let used = VotesToday {
                all: votes.all_on(day),
                for_star: votes.for_star_on(star, day),
                by_friends: votes.earned_on(day),
            };
            let known = self.campaign.star(star);
            let used = cast_vote(&self.campaign, known, used, write.now)
                // That a star exists is a secret until it is revealed.
                .map_err(|refused| match refused {
                    VoteRefused::NotRevealed { .. } => VoteRefused::UnknownStar,
                    refused => refused,
                })
                .map_err(|refused| self.refuse_vote(ledger, day, refused))?;
            let tally = ledger.add_vote(write.who, star, day, write.now)?;
            self.count_canvassed(ledger, write, &tally)?;
            match votes.by_star.iter_mut().find(|cast| cast.star_id == *star) {
                Some(cast) => cast.vote_count = used.for_star,
                None => votes.by_star.push(StarVotes { star_id: star.clone(), vote_count: used.for_star }),
            }
            let fan = self.enter_fans(ledger, write, star, random)?;
            Ok(VoteCounted { tally, votes, fan })
        })
    }
}
