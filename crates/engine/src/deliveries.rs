//! Where prizes go: kept sealed, shown masked to who won, told in clear to the operator who sends them.

use std::sync::Arc;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_contract::replies::{DELIVERIES_SHOWN, DeliveriesReply, Delivery, Dispatched, PrizeClaimed, Win};
use carnival_domain::award::{AwardState, claim_prize};
use carnival_domain::delivery::{DeliveryForm, DeliverySummary};
use carnival_domain::hex;
use carnival_domain::ids::{DrawId, EntryId, ParticipantId};
use carnival_domain::time::Timestamp;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{AwardRow, Ledger};
use crate::once::{Write, once};

/// Bytes that make every sealing a different one.
pub type Nonce = [u8; 24];

/// Seals addresses before a ledger sees them.
pub trait SealDelivery: Send + Sync {
    /// What nobody can read or change without the key, and what opens for the same `context` only.
    fn seal(&self, nonce: Nonce, context: &[u8], clear: &[u8]) -> Option<Vec<u8>>;
    /// What was sealed; none with another key or context.
    fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>>;
}

/// No seal: for a ledger that ends with the page or the test that it is in.
pub struct Unsealed;

impl SealDelivery for Unsealed {
    fn seal(&self, _nonce: Nonce, _context: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
        Some(clear.to_vec())
    }

    fn open(&self, _context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        Some(sealed.to_vec())
    }
}

impl Engine {
    /// The same engine, with a way to keep addresses. Without one it takes none.
    #[must_use]
    pub fn with_deliveries(self, seal: Arc<dyn SealDelivery>) -> Self {
        Self { seal_delivery: Some(seal), ..self }
    }

    /// Says where a prize goes, or that it goes elsewhere now.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn claim_prize<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        draw: &DrawId,
        entry: EntryId,
        form: &DeliveryForm,
        nonce: Nonce,
    ) -> Result<PrizeClaimed, Failure<L::Error>> {
        // The request is kept beside its answer: under a key, so that nobody can try out addresses on it.
        let request = format!("deliver {draw} {entry} {}", self.mark(form));
        once(ledger, write, request, |ledger, write| {
            let row = ledger.award(entry)?.filter(|row| row.participant_id == write.who && row.draw_id == *draw);
            let row = row.filter(|row| row.award.state != AwardState::PassedOver);
            let row = row.ok_or_else(|| Failure::refused(ErrorCode::UnknownPrize))?;
            let award = claim_prize(&row.award, write.now).map_err(Failure::refused)?;
            let malformed = |field: &str| Problem::new(ErrorCode::DeliveryMalformed).with_detail(field);
            let form = form.checked().map_err(|field| Failure::refused(malformed(field.as_str())))?;
            let sealed = self.seal(&row, &form, nonce);
            let sealed = sealed.ok_or_else(|| Failure::refused(ErrorCode::DeliveryUnavailable))?;
            ledger.put_delivery(entry, &sealed)?;
            let row = AwardRow { award, ..row };
            ledger.put_award(&row)?;
            Ok(PrizeClaimed { entry_id: entry, state: row.award.state, changed_at: row.award.changed_at })
        })
    }

    /// What a participant has won, newest first.
    pub(crate) fn wins<L: Ledger>(&self, ledger: &L, who: ParticipantId) -> Result<Vec<Win>, L::Error> {
        let rows = ledger.awards_of(who)?.into_iter().filter(|row| row.award.state != AwardState::PassedOver);
        rows.map(|row| {
            let delivery = self.summary(ledger, &row)?;
            Ok(Win {
                draw_id: row.draw_id,
                occasion: row.occasion,
                entry_id: row.award.entry_id,
                prize_id: row.award.prize_id,
                state: row.award.state,
                claim_by: row.award.claim_by,
                reserve: row.award.reserve,
                coupon: row.coupon,
                delivery,
            })
        })
        .collect()
    }

    /// What was claimed and not sent, for the operator.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn deliveries<L: Ledger>(&self, ledger: &L) -> Result<DeliveriesReply, Failure<L::Error>> {
        let rows = ledger.awards_to_send(DELIVERIES_SHOWN)?.into_iter();
        let deliveries = rows.map(|(row, sealed)| {
            let to = self.open(&row, &sealed).ok_or_else(|| Failure::refused(ErrorCode::DeliveryUnavailable))?;
            Ok(Delivery {
                entry_id: row.award.entry_id,
                prize_id: row.award.prize_id,
                claimed_at: row.award.changed_at,
                draw_id: row.draw_id,
                to,
            })
        });
        Ok(DeliveriesReply { deliveries: deliveries.collect::<Result<_, Failure<L::Error>>>()? })
    }

    /// Writes down that prizes are on their way. Saying it again changes nothing.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn mark_dispatched<L: Ledger>(
        &self,
        ledger: &mut L,
        entries: &[EntryId],
        now: Timestamp,
    ) -> Result<Dispatched, L::Error> {
        let mut told = Dispatched { entry_ids: Vec::new(), unknown: Vec::new() };
        for entry in entries {
            let row = ledger.award(*entry)?;
            match row {
                Some(row) if row.award.state == AwardState::Claimed => {
                    let award = row.award.now_is(AwardState::Dispatched, now);
                    ledger.put_award(&AwardRow { award, ..row })?;
                    told.entry_ids.push(*entry);
                }
                Some(row) if row.award.state == AwardState::Dispatched => told.entry_ids.push(*entry),
                _ => told.unknown.push(*entry),
            }
        }
        Ok(told)
    }

    fn summary<L: Ledger>(&self, ledger: &L, row: &AwardRow) -> Result<Option<DeliverySummary>, L::Error> {
        if !matches!(row.award.state, AwardState::Claimed | AwardState::Dispatched) {
            return Ok(None);
        }
        let sealed = ledger.delivery(row.award.entry_id)?;
        Ok(sealed.and_then(|sealed| self.open(row, &sealed)).map(|form| form.summary()))
    }

    fn seal(&self, row: &AwardRow, form: &DeliveryForm, nonce: Nonce) -> Option<Vec<u8>> {
        let clear = serde_json::to_vec(form).ok()?;
        self.seal_delivery.as_ref()?.seal(nonce, &context(row), &clear)
    }

    pub(crate) fn open(&self, row: &AwardRow, sealed: &[u8]) -> Option<DeliveryForm> {
        let clear = self.seal_delivery.as_ref()?.open(&context(row), sealed)?;
        serde_json::from_slice(&clear).ok()
    }

    fn mark(&self, form: &DeliveryForm) -> String {
        let mac = self.mac("carnival/delivery/request/v1", &[&form.name, &form.phone, &form.address]);
        hex::encode(&mac[..16])
    }

    /// What nobody can make or try out who has not the back end's secret; for one purpose each.
    pub(crate) fn mac(&self, purpose: &str, parts: &[&str]) -> [u8; 32] {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.share_key).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        for part in parts {
            mac.update(b"\x1f");
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// What a sealed address belongs to: moved to another prize, it does not open.
fn context(row: &AwardRow) -> Vec<u8> {
    let award = &row.award;
    format!("carnival/delivery/v1\x1f{}\x1f{}\x1f{}", row.draw_id, award.prize_id, award.entry_id).into_bytes()
}
