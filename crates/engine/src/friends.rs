//! Votes that friends earn.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use carnival_contract::export::ExportedEarning;
use carnival_contract::replies::VotesEarned;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::{Day, Timestamp};

use crate::Engine;
use crate::ledger::{Ledger, VoteRow};

impl Engine {
    /// What friends earned somebody on a day; none where nothing is earned.
    pub(crate) fn earned<L: Ledger>(
        &self,
        ledger: &L,
        who: ParticipantId,
        day: Day,
    ) -> Result<Option<VotesEarned>, L::Error> {
        self.earned_within(ledger, who, &self.campaign.span_of(day))
    }

    /// The same within a part of a day.
    pub(crate) fn earned_within<L: Ledger>(
        &self,
        ledger: &L,
        who: ParticipantId,
        span: &Range<Timestamp>,
    ) -> Result<Option<VotesEarned>, L::Error> {
        // Where nothing is earned, nothing is looked up.
        let Some(rule) = self.campaign.friends_earn() else { return Ok(None) };
        let friend_count = ledger.friends_between(who, span, rule.friends_counted())?;
        Ok(Some(VotesEarned { friend_count, vote_count: rule.earned(friend_count) }))
    }

    /// The same on each day of somebody's votes, by day.
    pub(crate) fn earned_by_day<L: Ledger>(
        &self,
        ledger: &L,
        who: ParticipantId,
        votes: &[VoteRow],
    ) -> Result<BTreeMap<Day, u32>, L::Error> {
        let days: BTreeSet<Day> = votes.iter().map(|vote| vote.day).collect();
        let earned = |day| Ok((day, self.earned(ledger, who, day)?.map_or(0, |earned| earned.vote_count)));
        days.into_iter().map(earned).collect()
    }

    /// Every day on which friends earned somebody anything, for them to take along.
    pub(crate) fn exported_earnings<L: Ledger>(
        &self,
        ledger: &L,
        who: ParticipantId,
        now: Timestamp,
    ) -> Result<Vec<ExportedEarning>, L::Error> {
        if self.campaign.friends_earn().is_none() {
            return Ok(Vec::new());
        }
        let (starts_at, ends_at) = (self.campaign.starts_at, self.campaign.ends_at);
        let (first, last) = (self.campaign.day_at(starts_at), self.campaign.day_at(now.min(ends_at.plus_ms(-1))));
        let mut days = Vec::new();
        for day in (first.0..=last.0).map(Day) {
            if let Some(earned) = self.earned(ledger, who, day)?.filter(|earned| earned.friend_count > 0) {
                days.push(ExportedEarning { day, earned });
            }
        }
        Ok(days)
    }
}
