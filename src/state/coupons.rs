//! The coupon offers, and claiming from them.

use std::sync::Arc;

use carnival_contract::live::OfferClaims;
use carnival_contract::problem::Problem;
use carnival_contract::replies::{ClaimReply, Me, StartEntry};
use carnival_domain::coupon::{CouponOffer, OfferState, offer_state};
use carnival_domain::ids::{DrawId, OfferId};
use carnival_domain::time::Timestamp;
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

/// A participant's place in the draw of an offer's first moments.
fn start_of<'m>(me: &'m Me, offer: &OfferId) -> Option<&'m StartEntry> {
    me.starts.iter().find(|start| start.offer_id == *offer)
}

impl State {
    /// How an offer stands for this participant, now.
    pub(crate) fn offer_state(self, offer: &Offer) -> OfferState {
        let id = &offer.terms.id;
        let waits = |me: &Me| start_of(me, id).is_some_and(|start| start.is_drawn.is_none());
        let (mine, waits) = self.session.me(|me| (coupons_of(me, id), waits(me)));
        match offer_state(&offer.terms, offer.claimed.get(), mine, self.clock.second()) {
            // The result shows in the numbers before it is known whose it is.
            OfferState::Open | OfferState::SoldOut if waits => OfferState::Drawing,
            stands => stands,
        }
    }

    /// The draw of an offer's first moments that this participant was in without luck, if they have no coupon of it since.
    pub(crate) fn not_drawn(self, offer: &OfferId) -> Option<DrawId> {
        self.session.me(|me| {
            let lost = start_of(me, offer).filter(|start| start.is_drawn == Some(false));
            lost.filter(|_| coupons_of(me, offer) == 0).map(|start| start.draw_id.clone())
        })
    }

    /// Asks for the results of draws that are over. They are due for everybody at once: each asks up to two seconds later,
    /// as the first byte of their entry says.
    pub(super) fn look_for_results(self, now: Timestamp) {
        let is_due = self.session.me_untracked(|me| {
            let mut starts = me.starts.iter().filter(|start| start.is_drawn.is_none());
            starts.any(|start| start.result_at.plus_ms(i64::from(start.entry_id.0[0]) * 8) <= now)
        });
        if is_due {
            self.refresh_me();
        }
    }

    /// How an offer stands, told on only when it changes: the clock that it depends on ticks every second.
    pub(crate) fn stands(self, offer: &Offer) -> impl Fn() -> OfferState + Copy + 'static {
        const STATES: [OfferState; 6] = [
            OfferState::Soon,
            OfferState::Open,
            OfferState::Drawing,
            OfferState::Mine,
            OfferState::SoldOut,
            OfferState::Over,
        ];
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
            let reply = self.api().claim(&offer.terms.id, &key).await;
            offer.sending.set(false);
            match reply {
                Ok(ClaimReply::Coupon(claimed)) => {
                    offer.count(claimed.claimed_count);
                    self.session.update_me(|me| {
                        me.coupons.retain(|coupon| coupon.code != claimed.coupon.code);
                        me.coupons.insert(0, claimed.coupon);
                    });
                    self.toasts.say(Tone::Good, self.text().toast_claimed().to_owned());
                }
                Ok(ClaimReply::InDraw { in_draw }) => self.session.update_me(|me| {
                    me.starts.retain(|start| start.offer_id != in_draw.offer_id);
                    me.starts.insert(0, in_draw);
                }),
                Err(problem) => {
                    offer.refused.set(Some(problem));
                    self.refresh_me();
                }
            }
        });
    }
}
