//! What a shop's server does with coupons.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::events::Fact;
use carnival_contract::problem::Problem;
use carnival_contract::shop::{ReserveCoupon, ShopCoupon, ShopReservation};
use carnival_domain::checkout::{HOLD_MAX_S, HOLD_USUAL_S, Reservation, coupon_state, reserve};
use carnival_domain::ids::{OfferId, ParticipantId, ReservationId};
use carnival_domain::local_text::LocalText;
use carnival_domain::money::Fen;
use carnival_domain::time::Timestamp;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::once::{Write, once};

/// Who asks for a shop's writes: all shops of a campaign share the keys that they are repeated by. No random id is this.
pub const SHOP: ParticipantId = ParticipantId(*b"carnival/shop/v1");

impl Engine {
    /// A coupon as a shop sees it.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn shop_coupon<L: Ledger>(
        &self,
        ledger: &L,
        code: &str,
        now: Timestamp,
    ) -> Result<ShopCoupon, Failure<L::Error>> {
        // Both are looked up either way, so that a code which is nobody's takes as long as one that is somebody's.
        let (coupon, last) = (ledger.coupon(code)?, ledger.last_reservation(code)?);
        let unknown = || Failure::refused(ErrorCode::UnknownCoupon);
        let coupon = coupon.ok_or_else(unknown)?;
        let terms = self.terms(&coupon.offer_id).ok_or_else(unknown)?;
        let state = coupon_state(coupon.valid_until, last.as_ref(), now);
        let held_by = last.map(|last| ShopReservation::at(last, now));
        Ok(ShopCoupon {
            code: coupon.code,
            offer_id: coupon.offer_id,
            title: terms.title,
            scope: terms.scope,
            amount_fen: terms.amount_fen,
            threshold_fen: terms.threshold_fen,
            claimed_at: coupon.claimed_at,
            valid_until: coupon.valid_until,
            state,
            held_by: held_by.filter(|held| held.state.holds()),
        })
    }

    /// Sets a coupon aside for an order. An order that has it already is given the same reservation again.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn reserve_coupon<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        code: &str,
        asked: &ReserveCoupon,
        random: [u8; 16],
    ) -> Result<ShopReservation, Failure<L::Error>> {
        let hold_s = asked.hold_s.unwrap_or(HOLD_USUAL_S);
        let request = format!("reserve {code} {} {hold_s}", asked.order_id);
        once(ledger, write, request, |ledger, write| {
            if !(1..=HOLD_MAX_S).contains(&hold_s) {
                return Err(Failure::refused(Problem::new(ErrorCode::HoldTooLong).with_limit(HOLD_MAX_S)));
            }
            let (coupon, last) = (ledger.coupon(code)?, ledger.last_reservation(code)?);
            let coupon = coupon.ok_or_else(|| Failure::refused(ErrorCode::UnknownCoupon))?;
            let has_it = reserve(coupon.valid_until, last.as_ref(), &asked.order_id, write.now);
            if let (true, Some(last)) = (has_it.map_err(Failure::refused)?, last) {
                return Ok(ShopReservation::at(last, write.now));
            }
            let reservation = Reservation {
                reservation_id: ReservationId(random),
                code: coupon.code,
                order_id: asked.order_id.clone(),
                reserved_at: write.now,
                reserved_until: write.now.plus_ms(i64::from(hold_s) * 1000),
                redeemed_at: None,
                rolled_back_at: None,
            };
            ledger.put_reservation(&reservation)?;
            Ok(ShopReservation::at(reservation, write.now))
        })
    }

    /// Uses what was set aside. To do so again changes nothing.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn redeem_coupon<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        id: ReservationId,
    ) -> Result<ShopReservation, Failure<L::Error>> {
        once(ledger, write, format!("redeem {id}"), |ledger, write| {
            let known = known(ledger, id)?;
            let redeemed = known.redeem(write.now).map_err(Failure::refused)?;
            if redeemed != known {
                ledger.put_reservation(&redeemed)?;
                self.tell_of_redemption(ledger, &redeemed, write.now)?;
            }
            Ok(ShopReservation::at(redeemed, write.now))
        })
    }

    /// Gives back what was set aside, redeemed or not. To do so again changes nothing.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn roll_back<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        id: ReservationId,
    ) -> Result<ShopReservation, Failure<L::Error>> {
        once(ledger, write, format!("roll back {id}"), |ledger, write| {
            let known = known(ledger, id)?;
            let rolled_back = known.roll_back(write.now);
            if rolled_back != known {
                ledger.put_reservation(&rolled_back)?;
            }
            Ok(ShopReservation::at(rolled_back, write.now))
        })
    }
}

/// What a coupon is good for.
struct Terms {
    title: LocalText,
    scope: LocalText,
    amount_fen: Fen,
    threshold_fen: Fen,
}

impl Engine {
    /// Those of an offer, or of a prize: that is worth its value, on any sum, and its name says the rest.
    fn terms(&self, id: &OfferId) -> Option<Terms> {
        if let Some(offer) = self.campaign.offer(id) {
            let (title, scope) = (offer.title.clone(), offer.scope.clone());
            return Some(Terms { title, scope, amount_fen: offer.amount_fen, threshold_fen: offer.threshold_fen });
        }
        let prize = self.campaign.prize_of_coupons(id)?;
        let (title, scope) = (prize.title.clone(), prize.title.clone());
        Some(Terms { title, scope, amount_fen: prize.value_fen, threshold_fen: Fen(0) })
    }

    fn tell_of_redemption<L: Ledger>(
        &self,
        ledger: &mut L,
        redeemed: &Reservation,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        let Some(coupon) = ledger.coupon(&redeemed.code)? else {
            return Ok(());
        };
        let Reservation { reservation_id, code, order_id, .. } = redeemed.clone();
        let fact = Fact::CouponRedeemed { offer_id: coupon.offer_id, code, order_id, reservation_id };
        self.tell(ledger, fact, &reservation_id.to_string(), now)
    }
}

fn known<L: Ledger>(ledger: &L, id: ReservationId) -> Result<Reservation, Failure<L::Error>> {
    ledger.reservation(id)?.ok_or_else(|| Failure::refused(ErrorCode::UnknownReservation))
}
