//! Entering a round.

use serde::{Deserialize, Serialize};

use crate::round::RoundPhase;
use crate::schedule::RoundSlot;
use crate::time::Timestamp;

/// What an entry waits for before it counts, where the tap is not enough.
///
/// Until then it is in no list and meets no target, and no receipt is signed. If the bell rings before, it never was one.
/// That a link was shared cannot be seen; that one was asked for can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwaitedAct {
    /// A share link of theirs is made.
    Share,
    /// Somebody else opens a link of theirs, whether they did before or not.
    Visit,
}

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
    /// The rounds are paused.
    Paused,
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
    is_paused: bool,
    next_opens_at: Option<Timestamp>,
) -> Result<(), EntryRefused> {
    let slot = slot.ok_or(EntryRefused::UnknownRound)?;
    match phase {
        RoundPhase::Open if is_paused => Err(EntryRefused::Paused),
        RoundPhase::Open => Ok(()),
        RoundPhase::Scheduled => Err(EntryRefused::NotOpenYet { opens_at: slot.opens_at }),
        RoundPhase::Sealed | RoundPhase::Drawn | RoundPhase::RolledOver => Err(EntryRefused::Closed { next_opens_at }),
    }
}
