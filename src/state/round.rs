//! The rounds: the one that counts down, those that ended, and entering.

mod entering;
mod ledger;

use std::sync::Arc;

use carnival_contract::live::RoundView;
use carnival_contract::problem::Problem;
use carnival_contract::replies::RoundRecord;
use carnival_domain::ids::RoundId;
use carnival_domain::round::RoundPhase;
use carnival_domain::time::Timestamp;
use leptos::prelude::untrack;

pub(crate) use ledger::{Outcome, outcome};

use crate::var::{Kept, Var};

/// How long the newest record rolls in, ms: as long as its last number in `style/effects.css`.
const NEWS_MS: i64 = 3100;
/// The last seconds are urgent, ms.
pub(crate) const URGENT_MS: i64 = 10_000;
/// What minutes, seconds and tenths can't show any more, ms.
const FAR_MS: i64 = 100 * 60_000;

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Rounds {
    round: Var<Option<Arc<RoundView>>>,
    phase: Var<RoundPhase>,
    is_far: Var<bool>,
    is_urgent: Var<bool>,
    ended_round_id: Kept<Option<RoundId>>,
    records: Var<Arc<Vec<RoundRecord>>>,
    records_known: Kept<bool>,
    /// When the newest record came while somebody was looking.
    news_at: Kept<Timestamp>,
    sending: Var<bool>,
    refused: Var<Option<Problem>>,
    revision: Kept<String>,
    refreshing: Kept<bool>,
    /// Of when the last frame of the stream is.
    newest_frame: Kept<Timestamp>,
}

impl Rounds {
    pub(super) fn new(ended: Option<RoundId>) -> Self {
        Self {
            round: Var::new(None),
            phase: Var::new(RoundPhase::Scheduled),
            is_far: Var::new(false),
            is_urgent: Var::new(false),
            ended_round_id: Kept::new(ended),
            records: Var::new(Arc::default()),
            records_known: Kept::new(false),
            news_at: Kept::new(Timestamp::default()),
            sending: Var::new(false),
            refused: Var::new(None),
            revision: Kept::new(String::new()),
            refreshing: Kept::new(false),
            newest_frame: Kept::new(Timestamp::default()),
        }
    }

    /// The round that is open, or else the next one; none once all are over.
    pub(crate) fn current(self) -> Option<Arc<RoundView>> {
        self.round.get()
    }

    /// What everybody is told while the rounds are paused.
    pub(crate) fn pause_note(self) -> Option<String> {
        self.round.with(|round| round.as_ref()?.paused.as_ref().map(|pause| pause.note.clone()))
    }

    /// The time by which the round goes: it stands while the rounds are paused.
    pub(crate) fn standing(self, now: Timestamp) -> Timestamp {
        self.round.with(|round| round.as_ref().map_or(now, |round| round.standing(now)))
    }

    /// Where it stands.
    pub(crate) fn phase(self) -> RoundPhase {
        self.phase.get()
    }

    /// Whether what is counted down to is too far away for minutes, seconds and tenths.
    pub(crate) fn is_far(self) -> bool {
        self.is_far.get()
    }

    /// Whether the round is open for some seconds only.
    pub(crate) fn is_urgent(self) -> bool {
        self.is_urgent.get()
    }

    /// How long until what is counted down to, ms: the rounds' time stands while they are paused, and so does what is left of it.
    pub(crate) fn left_ms(self, now: Timestamp) -> i64 {
        self.counts_down_to().map_or(0, |at| at.ms_since(self.standing(now)))
    }

    /// The rounds that ended last, newest first.
    pub(crate) fn records(self) -> Arc<Vec<RoundRecord>> {
        self.records.get()
    }

    /// Whether the newest record has just come: then it is worth a moment.
    pub(crate) fn is_news(self, now: Timestamp) -> bool {
        now.ms_since(self.news_at.get()) < NEWS_MS
    }

    /// Whether an entry is on its way.
    pub(crate) fn is_sending(self) -> bool {
        self.sending.get()
    }

    /// Why the last tap was refused.
    pub(crate) fn refused(self) -> Option<Problem> {
        self.refused.get()
    }

    /// The same as below, without being drawn again for it.
    pub(super) fn awaited(self) -> Option<Timestamp> {
        untrack(|| self.counts_down_to())
    }

    /// The next instant at which the phase changes.
    pub(crate) fn counts_down_to(self) -> Option<Timestamp> {
        let scheduled = self.phase.get() == RoundPhase::Scheduled;
        self.round.with(|round| round.as_ref().map(|round| if scheduled { round.opens_at } else { round.closes_at }))
    }

    pub(super) fn ended_round(self) -> Option<RoundId> {
        self.ended_round_id.get()
    }

    pub(super) fn newest_frame(self) -> Timestamp {
        self.newest_frame.get()
    }

    pub(super) fn set_newest_frame(self, at: Timestamp) {
        self.newest_frame.set(at);
    }

    pub(super) fn set_revision(self, revision: String) {
        self.revision.set(revision);
    }

    pub(super) fn revision_changed(self, revision: &str) -> bool {
        self.revision.with(|known| known != revision)
    }

    pub(super) fn begin_refresh(self) -> bool {
        !self.refreshing.update(|refreshing| std::mem::replace(refreshing, true))
    }

    pub(super) fn end_refresh(self) {
        self.refreshing.set(false);
    }

    /// Takes the round of a frame; says whether another one has ended since.
    pub(super) fn set_round(self, round: Option<RoundView>, ended: Option<RoundId>) -> bool {
        let known_count = self.round.with_untracked(|known| {
            let known = known.as_ref()?;
            round.as_ref().filter(|round| round.round_id == known.round_id).map(|_| known.participant_count)
        });
        if known_count.is_none() {
            // What was refused in another round is no news in this one.
            self.refused.set(None);
        }
        let round = round.map(|mut round| {
            // A frame made before our entry must not take it back.
            round.participant_count = round.participant_count.max(known_count.unwrap_or(0));
            Arc::new(round)
        });
        if self.round.with_untracked(|known| *known != round) {
            self.round.set(round);
        }
        let changed = self.ended_round_id.get() != ended;
        self.ended_round_id.set(ended);
        changed
    }

    /// Moves the phase on with the time.
    pub(super) fn tick(self, now: Timestamp) {
        let phase =
            self.round.with_untracked(|round| round.as_ref().map_or(RoundPhase::Drawn, |round| round.phase_at(now)));
        self.phase.set_if_new(phase);
        let left_ms = untrack(|| self.left_ms(now));
        self.is_far.set_if_new(left_ms >= FAR_MS);
        self.is_urgent.set_if_new(phase == RoundPhase::Open && left_ms < URGENT_MS);
    }

    fn count(self, round_id: RoundId, participant_count: u32) {
        self.round.update(|round| match round {
            Some(round) if round.round_id == round_id => {
                let counted = &mut Arc::make_mut(round).participant_count;
                *counted = participant_count.max(*counted);
            }
            _ => {}
        });
    }
}
