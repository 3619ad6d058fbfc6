//! `GET draws/{draw}/receipts/{entry}`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::ReceiptProof;
use carnival_domain::ids::{DrawId, EntryId};
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::NamedTwice;
use super::get_proof::FOR_EVER;
use crate::app::App;
use crate::store::Query;

struct ReceiptOf(DrawId, EntryId);

impl Query for ReceiptOf {
    type Reply = ReceiptProof;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<ReceiptProof, Failure<L::Error>> {
        engine.receipt_proof(ledger, &self.0, self.1)
    }
}

/// An entry's way to the root of its draw.
pub(crate) async fn get_receipt(
    State(app): State<App>,
    NamedTwice(draw, entry): NamedTwice,
) -> Answer<impl IntoResponse> {
    let entry = entry.parse().map_err(|_| ErrorCode::UnknownEntry)?;
    let proof = app.store.read(ReceiptOf(draw.into(), entry)).await?;
    Ok(([(header::CACHE_CONTROL, FOR_EVER)], Json(proof)))
}
