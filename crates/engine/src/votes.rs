//! Casting a vote.
//!
//! Of all writes these are by far the most, so their answers are not kept beside them: a vote has the mark of its key, and a
//! repetition is told what was told first, from the votes themselves.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::{StarVotes, VoteCounted, VotesCast};
use carnival_domain::ids::StarId;
use carnival_domain::leaderboard::Tally;
use carnival_domain::time::Day;
use carnival_domain::vote::{VoteRefused, VotesToday, cast_vote};

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{CastRow, KeyMark, Ledger, ToldRow, VoteRow};
use crate::once::{Write, acting, kept};

/// How many days back a repetition is recognised, as long at least as other writes' answers are kept.
const REPEATED_DAYS: i32 = 2;

impl Engine {
    /// Casts a vote, once for a key. The first one for a star is also an entry in the draw of its fans, under a fresh random
    /// pseudonym. Where canvassing is counted, it counts for whose link brought it.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn cast_vote<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        star: &StarId,
        random: impl FnOnce() -> [u8; 16],
    ) -> Result<VoteCounted, Failure<L::Error>> {
        let write = &acting(ledger, write)?;
        let (day, key) = (self.campaign.day_at(write.now), KeyMark::of(&write.key));
        let cast = ledger.votes_since(write.who, Day(day.0 - REPEATED_DAYS), key)?;
        if let Some(known) = cast.iter().find(|cast| cast.key == Some(key)) {
            if known.vote.star_id != *star {
                return Err(Failure::refused(ErrorCode::IdempotencyKeyReused));
            }
            return self.tell_again(ledger, write, known, &cast);
        }
        let counted = cast.iter().filter(|cast| cast.taken_back_at.is_none()).map(|cast| &cast.vote);
        let by_friends = self.earned(ledger, write.who, day)?;
        let mut votes = VotesCast { day: Some(day), by_star: by_star(day, counted), by_friends };
        let used = VotesToday {
            all: votes.all_on(day),
            for_star: votes.for_star_on(star, day),
            by_friends: votes.earned_on(day),
        };
        let known = self.campaign.star(star);
        let judged = cast_vote(&self.campaign, known, used, write.now);
        // The key of another write; or of a vote of before keys stood beside votes. Whoever is refused anyway, and has no such
        // vote, is not looked up: nothing is done either way.
        if (judged.is_ok() || cast.iter().any(|cast| cast.key.is_none()))
            && let Some(reply) = kept(ledger, write, &format!("vote {star}"))?
        {
            return Ok(reply);
        }
        judged
            // That a star exists is a secret until it is revealed.
            .map_err(|refused| match refused {
                VoteRefused::NotRevealed { .. } => VoteRefused::UnknownStar,
                refused => refused,
            })
            .map_err(|refused| self.refuse_vote(ledger, day, refused))?;
        let tally = ledger.add_vote(write.who, star, day, write.now, key)?;
        self.count_canvassed(ledger, write, &tally)?;
        one_more(&mut votes, star);
        let fan = self.enter_fans(ledger, write, star, random)?;
        Ok(VoteCounted { tally, votes, fan })
    }

    /// What was answered to a vote when it was cast: the star's votes with it, and what was used of the day by then. It only
    /// reads: by now the draw of the star's fans may be closed.
    fn tell_again<L: Ledger>(
        &self,
        ledger: &L,
        write: &Write,
        known: &CastRow,
        cast: &[CastRow],
    ) -> Result<VoteCounted, Failure<L::Error>> {
        let VoteRow { number, day, star_id } = &known.vote;
        let told = known.told.ok_or_else(|| Failure::refused(ErrorCode::Internal))?;
        let ToldRow { vote_count, cast_at } = told;
        let counted = |row: &&CastRow| {
            row.vote.number < *number && row.taken_back_at.is_none_or(|taken_back_at| taken_back_at > cast_at)
        };
        let by_star = by_star(*day, cast.iter().filter(counted).map(|cast| &cast.vote));
        let by_then = self.campaign.span_of(*day).start..cast_at.plus_ms(1);
        let by_friends = self.earned_within(ledger, write.who, &by_then)?;
        let mut votes = VotesCast { day: Some(*day), by_star, by_friends };
        one_more(&mut votes, star_id);
        let fan = self.known_fan(ledger, write.who, star_id)?;
        Ok(VoteCounted { tally: Tally { star_id: star_id.clone(), vote_count, reached: *number }, votes, fan })
    }
}

/// Votes of a day, by stars in the order of their ids.
fn by_star<'v>(day: Day, votes: impl Iterator<Item = &'v VoteRow>) -> Vec<StarVotes> {
    let mut by_star: Vec<StarVotes> = Vec::new();
    for vote in votes.filter(|vote| vote.day == day) {
        match by_star.binary_search_by(|cast| cast.star_id.cmp(&vote.star_id)) {
            Ok(place) => by_star[place].vote_count += 1,
            Err(place) => by_star.insert(place, StarVotes { star_id: vote.star_id.clone(), vote_count: 1 }),
        }
    }
    by_star
}

/// The same with one for this star.
fn one_more(votes: &mut VotesCast, star: &StarId) {
    match votes.by_star.iter_mut().find(|cast| cast.star_id == *star) {
        Some(cast) => cast.vote_count += 1,
        None => votes.by_star.push(StarVotes { star_id: star.clone(), vote_count: 1 }),
    }
}
