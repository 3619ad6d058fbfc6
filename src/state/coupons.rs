//! The coupon offers, and claiming from them.

use std::sync::Arc;

use carnival_contract::live::OfferClaims;
use carnival_contract::problem::Problem;
use carnival_contract::replies::Me;
use carnival_domain::coupon::{CouponOffer, OfferState, offer_state};
use carnival_domain::ids::OfferId;
use leptos::prelude::untrack;
use leptos::task::spawn_local;

use super::toasts::Tone;
use super::{State, new_key};
use crate::var::{Derived, Var};

/// An offer: what stays and what changes.
#[derive(Clone)]
pub(crate) struct Offer {
    /// What it is.
    pub(crate) terms: Arc<CouponOffer>,
    /// How many were claimed by all.
    pub(crate) claimed: Var<u32>,
    /// Whether a claim is on its way.
    pub(crate) sending: Var<bool>,
    /// Why the last claim was refused.
    pub(crate) refused: Var<Option<Problem>>,
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Coupons(Var<Arc<Vec<Offer>>>);

impl Coupons {
    pub(super) fn new() -> Self {
        Self(Var::new(Arc::default()))
    }

    /// The offers, in the campaign's order.
    pub(crate) fn offers(self) -> Arc<Vec<Offer>> {
        self.0.get()
    }

    pub(super) fn set_offers(self, offers: Vec<CouponOffer>) {
        let known = self.0.get_untracked();
        if known.len() == offers.len() && known.iter().zip(&offers).all(|(known, offer)| *known.terms == *offer) {
            return;
        }
        let offers = offers.into_iter().map(|terms| Offer {
            terms: Arc::new(terms),
            claimed: Var::new(0),
            sending: Var::new(false),
            refused: Var::new(None),
        });
        self.0.set(Arc::new(offers.collect()));
    }

    pub(super) fn set_claims(self, claims: Vec<OfferClaims>) {
        let offers = self.0.get_untracked();
        for claim in claims {
            if let Some(offer) = offers.iter().find(|offer| offer.terms.id == claim.offer_id) {
                offer.count(claim.claimed_count);
            }
        }
    }
}

impl Offer {
    /// Claims only grow: of two counts the greater is the later one.
    fn count(&self, claimed: u32) {
        if claimed > self.claimed.get_untracked() {
            self.claimed.set(claimed);
        }
    }
}

/// How many coupons of an offer somebody has.
fn coupons_of(me: &Me, offer: &OfferId) -> u32 {
    me.coupons.iter().filter(|coupon| coupon.offer_id == *offer).count() as u32
}

impl State {
    /// How an offer stands for this participant, now.
    pub(crate) fn offer_state(self, offer: &Offer) -> OfferState {
        let mine = self.session.me(|me| coupons_of(me, &offer.terms.id));
        offer_state(&offer.terms, offer.claimed.get(), mine, self.clock.second())
    }

    /// How an offer stands, told on only when it changes: the clock that it depends on ticks every second.
    pub(crate) fn stands(self, offer: &Offer) -> impl Fn() -> OfferState + Copy + 'static {
        const STATES: [OfferState; 5] =
            [OfferState::Soon, OfferState::Open, OfferState::Mine, OfferState::SoldOut, OfferState::Over];
        let offer = offer.clone();
        let place = Derived::new(move || {
            let stands = self.offer_state(&offer);
            STATES.iter().position(|state| *state == stands).unwrap_or_default() as u32
        });
        move || STATES.get(place.get() as usize).copied().unwrap_or(OfferState::Over)
    }

    /// Claims a coupon.
    pub(crate) fn claim_coupon(self, offer: &Offer) {
        if offer.sending.get_untracked() || untrack(|| self.offer_state(offer)) != OfferState::Open {
            return;
        }
        let offer = offer.clone();
        offer.sending.set(true);
        offer.refused.set(None);
        let key = new_key();
        spawn_local(async move {
            let reply = self.api().claim_coupon(&offer.terms.id, &key).await;
            offer.sending.set(false);
            match reply {
                Ok(claimed) => {
                    offer.count(claimed.claimed_count);
                    self.session.update_me(|me| {
                        me.coupons.retain(|coupon| coupon.code != claimed.coupon.code);
                        me.coupons.insert(0, claimed.coupon);
                    });
                    self.toasts.say(Tone::Good, self.text().toast_claimed.to_owned());
                }
                Err(problem) => {
                    offer.refused.set(Some(problem));
                    self.refresh_me();
                }
            }
        });
    }
}
