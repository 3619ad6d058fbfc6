//! Votes in memory, and their sums.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::export::ExportedVote;
use carnival_domain::ids::{ParticipantId, StarId};
use carnival_domain::leaderboard::Tally;
use carnival_domain::time::{Day, Timestamp};

use crate::ledger::{CastRow, KeyMark, RefusedRow, ToldRow, VoteRow, VotesOfDay};

/// A star on the board of a day, or on that of all days.
type Place = (Option<Day>, StarId);

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    vote_count: u64,
    reached: u64,
    /// When the last of the votes came that nobody cast.
    seeded: u64,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    /// Those that count.
    cast: BTreeMap<ParticipantId, Vec<VoteRow>>,
    taken_back: Vec<(ParticipantId, VoteRow)>,
    /// When each was cast, and taken back.
    times: BTreeMap<u64, (Timestamp, Option<Timestamp>)>,
    /// Under which key each was asked for, and the star's votes with it.
    asked: BTreeMap<u64, (KeyMark, u64)>,
    sums: BTreeMap<Place, Sum>,
    last_number: u64,
    /// By the codes' words, in whose order they are told.
    refused: BTreeMap<(Day, &'static str), RefusedRow>,
}

fn places(star: &StarId, day: Day) -> [Place; 2] {
    [(None, star.clone()), (Some(day), star.clone())]
}

impl Votes {
    pub(super) fn seed(&mut self, star: &StarId, day: Day, vote_count: u64) {
        self.count(star, day, vote_count);
        for place in places(star, day) {
            self.sums.entry(place).or_default().seeded = self.last_number;
        }
    }

    pub(super) fn add(&mut self, who: ParticipantId, star: &StarId, day: Day, at: Timestamp, key: KeyMark) -> Tally {
        self.count(star, day, 1);
        self.times.insert(self.last_number, (at, None));
        let vote = VoteRow { number: self.last_number, day, star_id: star.clone() };
        self.cast.entry(who).or_default().push(vote);
        let Sum { vote_count, reached, .. } = self.sums[&(None, star.clone())];
        self.asked.insert(reached, (key, vote_count));
        Tally { star_id: star.clone(), vote_count, reached }
    }

    fn count(&mut self, star: &StarId, day: Day, vote_count: u64) {
        self.last_number += 1;
        for place in places(star, day) {
            let sum = self.sums.entry(place).or_default();
            sum.vote_count += vote_count;
            sum.reached = self.last_number;
        }
    }

    pub(super) fn all_of(&self, who: ParticipantId) -> &[VoteRow] {
        self.cast.get(&who).map_or(&[], Vec::as_slice)
    }

    pub(super) fn within(&self, who: ParticipantId, days: &RangeInclusive<Day>, key: KeyMark) -> Vec<CastRow> {
        let taken_back = self.taken_back.iter().filter(|(by, _)| *by == who).map(|(_, vote)| vote);
        let votes = self.all_of(who).iter().chain(taken_back).filter(|vote| days.contains(&vote.day));
        let votes = votes.map(|vote| CastRow {
            vote: vote.clone(),
            taken_back_at: self.times.get(&vote.number).and_then(|(_, taken_back_at)| *taken_back_at),
            key: self.asked.get(&vote.number).map(|(key, _)| *key),
            told: self.asked.get(&vote.number).filter(|(under, _)| *under == key).and_then(|_| self.told(vote.number)),
        });
        votes.collect()
    }

    fn told(&self, number: u64) -> Option<ToldRow> {
        let (_, vote_count) = *self.asked.get(&number)?;
        let (cast_at, _) = *self.times.get(&number)?;
        Some(ToldRow { vote_count, cast_at })
    }

    pub(super) fn tallies(&self, day: Option<Day>) -> Vec<Tally> {
        let sums = self.sums.iter().filter(|((on, _), _)| *on == day);
        let tallies = sums.map(|((_, star), sum)| Tally {
            star_id: star.clone(),
            vote_count: sum.vote_count,
            reached: sum.reached,
        });
        tallies.collect()
    }

    pub(super) fn by_day(&self) -> Vec<VotesOfDay> {
        let mut days: BTreeMap<Day, VotesOfDay> = BTreeMap::new();
        let mut add = |day, counted, taken_back| {
            let votes = days.entry(day).or_insert(VotesOfDay { day, counted: 0, taken_back: 0 });
            votes.counted += counted;
            votes.taken_back += taken_back;
        };
        for ((day, _), sum) in &self.sums {
            day.iter().for_each(|day| add(*day, sum.vote_count, 0));
        }
        self.taken_back.iter().for_each(|(_, vote)| add(vote.day, 0, 1));
        days.into_values().collect()
    }

    pub(super) fn count_refused(&mut self, day: Day, code: ErrorCode) {
        self.refused.entry((day, code.as_str())).or_insert(RefusedRow { day, code, count: 0 }).count += 1;
    }

    pub(super) fn refused_by_day(&self) -> Vec<RefusedRow> {
        self.refused.values().copied().collect()
    }

    /// Every vote, also those that were taken back, in the order in which they were cast.
    pub(super) fn ever_cast_by(&self, who: ParticipantId) -> Vec<ExportedVote> {
        let taken_back = self.taken_back.iter().filter(|(by, _)| *by == who).map(|(_, vote)| vote);
        let mut votes: Vec<_> = self.all_of(who).iter().chain(taken_back).collect();
        votes.sort_by_key(|vote| vote.number);
        let votes = votes.into_iter().filter_map(|vote| {
            let (cast_at, taken_back_at) = *self.times.get(&vote.number)?;
            Some(ExportedVote { star_id: vote.star_id.clone(), day: vote.day, cast_at, taken_back_at })
        });
        votes.collect()
    }

    pub(super) fn move_all(&mut self, from: ParticipantId, to: ParticipantId) {
        let moved = self.cast.remove(&from).unwrap_or_default();
        let votes = self.cast.entry(to).or_default();
        votes.extend(moved);
        votes.sort_by_key(|vote| vote.number);
        self.taken_back.iter_mut().filter(|(who, _)| *who == from).for_each(|(who, _)| *who = to);
    }

    pub(super) fn take_back(&mut self, who: ParticipantId, vote: &VoteRow, at: Timestamp) {
        let votes = self.cast.entry(who).or_default();
        let Some(place) = votes.iter().position(|cast| cast.number == vote.number) else { return };
        self.taken_back.push((who, votes.remove(place)));
        if let Some((_, taken_back_at)) = self.times.get_mut(&vote.number) {
            *taken_back_at = Some(at);
        }
        for place in places(&vote.star_id, vote.day) {
            let counts = |cast: &&VoteRow| cast.star_id == place.1 && place.0.is_none_or(|day| cast.day == day);
            let last = self.cast.values().flatten().filter(counts).map(|cast| cast.number).max();
            let Some(sum) = self.sums.get_mut(&place) else { continue };
            sum.vote_count -= 1;
            sum.reached = last.unwrap_or(0).max(sum.seeded);
            if sum.vote_count == 0 {
                self.sums.remove(&place);
            }
        }
    }
}
