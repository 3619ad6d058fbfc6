//! The budget, held against what the file promises.

use carnival_domain::budget::Ceiling;
use carnival_domain::campaign::RoundSettings;
use carnival_domain::coupon::CouponOffer;
use carnival_domain::money::Fen;

use super::section::Section;

/// Notes a budget that does not cover everything: a campaign that can cost more does not start.
pub(super) fn hold(head: &Section, budget: Fen, rounds: &RoundSettings, offers: &[CouponOffer]) {
    let round_count = rounds.schedule.round_count();
    let ceiling = Ceiling::of(&[(round_count, &rounds.prizes)], offers);
    let all = ceiling.all_fen();
    if all <= budget {
        return;
    }
    let of_round = Ceiling::of(&[(1, &rounds.prizes)], &[]).prizes_fen;
    let coupons = match offers.iter().max_by_key(|offer| offer.amount_fen.0.saturating_mul(i64::from(offer.stock))) {
        Some(dearest) => format!(" {}, most of them for {},", ceiling.coupons_fen, dearest.id),
        None => " 0".to_owned(),
    };
    head.wrong(
        "budget",
        &format!(
            "at least {all} yuan, which is what everything comes to: prizes {} ({round_count} rounds, {of_round} in each) and \
             coupons{coupons} (stock times amount); offer fewer or cheaper prizes, fewer rounds or less stock, or raise it",
            ceiling.prizes_fen,
        ),
    );
}
