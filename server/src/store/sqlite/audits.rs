//! The sums of the daily public audit.
//!
//! Votes are counted from what is kept of them. Refusals are kept nowhere else, and there may be many more of them than votes:
//! they are remembered, and written down with the next commit that is due anyway, every few minutes, and at the end. A crash
//! loses what was only remembered; it never loses a vote.

use std::collections::BTreeMap;

use carnival_contract::error_code::ErrorCode;
use carnival_domain::time::Day;
use carnival_engine::ledger::{RefusedRow, VotesOfDay};
use rusqlite::{Connection, Result, params};

/// Refusals that are not written down yet: a handful of sums, whatever comes.
#[derive(Clone, Default)]
pub(in crate::store) struct Remembered(BTreeMap<(Day, ErrorCode), u64>);

impl Remembered {
    pub(super) fn count(&mut self, day: Day, code: ErrorCode, count: u64) {
        *self.0.entry((day, code)).or_default() += count;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes all of it down; whoever rolls that back has to put back what was here.
    pub(super) fn write_down(&mut self, db: &Connection) -> Result<()> {
        for ((day, code), count) in std::mem::take(&mut self.0) {
            db.prepare_cached(
                "INSERT INTO refused_vote (day, code, count) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET count = count + excluded.count",
            )?
            .execute(params![day.0, code.as_str(), count as i64])?;
        }
        Ok(())
    }
}

pub(super) fn votes_by_day(db: &Connection) -> Result<Vec<VotesOfDay>> {
    db.prepare_cached(
        "SELECT day, sum(counted), sum(taken_back) FROM (
           SELECT day, vote_count AS counted, 0 AS taken_back FROM tally_of_day
           UNION ALL SELECT day, 0, count(*) FROM vote WHERE taken_back_at IS NOT NULL GROUP BY day)
         GROUP BY day",
    )?
    .query_map([], |row| {
        Ok(VotesOfDay {
            day: Day(row.get(0)?),
            counted: row.get::<_, i64>(1)? as u64,
            taken_back: row.get::<_, i64>(2)? as u64,
        })
    })?
    .collect()
}

pub(super) fn refused_by_day(db: &Connection) -> Result<Vec<RefusedRow>> {
    db.prepare_cached("SELECT day, code, count FROM refused_vote ORDER BY day, code")?
        .query_map([], |row| {
            let word: String = row.get(1)?;
            let code = ErrorCode::ALL.iter().copied().find(|code| code.as_str() == word);
            Ok(RefusedRow {
                day: Day(row.get(0)?),
                code: code.unwrap_or(ErrorCode::Unknown),
                count: row.get::<_, i64>(2)? as u64,
            })
        })?
        .collect()
}

#[cfg(test)]
mod tests {
    use carnival_domain::ids::ParticipantId;
    use carnival_domain::time::Timestamp;
    use carnival_engine::Ledger as _;
    use carnival_engine::ledger::KeyMark;

    use super::super::{Sqlite, open};
    use super::*;
    use crate::store::batch::Transactional as _;

    const DAY: Day = Day(7);
    const CODE: ErrorCode = ErrorCode::StarQuotaSpent;

    fn written_down(store: &Sqlite) -> u64 {
        refused_by_day(&store.ledger.0).expect("rows").iter().map(|row| row.count).sum()
    }

    #[test]
    fn refusals_wait_for_a_commit_that_is_due_anyway_or_for_the_end() {
        let directory = tempfile::tempdir().expect("a directory");
        let mut store = open(&directory.path().join("test.db")).expect("a database");
        let star = "ann".parse().expect("a slug");
        store.transact(|ledger| ledger.count_refused_vote(DAY, CODE)).expect("no fault");
        let changes = store.ledger.0.total_changes();
        assert_eq!(written_down(&store), 0, "no write of its own");
        let failed: Result<()> = store.transact(|ledger| {
            ledger.add_vote(ParticipantId([1; 16]), &star, DAY, Timestamp::from_ms(0), KeyMark(1))?;
            ledger.count_refused_vote(DAY, CODE)?;
            Err(rusqlite::Error::InvalidQuery)
        });
        failed.expect_err("a fault");
        assert_eq!(written_down(&store), 0, "what failed is tried again, and counts then");
        assert!(store.ledger.0.total_changes() > changes);
        let vote = store
            .transact(|ledger| ledger.add_vote(ParticipantId([1; 16]), &star, DAY, Timestamp::from_ms(0), KeyMark(2)));
        vote.expect("no fault");
        assert_eq!(written_down(&store), 1);
        store.transact(|ledger| ledger.count_refused_vote(DAY, CODE)).expect("no fault");
        store.write_down().expect("no fault");
        assert_eq!(written_down(&store), 2);
        store.write_down().expect("no fault");
        assert_eq!(written_down(&store), 2, "once each");
        store.count_refused(DAY, CODE, 3);
        let failed: Result<()> = store.transact(|_| Err(rusqlite::Error::InvalidQuery));
        failed.expect_err("a fault");
        store.write_down().expect("no fault");
        assert_eq!(written_down(&store), 5, "what came outside of a transaction is not lost with it");
    }
}
