//! `GET draws/{draw}/proof`

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use carnival_contract::error_code::ErrorCode;
use carnival_domain::draw::proof::DrawProof;
use carnival_domain::ids::DrawId;
use carnival_domain::time::Timestamp;
use carnival_engine::{Engine, Failure, Ledger};

use super::error::Answer;
use super::extract::Named;
use crate::app::App;
use crate::store::Query;

/// A draw is made once; what is public of it stays as it is.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";

struct ProofOf(DrawId);

impl Query for ProofOf {
    type Reply = DrawProof;

    fn run<L: Ledger>(self, engine: &Engine, ledger: &L, _now: Timestamp) -> Result<DrawProof, Failure<L::Error>> {
        engine.proof(ledger, &self.0)
    }
}

/// The proof of a draw.
pub(crate) async fn get_proof(State(app): State<App>, draw: Named) -> Answer<impl IntoResponse> {
    let draw: String = draw.id(ErrorCode::UnknownDraw)?;
    let proof = app.store.read(ProofOf(draw.into())).await?;
    Ok(([(header::CACHE_CONTROL, FOR_EVER)], Json(proof)))
}
