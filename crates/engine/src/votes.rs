//! Casting a vote.
//!
//! Of all writes these are by far the most, so their answers are not kept beside them: a vote has the mark of its key, and a
//! repetition is told what was told first, from the votes themselves.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::{FanEntry, StarVotes, VoteCounted, VotesCast, VotesEarned};
use carnival_domain::ids::StarId;
use carnival_domain::leaderboard::Tally;
use carnival_domain::time::{Day, Timestamp};
use carnival_domain::vote::{VoteRefused, VotesToday, cast_vote};

use crate::Engine;
use crate::failure::Failure;
use crate::known_votes::KnownVotes;
use crate::ledger::{CastRow, KeyMark, Ledger, ToldRow, VoteRow};
use crate::once::{Write, acting, kept};

/// How many days back a repetition is recognised, as long at least as other writes' answers are kept.
pub const REPEATED_DAYS: i32 = 2;

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
        self.cast_vote_and_know(ledger, write, star, random, &mut None)
    }

    /// The same; `known` becomes all that is known of the participant's votes afterwards, counted or refused. It is true once what
    /// was written is durable, until anything else is done with their votes.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn cast_vote_and_know<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        star: &StarId,
        random: impl FnOnce() -> [u8; 16],
        known: &mut Option<KnownVotes>,
    ) -> Result<VoteCounted, Failure<L::Error>> {
        let write = &acting(ledger, write)?;
        let (day, key) = (self.campaign.day_at(write.now), KeyMark::of(&write.key));
        // A key that nobody knows is no repetition: then today's votes are all that matters.
        let is_new = !ledger.may_know(key, write.now);
        let (first, last) = if is_new { (day, day) } else { (Day(day.0 - REPEATED_DAYS), Day(i32::MAX)) };
        let cast = ledger.votes_within(write.who, first..=last, key)?;
        let cast = &mut known.insert(KnownVotes { who: write.who, first, day, cast }).cast;
        match repeated(cast.iter(), key, star) {
            Some(Repeated::Vote(row)) => return self.tell_again(ledger, write, row, cast),
            Some(Repeated::KeyOnly) => return Err(Failure::refused(ErrorCode::IdempotencyKeyReused)),
            None => {}
        }
        let by_friends = self.earned(ledger, write.who, day)?;
        let mut votes = Self::used(day, cast.iter(), by_friends);
        let judged = self.judge(star, &votes, day, write.now);
        // The key of another write; or of a vote of before keys stood beside votes. Whoever is refused anyway, and has no such
        // vote, is not looked up: nothing is done either way.
        if !is_new
            && (judged.is_ok() || cast.iter().any(|cast| cast.key.is_none()))
            && let Some(reply) = kept(ledger, write, &format!("vote {star}"))?
        {
            return Ok(reply);
        }
        judged.map_err(|refused| self.refuse_vote(ledger, day, refused))?;
        let tally = ledger.add_vote(write.who, star, day, write.now, key)?;
        cast.push(CastRow {
            vote: VoteRow { number: tally.reached, day, star_id: star.clone() },
            taken_back_at: None,
            key: Some(key),
            told: Some(ToldRow { vote_count: tally.vote_count, cast_at: write.now }),
        });
        self.count_canvassed(ledger, write, &tally)?;
        one_more(&mut votes, star);
        let fan = self.enter_fans(ledger, write, star, random)?;
        Ok(VoteCounted { tally, votes, fan })
    }

    /// What was used of a day.
    pub(crate) fn used<'c>(
        day: Day,
        cast: impl Iterator<Item = &'c CastRow>,
        by_friends: Option<VotesEarned>,
    ) -> VotesCast {
        let counted = cast.filter(|cast| cast.taken_back_at.is_none()).map(|cast| &cast.vote);
        VotesCast { day: Some(day), by_star: votes_on(day, counted), by_friends }
    }

    /// Whether a vote counts for somebody who used this much of the day.
    pub(crate) fn judge(&self, star: &StarId, votes: &VotesCast, day: Day, now: Timestamp) -> Result<(), VoteRefused> {
        let used = VotesToday {
            all: votes.all_on(day),
            for_star: votes.for_star_on(star, day),
            by_friends: votes.earned_on(day),
        };
        match cast_vote(&self.campaign, self.campaign.star(star), used, now) {
            Ok(_) => Ok(()),
            // That a star exists is a secret until it is revealed.
            Err(VoteRefused::NotRevealed { .. }) => Err(VoteRefused::UnknownStar),
            Err(refused) => Err(refused),
        }
    }

    /// What was answered to a vote when it was cast. It only reads: by now the draw of the star's fans may be closed.
    fn tell_again<L: Ledger>(
        &self,
        ledger: &L,
        write: &Write,
        repeated: &CastRow,
        cast: &[CastRow],
    ) -> Result<VoteCounted, Failure<L::Error>> {
        let VoteRow { day, star_id, .. } = &repeated.vote;
        let told = repeated.told.ok_or_else(|| Failure::refused(ErrorCode::Internal))?;
        let by_then = self.campaign.span_of(*day).start..told.cast_at.plus_ms(1);
        let by_friends = self.earned_within(ledger, write.who, &by_then)?;
        let fan = self.known_fan(ledger, write.who, star_id)?;
        Ok(Self::told_again(repeated, told, cast.iter(), by_friends, fan))
    }

    /// The same once all of it is known: the star's votes with it, and what was used of the day by then.
    pub(crate) fn told_again<'c>(
        repeated: &CastRow,
        told: ToldRow,
        cast: impl Iterator<Item = &'c CastRow>,
        by_friends: Option<VotesEarned>,
        fan: Option<FanEntry>,
    ) -> VoteCounted {
        let VoteRow { number, day, star_id } = &repeated.vote;
        let ToldRow { vote_count, cast_at } = told;
        let counted = |row: &&CastRow| {
            row.vote.number < *number && row.taken_back_at.is_none_or(|taken_back_at| taken_back_at > cast_at)
        };
        let by_star = votes_on(*day, cast.filter(counted).map(|cast| &cast.vote));
        let mut votes = VotesCast { day: Some(*day), by_star, by_friends };
        one_more(&mut votes, star_id);
        VoteCounted { tally: Tally { star_id: star_id.clone(), vote_count, reached: *number }, votes, fan }
    }
}

/// What was done under a key before.
pub(crate) enum Repeated<'c> {
    /// The same vote.
    Vote(&'c CastRow),
    /// A vote for another star.
    KeyOnly,
}

/// What a vote for a star repeats. Two browsers may have used one key for two votes, of one person since they signed in: then it is the
/// last for the star, so that more votes of days before would change nothing.
pub(crate) fn repeated<'c>(
    cast: impl Iterator<Item = &'c CastRow>,
    key: KeyMark,
    star: &StarId,
) -> Option<Repeated<'c>> {
    let under_key = cast.filter(|row| row.key == Some(key));
    let last = under_key.max_by_key(|row| (row.vote.star_id == *star, row.vote.number))?;
    Some(if last.vote.star_id == *star { Repeated::Vote(last) } else { Repeated::KeyOnly })
}

/// Votes of a day, by stars in the order of their ids.
pub(crate) fn votes_on<'v>(day: Day, votes: impl Iterator<Item = &'v VoteRow>) -> Vec<StarVotes> {
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
