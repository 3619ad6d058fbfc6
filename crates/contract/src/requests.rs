//! Bodies and parameters of requests.

use carnival_domain::ids::EntryId;
use carnival_domain::leaderboard::PartFrom;
use carnival_domain::share_token::{Channel, Landing};
use carnival_domain::time::Day;
use serde::{Deserialize, Serialize};

/// `POST links`: where the link leads and how it will travel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeLink {
    /// Where it leads.
    pub landing: Landing,
    /// How it will travel.
    pub channel: Channel,
}

/// `POST visits`: which link was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordVisit {
    /// What stood behind `/s/`.
    pub token: String,
}

/// `POST consents`: which version of the privacy notice is agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveConsent {
    /// The version that was shown.
    pub version: String,
}

/// `POST items/{item}/pick`: whether it is to be a pick of the participant's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickItem {
    /// Yes, or no longer.
    pub is_picked: bool,
}

/// `POST picks/shown`: whether friends who come by the participant's links see what they picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowPicks {
    /// Yes, or no longer.
    pub is_shown: bool,
}

/// `POST operator/pause` and `POST operator/resume`: what everybody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseNote {
    /// Why the rounds stand still. On resuming it may be left out: the note that is there stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `POST operator/dispatches`: what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkDispatched {
    /// The entries whose prizes were.
    pub entry_ids: Vec<EntryId>,
}

/// How many dispatches are taken at once.
pub const DISPATCHES_MAX: usize = 500;

/// Which leaderboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Board {
    /// The votes of the day that is running.
    Day,
    /// All votes.
    Overall,
}

impl Board {
    /// The board's word, as it stands in its path.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Overall => "overall",
        }
    }

    /// The board of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Day, Self::Overall].into_iter().find(|board| board.as_str() == word)
    }
}

/// `GET leaderboards/{board}?…`: which part of it. With nothing said, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardPart {
    /// For the board of a day: which, if not the one that is running.
    pub day: Option<Day>,
    /// Where the part begins.
    pub from: PartFrom,
    /// How many lines, at most [`BOARD_LINES_MAX`]; none for all.
    pub limit: Option<u32>,
}

/// The longest part of a leaderboard.
pub const BOARD_LINES_MAX: u32 = 200;
