//! `GET me/export`

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::export::Export;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Beside;
use super::guard::Shopper;
use crate::app::App;
use crate::store::Query;

struct EverythingOf(ParticipantId);

impl Query for EverythingOf {
    type Reply = Export;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, now: Timestamp) -> Result<Export, Failure<L::Error>> {
        engine.export(ledger, self.0, now)
    }
}

/// Everything that is kept about the participant who asks, as a file that people can read.
pub(crate) async fn get_export(State(app): State<App>, Beside(shopper): Beside<Shopper>) -> Answer<impl IntoResponse> {
    app.rates.sweep_of(shopper.who)?;
    let export = app.store.read(EverythingOf(shopper.who)).await?;
    let text = serde_json::to_string_pretty(&export).map_err(|_| ErrorCode::Internal)?;
    let name = format!("attachment; filename=\"carnival-{}.json\"", export.campaign_id);
    let name = HeaderValue::try_from(name).map_err(|_| ErrorCode::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, text))
}
