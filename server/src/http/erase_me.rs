//! `POST me/erasure`

use axum::extract::State;
use axum::{Extension, Json};
use carnival_contract::replies::Erased;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::Beside;
use super::guard::CookieEnds;
use crate::app::App;
use crate::store::{Command, News};

pub(crate) struct Erase;

impl Command for Erase {
    type Reply = Erased;
    /// No sum that everybody sees changes.
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<Erased, Failure<L::Error>> {
        engine.erase(ledger, write)
    }

    fn run_and_tell<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
        news: &mut News,
    ) -> Result<Erased, Failure<L::Error>> {
        // Afterwards nobody knows any more whose the asker's things were.
        *news = News::Changed([write.who, ledger.acting(write.who)?]);
        self.run(engine, ledger, write)
    }
}

/// Erases the participant who asks, for good. The browser is a newcomer's from its next request on.
pub(crate) async fn erase_me(
    State(app): State<App>,
    Beside(write): Beside<Write>,
) -> Answer<(Extension<CookieEnds>, Json<Erased>)> {
    let erased = app.store.write(write, Erase).await?;
    Ok((Extension(CookieEnds), Json(erased)))
}
