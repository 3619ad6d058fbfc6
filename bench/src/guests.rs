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

/// Writes so many new guests' cookies to a file beside the database, one a line.
pub(crate) fn mint(data_dir: &Path, count: u32) -> Result<PathBuf> {
    let signer = Signer::of(data_dir)?;
    let path = data_dir.join("newcomers");
    let mut file = BufWriter::new(File::create(&path)?);
    for _ in 0..count {
        writeln!(file, "{}", signer.cookie(signer.0.newcomer())?)?;
    }
    file.flush()?;
    Ok(path)
}
