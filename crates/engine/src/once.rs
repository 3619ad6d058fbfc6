//! Doing a write once, however often it is asked for.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::idempotency::IdempotencyKey;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::{DAY_MS, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::ledger::{AnswerRow, KeyMark, Ledger};
use crate::votes::REPEATED_DAYS;

/// How long a key is known, ms.
const KNOWN_MS: i64 = REPEATED_DAYS as i64 * DAY_MS;

/// Who asks for a write, under which key, and when.
#[derive(Clone, Debug)]
pub struct Write {
    /// Who asks.
    pub who: ParticipantId,
    /// Under which key.
    pub key: IdempotencyKey,
    /// The back end's clock.
    pub now: Timestamp,
}

impl Write {
    /// A write of before is not known by its key any more.
    fn known_since(&self) -> Timestamp {
        self.now.plus_ms(-KNOWN_MS)
    }
}

/// Answers a repeated write with what was answered the first time, or else runs it and keeps its answer.
///
/// It is run for whoever acts for the one who asks: a tab that was opened before signing in asks as a guest still.
///
/// Refusals are not kept: nothing was done, and by the next try the answer may be a better one.
pub(crate) fn once<L: Ledger, T: Serialize + DeserializeOwned>(
    ledger: &mut L,
    write: &Write,
    request: String,
    run: impl FnOnce(&mut L, &Write) -> Result<T, Failure<L::Error>>,
) -> Result<T, Failure<L::Error>> {
    let write = &acting(ledger, write)?;
    let mark = KeyMark::of(&write.key);
    if ledger.may_know(mark, write.now) {
        if let Some(reply) = kept(ledger, write, &request)? {
            return Ok(reply);
        }
        if ledger.has_voted_under(write.who, mark, write.known_since())? {
            return Err(Failure::refused(ErrorCode::IdempotencyKeyReused));
        }
    }
    let reply = run(ledger, write)?;
    let answer = serde_json::to_string(&reply).map_err(|_| Failure::refused(ErrorCode::Internal))?;
    ledger.keep_answer(write.who, write.key.as_str(), &AnswerRow { request, answer }, write.now)?;
    Ok(reply)
}

/// What was answered to the same write before.
pub(crate) fn kept<L: Ledger, T: DeserializeOwned>(
    ledger: &L,
    write: &Write,
    request: &str,
) -> Result<Option<T>, Failure<L::Error>> {
    let Some(kept) = ledger.answer(write.who, write.key.as_str(), write.known_since())? else { return Ok(None) };
    if kept.request != request {
        return Err(Failure::refused(ErrorCode::IdempotencyKeyReused));
    }
    // An answer of an earlier version that can no longer be read must not be given a second time by
    // doing the write again.
    serde_json::from_str(&kept.answer).map(Some).map_err(|_| Failure::refused(ErrorCode::Internal))
}

/// The same write, asked for by whoever the asker's things belong to. Who has erased themselves asks for nothing any more: a
/// request that was on its way must not begin anew what was ended.
pub(crate) fn acting<L: Ledger>(ledger: &L, write: &Write) -> Result<Write, Failure<L::Error>> {
    let who = ledger.acting_unless_erased(write.who)?;
    let who = who.ok_or_else(|| Failure::refused(ErrorCode::ParticipantErased))?;
    Ok(Write { who, ..write.clone() })
}
