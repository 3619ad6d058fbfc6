//! Entering a round.

use crate::round::RoundPhase;
use crate::schedule::RoundSlot;
use crate::time::Timestamp;

/// Why a participant cannot enter a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryRefused {
    /// The campaign has no such round.
    UnknownRound,
    /// It has not begun.
    NotOpenYet {
        /// When it begins.
        opens_at: Timestamp,
    },
    /// The bell has rung.
    Closed {
        /// When the next round begins, if there is one.
        next_opens_at: Option<Timestamp>,
    },
}

/// Decides whether a round can be entered. Entering twice is no refusal: the first entry is simply shown
/// again, so whoever keeps the entries looks that up before asking here.
pub fn enter_round(
    slot: Option<&RoundSlot>,
    phase: RoundPhase,
    next_opens_at: Option<Timestamp>,
) -> Result<(), EntryRefused> {
    let slot = slot.ok_or(EntryRefused::UnknownRound)?;
    match phase {
        RoundPhase::Open => Ok(()),
        RoundPhase::Scheduled => Err(EntryRefused::NotOpenYet { opens_at: slot.opens_at }),
        RoundPhase::Sealed | RoundPhase::Drawn | RoundPhase::RolledOver => Err(EntryRefused::Closed { next_opens_at }),
    }
}
