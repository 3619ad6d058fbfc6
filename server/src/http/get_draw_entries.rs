//! `GET draws/{draw}/entries`

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;
use carnival_domain::ids::{DrawId, EntryId};
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Named;
use super::get_proof::FOR_EVER;
use crate::app::App;
use crate::store::Query;

struct EntriesOf(DrawId);

impl Query for EntriesOf {
    type Reply = Vec<EntryId>;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<Vec<EntryId>, Failure<L::Error>> {
        engine.draw_entries(ledger, &self.0)
    }
}

/// A draw's entries as plain text, one id a line, ascending.
pub(crate) async fn get_draw_entries(State(app): State<App>, draw: Named) -> Answer<impl IntoResponse> {
    let draw: String = draw.id(ErrorCode::UnknownDraw)?;
    let entries = app.store.read(EntriesOf(draw.into())).await?;
    let text: String = entries.iter().map(|id| format!("{id}\n")).collect();
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, FOR_EVER)];
    Ok((headers, text))
}
