//! The daily public audit of votes.

use std::collections::BTreeMap;

use carnival_contract::audits::{AuditDay, AuditsReply, RefusedVotes};
use carnival_contract::problem::Problem;
use carnival_domain::time::{Day, Timestamp};
use carnival_domain::vote::VoteRefused;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;

impl Engine {
    /// Every day of the campaign that has begun, newest first.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn audits<L: Ledger>(&self, ledger: &L, now: Timestamp) -> Result<AuditsReply, L::Error> {
        let today = self.campaign.day_at(now);
        let (first, last) = self.days_of_voting();
        let blank = |day| AuditDay { day, is_over: day < today, accepted: 0, taken_back: 0, refused: Vec::new() };
        let mut days: BTreeMap<Day, AuditDay> =
            (first.0..=last.min(today).0).map(|day| (Day(day), blank(Day(day)))).collect();
        // A campaign whose dates were changed has days outside of them; what came in then is told as well.
        for row in ledger.votes_by_day()? {
            let audit = days.entry(row.day).or_insert_with(|| blank(row.day));
            (audit.accepted, audit.taken_back) = (row.counted + row.taken_back, row.taken_back);
        }
        for row in ledger.refused_by_day()? {
            let audit = days.entry(row.day).or_insert_with(|| blank(row.day));
            audit.refused.push(RefusedVotes { code: row.code, count: row.count });
        }
        Ok(AuditsReply { days: days.into_values().rev().collect() })
    }

    /// The days on which votes are counted or refused: from the first on to the one on which the board freezes. Whatever
    /// comes before or after has no place in the audit, which so has an end.
    fn days_of_voting(&self) -> (Day, Day) {
        (self.campaign.day_at(self.campaign.starts_at), self.campaign.day_at(self.campaign.ends_at))
    }

    /// Whether a day has an audit that refusals count in.
    pub(crate) fn is_audited(&self, day: Day) -> bool {
        let (first, last) = self.days_of_voting();
        (first..=last).contains(&day)
    }

    /// Counts a refusal, and makes the answer of it.
    pub(crate) fn refuse_vote<L: Ledger>(&self, ledger: &mut L, day: Day, refused: VoteRefused) -> Failure<L::Error> {
        let problem = Problem::from(refused);
        if self.is_audited(day)
            && let Err(error) = ledger.count_refused_vote(day, problem.code)
        {
            return Failure::Ledger(error);
        }
        Failure::refused(problem)
    }
}
