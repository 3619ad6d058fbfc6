//! Participants for the load generator: cookies signed with the server's own key, by the server's own code. Only who can
//! read the data directory can do so; the server has no door for it.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;
use carnival_server::identity::guest::Guests;
use carnival_server::identity::secrets::Secrets;

use crate::time::now_ms;

/// Signs cookies as the server of a data directory does.
pub(crate) struct Signer(Guests);

impl Signer {
    pub(crate) fn of(data_dir: &Path) -> Result<Self> {
        let secrets = Secrets::load(data_dir).map_err(|error| anyhow!(error))?;
        Ok(Self(Guests::new(secrets.guest_key(), Timestamp::from_ms(0))))
    }

    /// The value of a participant's cookie.
    pub(crate) fn cookie(&self, who: ParticipantId) -> Result<String> {
        let header = self.0.cookie(who, Timestamp::from_ms(0), false).context("a cookie")?;
        let value = header.to_str()?.split(['=', ';']).nth(1).context("a cookie has a value")?;
        Ok(value.to_owned())
    }
}

/// How many come in a second: their ids begin with the second in which they came.
const NEWCOMERS_PER_SECOND: u64 = 5000;
/// Over how many days those came who are back.
const SEASON_MS: u64 = 18 * 86_400_000;

/// Writes so many new guests' cookies to a file beside the database, one a line, in the order in which they came.
pub(crate) fn mint(data_dir: &Path, count: u32) -> Result<PathBuf> {
    write(data_dir, "newcomers", count, |place| SEASON_MS + place * 1000 / NEWCOMERS_PER_SECOND)
}

/// The same of guests who came over the days before, in no order.
pub(crate) fn mint_back(data_dir: &Path, count: u32) -> Result<PathBuf> {
    // A step that leads all over the season before it comes by again.
    write(data_dir, "back", count, |place| place.wrapping_mul(2_654_435_761) % SEASON_MS)
}

fn write(data_dir: &Path, name: &str, count: u32, came_after_ms: impl Fn(u64) -> u64) -> Result<PathBuf> {
    let signer = Signer::of(data_dir)?;
    let path = data_dir.join(name);
    let mut file = BufWriter::new(File::create(&path)?);
    let first = now_ms() - SEASON_MS as i64;
    for place in 0..u64::from(count) {
        let came_at = Timestamp::from_ms(first + came_after_ms(place) as i64);
        writeln!(file, "{}", signer.cookie(signer.0.newcomer(came_at))?)?;
    }
    file.flush()?;
    Ok(path)
}
