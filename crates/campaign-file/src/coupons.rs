//! The sections `[[coupons]]`.

use carnival_domain::coupon::CouponOffer;
use carnival_domain::ids::{OfferId, StarId};
use carnival_domain::money::Fen;

use super::codes::CodeFile;
use super::section::{Section, refuse_duplicates};
use super::stars;
use super::values::{DurationMs, FileBeside, Moment, Slug, Whole};

/// Whoever waits longer than this for a result looks elsewhere meanwhile.
const FAIR_START_MAX_MS: i64 = 60_000;

/// The offers, each with the file of its codes if they are brought along. Its stock is known once that is read. None may
/// have the id of a prize: shops know coupons that were won by that.
pub(super) fn read(
    sections: &[Section],
    known: &[StarId],
    prizes: &[&str],
) -> Option<Vec<(CouponOffer, Option<CodeFile>)>> {
    let offers: Vec<_> = sections.iter().map(|section| offer(section, known)).collect();
    let ids: Vec<_> = sections.iter().map(|section| section.peek("id")).collect();
    refuse_duplicates(sections, &ids);
    for section in sections.iter().filter(|section| section.peek("id").is_some_and(|id| prizes.contains(&id))) {
        section.wrong("id", "an id of its own: a prize has this one");
    }
    offers.into_iter().collect()
}

fn offer(section: &Section, known: &[StarId]) -> Option<(CouponOffer, Option<CodeFile>)> {
    let id = section.take::<Slug<OfferId>>("id");
    let title = section.take("title");
    let scope = section.take("scope");
    let amount = section.take::<Fen>("amount");
    let threshold = section.take::<Fen>("threshold");
    let codes = section.maybe::<FileBeside>("codes");
    let stock = match &codes {
        Some(_) => section.maybe::<Whole<1, 100_000_000>>("stock").map(|stock| stock.0),
        None => section.take::<Whole<1, 100_000_000>>("stock").map(|stock| stock.0),
    };
    let per_participant = section.take::<Whole<1, 1000>>("per_participant");
    let opens_at = section.take::<Moment>("opens_at");
    let closes_at = section.take::<Moment>("closes_at");
    let valid_for = section.take::<DurationMs>("valid_for");
    let fair_start = section.maybe::<DurationMs>("fair_start");
    let star_id = stars::named(section, known);
    section.finish();

    if amount.is_some_and(|amount| amount == Fen(0)) {
        section.wrong("amount", "more than nothing");
    }
    if let (Some(amount), Some(threshold)) = (amount, threshold)
        && threshold != Fen(0)
        && amount > threshold
    {
        section.wrong("amount", &format!("at most the threshold, which is {threshold} yuan"));
    }
    if let (Some(opens_at), Some(closes_at)) = (&opens_at, &closes_at)
        && closes_at.0 <= opens_at.0
    {
        section.wrong("closes_at", "a moment after opens_at");
    }
    if fair_start.as_ref().is_some_and(|span| !(1..=FAIR_START_MAX_MS).contains(&span.0)) {
        section.wrong("fair_start", "a moment of at most \"60s\", such as \"1s\"");
    }
    if let (Some(opens_at), Some(closes_at), Some(fair_start)) = (&opens_at, &closes_at, &fair_start)
        && opens_at.0.plus_ms(fair_start.0) >= closes_at.0
    {
        section.wrong("fair_start", "less than the time from opens_at to closes_at");
    }
    if valid_for.as_ref().is_some_and(|span| span.0 == 0) {
        section.wrong("valid_for", "more than nothing");
    }
    let id = id?.0;
    let file = codes.map(|codes| CodeFile { offer_id: id.clone(), name: codes.0, stock });
    let offer = CouponOffer {
        id,
        title: title?,
        scope: scope?,
        amount_fen: amount?,
        threshold_fen: threshold?,
        stock: if file.is_some() { stock.unwrap_or_default() } else { stock? },
        per_participant: per_participant?.0,
        opens_at: opens_at?.0,
        closes_at: closes_at?.0,
        fair_start_ms: fair_start.map(|span| span.0),
        valid_for_ms: valid_for?.0,
        star_id: star_id?,
    };
    Some((offer, file))
}
