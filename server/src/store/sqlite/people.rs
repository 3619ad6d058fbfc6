//! What participants agreed to, and whom the platforms know.

use carnival_contract::replies::Consent;
use carnival_domain::erasure::mark;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::ParticipantId;
use carnival_domain::platforms::Provider;
use carnival_domain::time::Timestamp;
use carnival_engine::ledger::AccountRow;
use rusqlite::types::Type;
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, params};

use super::columns::instant;

pub(super) fn consent(db: &Connection, who: ParticipantId) -> Result<Option<Consent>> {
    let last = db
        .prepare_cached(
            "SELECT version, said_at, is_given FROM consent WHERE participant_id = ?1
             ORDER BY consent_number DESC LIMIT 1",
        )?
        .query_row([who.0], |row| {
            let consent = Consent { version: row.get(0)?, given_at: instant(row, 1)? };
            Ok((consent, row.get::<_, bool>(2)?))
        })
        .optional()?;
    Ok(last.and_then(|(consent, is_given)| is_given.then_some(consent)))
}

pub(super) fn say(db: &Connection, who: ParticipantId, version: &str, is_given: bool, at: Timestamp) -> Result<()> {
    db.prepare_cached("INSERT INTO consent (participant_id, version, is_given, said_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![who.0, version, is_given, at.as_ms()])
        .map(drop)
}

const SELECT: &str = "SELECT provider, subject, participant_id, since, nickname FROM account";

fn row(row: &Row) -> Result<AccountRow> {
    let word: String = row.get(0)?;
    let provider = Provider::parse(&word);
    let unknown = || Error::FromSqlConversionFailure(0, Type::Text, format!("{word} is no platform").into());
    Ok(AccountRow {
        provider: provider.ok_or_else(unknown)?,
        subject: Hash32(row.get(1)?),
        participant_id: ParticipantId(row.get(2)?),
        since: instant(row, 3)?,
        nickname: row.get(4)?,
    })
}

pub(super) fn account(db: &Connection, provider: Provider, subject: Hash32) -> Result<Option<AccountRow>> {
    db.prepare_cached(&format!("{SELECT} WHERE provider = ?1 AND subject = ?2"))?
        .query_row(params![provider.as_str(), subject.0], row)
        .optional()
}

pub(super) fn accounts_of(db: &Connection, who: ParticipantId) -> Result<Vec<AccountRow>> {
    let mut query =
        db.prepare_cached(&format!("{SELECT} WHERE participant_id = ?1 ORDER BY since DESC, provider DESC"))?;
    query.query_map([who.0], row)?.collect()
}

pub(super) fn put_account(db: &Connection, account: &AccountRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO account (provider, subject, participant_id, since, nickname) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET participant_id = excluded.participant_id, since = excluded.since,
           nickname = excluded.nickname",
    )?
    .execute(params![
        account.provider.as_str(),
        account.subject.0,
        account.participant_id.0,
        account.since.as_ms(),
        account.nickname
    ])
    .map(drop)
}

pub(super) fn forget_accounts(db: &Connection, who: ParticipantId) -> Result<()> {
    db.prepare_cached("DELETE FROM account WHERE participant_id = ?1")?.execute([who.0]).map(drop)
}

/// Both questions in one look: they stand before every write.
pub(super) fn acting_unless_erased(db: &Connection, who: ParticipantId) -> Result<Option<ParticipantId>> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM erased WHERE mark = ?1), (SELECT to_id FROM moved WHERE from_id = ?2)",
    )?
    .query_row(params![mark(who), who.0], |row| {
        let is_erased: bool = row.get(0)?;
        let to: Option<[u8; 16]> = row.get(1)?;
        Ok((!is_erased).then(|| to.map_or(who, ParticipantId)))
    })
}

pub(super) fn acting(db: &Connection, who: ParticipantId) -> Result<ParticipantId> {
    let to = db
        .prepare_cached("SELECT to_id FROM moved WHERE from_id = ?1")?
        .query_row([who.0], |row| row.get(0).map(ParticipantId))
        .optional()?;
    Ok(to.unwrap_or(who))
}
