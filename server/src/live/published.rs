//! One frame in all the forms it is sent in, encoded once.

use bytes::Bytes;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_contract::snapshot::{CampaignSnapshot, Glance, StarView};
use carnival_domain::leaderboard::Tally;
use tokio::time::Instant;

use crate::http::encoding::{Effort, Encoded};
use crate::site::escape::json_for_html;

/// A frame and the snapshot around it.
#[derive(Debug)]
pub struct Published {
    /// The store's version that it shows.
    pub version: u64,
    /// When it was made.
    pub made: Instant,
    /// The frame's id; names these bytes, and no others, for ever.
    pub id: String,
    /// The stars, for the document.
    pub board: Board,
    /// The snapshot, JSON.
    pub snapshot: Encoded,
    /// The snapshot as it can stand inside a script element.
    pub snapshot_for_html: String,
    /// Of it, what a page shows before anybody touches it; the same way.
    pub glance_for_html: String,
    /// The frame as an event of a stream.
    pub event: Event,
}

/// The stars that are revealed, and their votes.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Who they are.
    pub stars: Vec<StarView>,
    /// How they stand, in no order.
    pub tallies: Vec<Tally>,
}

/// An event of a stream, as it is and as a chunk of a body; made once for all listeners.
#[derive(Clone, Debug)]
pub struct Event {
    /// As it is.
    pub text: Bytes,
    /// With its length before it, as HTTP/1.1 sends what has no end yet.
    pub chunk: Bytes,
}

impl Event {
    /// Both forms of a text.
    pub fn new(text: String) -> Self {
        Self { chunk: format!("{:x}\r\n{text}\r\n", text.len()).into(), text: text.into() }
    }
}

impl Published {
    pub(super) fn new(snapshot: CampaignSnapshot, version: u64) -> Result<Self, Problem> {
        let unwritable = |_| Problem::new(ErrorCode::Internal);
        let json = serde_json::to_string(&snapshot).map_err(unwritable)?;
        let glance = serde_json::to_string(&Glance::from(&snapshot)).map_err(unwritable)?;
        let frame = serde_json::to_string(&snapshot.live).map_err(unwritable)?;
        let id = snapshot.live.id;
        Ok(Self {
            version,
            made: Instant::now(),
            event: Event::new(format!("event: frame\nid: {id}\ndata: {frame}\n\n")),
            id,
            board: Board { stars: snapshot.stars, tallies: snapshot.live.tallies },
            snapshot_for_html: json_for_html(&json),
            glance_for_html: json_for_html(&glance),
            snapshot: Encoded::of(json.into(), Effort::EachChange),
        })
    }
}
