//! The budget, held against what the file promises.

use carnival_domain::budget::Ceiling;
use carnival_domain::campaign::RoundSettings;
use carnival_domain::coupon::CouponOffer;
use carnival_domain::fans::FansDraw;
use carnival_domain::money::Fen;

use super::section::Section;

/// Notes a budget that does not cover everything: a campaign that can cost more does not start.
pub(super) fn hold(
    head: &Section,
    budget: Fen,
    rounds: &RoundSettings,
    fans: Option<&FansDraw>,
    offers: &[CouponOffer],
) {
    let round_count = rounds.schedule.round_count();
    let of_fans = fans.map(|fans| (fans.top, &fans.prizes[..]));
    let draws: Vec<_> = [(round_count, &rounds.prizes[..])].into_iter().chain(of_fans).collect();
    let ceiling = Ceiling::of(&draws, offers);
    let all = ceiling.all_fen();
    if all <= budget {
        return;
    }
    let of_round = Ceiling::of(&[(1, &rounds.prizes)], &[]).prizes_fen;
    let coupons = match offers.iter().max_by_key(|offer| offer.amount_fen.0.saturating_mul(i64::from(offer.stock))) {
        Some(dearest) => format!(" {}, most of them for {},", ceiling.coupons_fen, dearest.id),
        None => " 0".to_owned(),
    };
    let fans_fen = fans.map_or(Fen(0), |fans| Ceiling::of(&[(fans.top, &fans.prizes)], &[]).prizes_fen);
    let of_fans =
        fans.map_or_else(String::new, |fans| format!(", those of fans {} (the first {} stars)", fans_fen, fans.top));
    head.wrong(
        "budget",
        &format!(
            "at least {all} yuan, which is what everything comes to: prizes {} ({round_count} rounds, {of_round} in each){of_fans} and \
             coupons{coupons} (stock times amount); offer fewer or cheaper prizes, fewer rounds or less stock, or raise it",
            Ceiling::of(&[(round_count, &rounds.prizes)], &[]).prizes_fen,
        ),
    );
}
