//! What the draw will pay.

use carnival_domain::money::Fen;
use carnival_domain::round::PrizePool;
use leptos::prelude::untrack;

use crate::state::{State, told};
use crate::text::{fill, money, plain};
use crate::ui::{El, Section, el, section};
use crate::var::Derived;

/// A shelf of prizes, pushed sideways.
pub(crate) fn prize_pool(state: State) -> impl Fn() -> Option<El> + 'static {
    // Participants come by the second; the pool changes with the round.
    let round_id = Derived::new(move || state.round.current().map_or(0, |round| round.round_id.0));
    move || {
        round_id.get();
        let round = untrack(|| state.round.current())?;
        Some(shelf(state, &round.pool, round.carried_in.prize_count()))
    }
}

fn shelf(state: State, pool: &PrizePool, carried_count: u32) -> El {
    let text = state.text();
    let prizes = told::prizes();
    let mut worth = 0;
    let mut shelf = el("ul", "prize-pool__shelf");
    for lot in &pool.0 {
        let Some(prize) = prizes.iter().find(|prize| prize.id == lot.prize_id) else { continue };
        worth += prize.value_fen.0 * i64::from(lot.count);
        let image = el("img", "prize__art").attr("src", &prize.image).attr("alt", "");
        let tile = el("li", "prize")
            .child(image.attr("width", "96").attr("height", "84"))
            .child(el("span", "prize__title").text(&state.local(&prize.title)))
            .child(el("span", "prize__value").text(&money(prize.value_fen)))
            .child(el("span", "prize__count").text("×").text(&plain(lot.count)));
        shelf = shelf.child(tile);
    }
    let mut note = fill(text.pool_worth(), &[&money(Fen(worth))]);
    if carried_count > 0 {
        note += &fill(text.pool_carried(), &[&plain(carried_count)]);
    }
    let title = fill(text.pool(), &[&plain(pool.prize_count())]);
    section(&Section { title: &title, note: &note, ..Section::default() }, shelf)
}
