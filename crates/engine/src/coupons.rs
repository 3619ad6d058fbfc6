//! Claiming a coupon.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::events::Fact;
use carnival_contract::replies::{Coupon, CouponClaimed};
use carnival_domain::coupon::{claim_coupon, coupon_code};
use carnival_domain::ids::OfferId;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::once::{Write, once};

impl Engine {
    /// Claims a coupon, with the next code that was brought along for its offer, or else with one made of random bytes.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn claim_coupon<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        offer_id: &OfferId,
        random: [u8; 8],
    ) -> Result<CouponClaimed, Failure<L::Error>> {
        once(ledger, write, format!("claim {offer_id}"), |ledger, write| {
            let offer = self.campaign.offer(offer_id);
            let claimed = ledger.claimed_count(offer_id)?;
            let coupons = ledger.coupons_of(write.who)?;
            let mine = coupons.iter().filter(|coupon| coupon.offer_id == *offer_id).count() as u32;
            let valid_until = claim_coupon(offer, claimed, mine, write.now).map_err(Failure::refused)?;
            let code = self.next_code(ledger, offer_id, random)?;
            let code = code.ok_or_else(|| Failure::refused(ErrorCode::CouponSoldOut))?;
            let coupon =
                Coupon { offer_id: offer_id.clone(), code, claimed_at: write.now, valid_until, redeemed_at: None };
            ledger.add_coupon(write.who, &coupon)?;
            let Coupon { offer_id, code, valid_until, .. } = coupon.clone();
            // Codes that were brought along may be given out again on another database.
            let mark = format!("{code} {}", write.now);
            self.tell(ledger, Fact::CouponClaimed { offer_id, code, valid_until }, &mark, write.now)?;
            Ok(CouponClaimed { coupon, claimed_count: claimed + 1 })
        })
    }

    /// The code of an offer's next coupon; none if all that were brought along are given out.
    fn next_code<L: Ledger>(
        &self,
        ledger: &L,
        offer_id: &OfferId,
        random: [u8; 8],
    ) -> Result<Option<String>, L::Error> {
        let codes = &self.campaign.codes;
        if codes.is_imported(offer_id) {
            return ledger.free_code(offer_id);
        }
        Ok(Some(codes.prefixed(coupon_code(random))))
    }
}
