//! Claiming a coupon.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::events::Fact;
use carnival_contract::replies::{ClaimReply, Coupon, CouponClaimed};
use carnival_domain::coupon::{Claim, claim_coupon, coupon_code};
use carnival_domain::ids::{OfferId, ParticipantId};

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::once::{Write, once};

impl Engine {
    /// Claims a coupon, with the next code that was brought along for its offer, or else with one made of random bytes. In
    /// the first moments of an offer with a fair start, a place in its draw.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn claim_coupon<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        offer_id: &OfferId,
        random: [u8; 16],
    ) -> Result<ClaimReply, Failure<L::Error>> {
        once(ledger, write, format!("claim {offer_id}"), |ledger, write| {
            let unknown = || Failure::refused(ErrorCode::UnknownOffer);
            let offer = self.campaign.offer(offer_id).ok_or_else(unknown)?;
            let claimed = ledger.claimed_count(offer_id)?;
            let coupons = ledger.coupons_of(write.who)?;
            let mine = coupons.iter().filter(|coupon| coupon.offer_id == *offer_id).count() as u32;
            let claim = claim_coupon(Some(offer), claimed, mine, write.now).map_err(Failure::refused)?;
            let Claim::Coupon { valid_until } = claim else {
                // `settle` ran before this command, and committed to the draw of every offer that is to have one.
                let draw = ledger.start_draw(offer_id)?.ok_or_else(unknown)?;
                return Ok(ClaimReply::InDraw { in_draw: self.enter_start(ledger, write, offer, &draw, random)? });
            };
            let [a, b, c, d, e, f, g, h, ..] = random;
            let code = self.next_code(ledger, offer_id, [a, b, c, d, e, f, g, h])?;
            let code = code.ok_or_else(|| Failure::refused(ErrorCode::CouponSoldOut))?;
            let coupon =
                Coupon { offer_id: offer_id.clone(), code, claimed_at: write.now, valid_until, redeemed_at: None };
            self.give_coupon(ledger, write.who, &coupon)?;
            Ok(ClaimReply::Coupon(CouponClaimed { coupon, claimed_count: claimed + 1 }))
        })
    }

    /// Gives a coupon, and tells those who want to hear of it.
    pub(crate) fn give_coupon<L: Ledger>(
        &self,
        ledger: &mut L,
        who: ParticipantId,
        coupon: &Coupon,
    ) -> Result<(), L::Error> {
        ledger.add_coupon(who, coupon)?;
        let Coupon { offer_id, code, claimed_at, valid_until, .. } = coupon.clone();
        // Codes that were brought along may be given out again on another database.
        let mark = format!("{code} {claimed_at}");
        self.tell(ledger, Fact::CouponClaimed { offer_id, code, valid_until }, &mark, claimed_at)
    }

    /// The code of an offer's next coupon; none if all that were brought along are given out.
    pub(crate) fn next_code<L: Ledger>(
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
