//! For benchmarks, in mock builds only: `?n=1000` opens a board of that many stars, and `__bench_tick(k)` adds votes.

use std::sync::LazyLock;

use carnival_contract::snapshot::{CampaignSnapshot, StarView};
use carnival_domain::leaderboard::Tally;
use carnival_domain::local_text::LocalText;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::browser::history;
use crate::state::State;

/// The most votes that one tick gives one star.
const MOST_VOTES: f64 = 2000.0;
/// Stars begin with so many votes, and up to so many more: as on any board of a thousand, a vote seldom changes a place.
const FIRST_VOTES: u64 = 10_000;
const MORE_VOTES: f64 = 1_990_000.0;

/// How many stars the address asked for; the page cleans the address afterwards.
static STAR_COUNT: LazyLock<Option<usize>> =
    LazyLock::new(|| history::query().split(['?', '&']).find_map(|part| part.strip_prefix("n=")?.parse().ok()));

/// Opens the board, if the address asks for a number of stars.
pub(crate) fn open_board() {
    if STAR_COUNT.is_some() {
        history::replace("/stars");
    }
}

/// Fills the board up to the number that the address asks for.
pub(crate) fn filled(mut snapshot: CampaignSnapshot) -> CampaignSnapshot {
    let Some(count) = *STAR_COUNT else { return snapshot };
    for number in snapshot.stars.len()..count {
        let id = ["extra-", &number.to_string()].concat();
        let Ok(star_id) = id.parse() else { continue };
        let votes = FIRST_VOTES + (js_sys::Math::random() * MORE_VOTES) as u64;
        snapshot.live.tallies.push(Tally { star_id, vote_count: votes, reached: number as u64 });
        let Ok(star_id) = id.parse() else { continue };
        snapshot.stars.push(StarView {
            id: star_id,
            name: LocalText::same(&id),
            epithet: LocalText::default(),
            portrait: "/art/stars/hidden.svg".to_owned(),
            color: "#c8171e".to_owned(),
        });
    }
    snapshot.reveals_at.clear();
    snapshot
}

/// Puts `__bench_tick` on the window: the promise is kept once the votes are on the page.
pub(crate) fn expose(state: State) {
    let tick = Closure::<dyn Fn(u32) -> js_sys::Promise>::new(move |count| {
        state.add_random_votes(count, MOST_VOTES);
        future_to_promise(async {
            leptos::task::tick().await;
            Ok(JsValue::UNDEFINED)
        })
    });
    let _ = js_sys::Reflect::set(&js_sys::global(), &"__bench_tick".into(), &tick.into_js_value());
}
