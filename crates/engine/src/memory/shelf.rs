//! Codes that were brought along, and what shops do with coupons.

use carnival_contract::replies::Coupon;
use carnival_domain::checkout::Reservation;
use carnival_domain::ids::{OfferId, ReservationId};

#[derive(Clone, Debug)]
struct Code {
    offer_id: OfferId,
    code: String,
    is_free: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    codes: Vec<Code>,
    reservations: Vec<Reservation>,
}

impl Shelf {
    pub(super) fn offer_of(&self, code: &str) -> Option<OfferId> {
        self.codes.iter().find(|known| known.code == code).map(|known| known.offer_id.clone())
    }

    pub(super) fn code_count(&self, offer: &OfferId) -> u32 {
        self.codes.iter().filter(|known| known.offer_id == *offer).count() as u32
    }

    pub(super) fn free_code(&self, offer: &OfferId) -> Option<String> {
        self.codes.iter().find(|known| known.is_free && known.offer_id == *offer).map(|known| known.code.clone())
    }

    pub(super) fn add_code(&mut self, offer: &OfferId, code: &str) {
        self.codes.push(Code { offer_id: offer.clone(), code: code.to_owned(), is_free: true });
    }

    pub(super) fn give(&mut self, code: &str) {
        if let Some(known) = self.codes.iter_mut().find(|known| known.code == code) {
            known.is_free = false;
        }
    }

    pub(super) fn reservation(&self, id: ReservationId) -> Option<Reservation> {
        self.reservations.iter().find(|known| known.reservation_id == id).cloned()
    }

    pub(super) fn last_reservation(&self, code: &str) -> Option<&Reservation> {
        self.reservations.iter().rev().find(|known| known.code == code)
    }

    pub(super) fn reservations_of(&self, code: &str) -> Vec<Reservation> {
        self.reservations.iter().filter(|known| known.code == code).cloned().collect()
    }

    pub(super) fn put_reservation(&mut self, reservation: &Reservation) {
        match self.reservations.iter_mut().find(|known| known.reservation_id == reservation.reservation_id) {
            Some(known) => *known = reservation.clone(),
            None => self.reservations.push(reservation.clone()),
        }
    }

    /// A coupon with when it was redeemed.
    pub(super) fn as_used(&self, coupon: &Coupon) -> Coupon {
        let last = self.last_reservation(&coupon.code).filter(|last| last.rolled_back_at.is_none());
        Coupon { redeemed_at: last.and_then(|last| last.redeemed_at), ..coupon.clone() }
    }
}
