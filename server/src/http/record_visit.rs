//! `POST visits`

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use carnival_contract::replies::VisitCounted;
use carnival_contract::requests::RecordVisit;
use carnival_domain::entry::AwaitedAct;
use carnival_domain::share_token::Landing;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::crawler::is_crawler;
use super::error::Answer;
use super::extract::{Beside, Body};
use crate::app::App;
use crate::store::Command;

struct Visit {
    token: String,
}

impl Command for Visit {
    type Reply = VisitCounted;
    const IS_PUBLIC: bool = false;
    const MOVES_BELLS: bool = false;

    /// An entry may count because of it.
    fn is_public(&self, engine: &Engine) -> bool {
        engine.campaign().rounds.participation.awaits() == Some(AwaitedAct::Visit)
    }

    fn run<L: Ledger>(
        &self,
        engine: &Engine,
        ledger: &mut L,
        write: &Write,
    ) -> Result<VisitCounted, Failure<L::Error>> {
        engine.record_visit(ledger, write, &self.token)
    }
}

/// Counts a visit.
pub(crate) async fn record_visit(
    State(app): State<App>,
    headers: HeaderMap,
    Beside(write): Beside<Write>,
    Body(RecordVisit { token }): Body<RecordVisit>,
) -> Answer<Json<VisitCounted>> {
    if is_crawler(&headers) {
        let landing = app.store.engine().read_token(&token, write.now).map_or(Landing::Rush, |token| token.landing);
        return Ok(Json(VisitCounted { counted: false, landing }));
    }
    Ok(Json(app.store.write(write, Visit { token }).await?))
}
