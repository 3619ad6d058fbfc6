//! Stopping the rounds and letting them go on.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_contract::replies::PauseReply;
use carnival_contract::requests::PauseNote;
use carnival_domain::pause::{NOTE_MAX, Pause, checked_note};
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;

impl Engine {
    /// Stops the rounds. Where they stand already, only the note is another one from now on: so it can be said again when
    /// an answer got lost.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn pause_rounds<L: Ledger>(
        &self,
        ledger: &mut L,
        asked: &PauseNote,
        now: Timestamp,
    ) -> Result<PauseReply, Failure<L::Error>> {
        let note = note(asked)?.ok_or_else(malformed)?;
        let from = self.round_clock(ledger)?.paused().map_or(now, |pause| pause.from);
        let pause = Pause { from, until: None, note };
        ledger.put_pause(&pause)?;
        Ok(PauseReply { pause })
    }

    /// Lets the rounds go on; all that is to come comes later by the pause.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn resume_rounds<L: Ledger>(
        &self,
        ledger: &mut L,
        asked: &PauseNote,
        now: Timestamp,
    ) -> Result<PauseReply, Failure<L::Error>> {
        let note = note(asked)?;
        let clock = self.round_clock(ledger)?;
        let paused = clock.paused().ok_or_else(|| Failure::refused(ErrorCode::RoundsNotPaused))?;
        let until = Some(now.max(paused.from));
        let pause = Pause { from: paused.from, until, note: note.unwrap_or_else(|| paused.note.clone()) };
        ledger.put_pause(&pause)?;
        Ok(PauseReply { pause })
    }
}

fn note<E>(asked: &PauseNote) -> Result<Option<String>, Failure<E>> {
    asked.note.as_deref().map(|note| checked_note(note).ok_or_else(malformed)).transpose()
}

fn malformed<E>() -> Failure<E> {
    Failure::refused(Problem::new(ErrorCode::NoteMalformed).with_limit(NOTE_MAX as u32))
}
