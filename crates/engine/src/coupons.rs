//! Claiming a coupon.

use carnival_contract::replies::{Coupon, CouponClaimed};
use carnival_domain::coupon::{claim_coupon, coupon_code};
use carnival_domain::ids::OfferId;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::once::{Write, once};

impl Engine {
    /// Claims a coupon, with a code made of random bytes.
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
            let coupon =
                Coupon { offer_id: offer_id.clone(), code: coupon_code(random), claimed_at: write.now, valid_until };
            ledger.add_coupon(write.who, &coupon)?;
            Ok(CouponClaimed { coupon, claimed_count: claimed + 1 })
        })
    }
}
