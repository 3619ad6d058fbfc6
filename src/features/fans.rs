//! The draws of stars' fans: what may be won and when, and this participant's places in them.

use super::check_button::check_button;
use crate::state::State;
use crate::text::{fill, grouped, moment_of, money};
use crate::ui::{El, Section, el, section};
use carnival_contract::fans::FansView;
use carnival_contract::replies::FanEntry;
use carnival_domain::campaign::Prize;
use carnival_domain::fans::FansEnding;
use carnival_domain::ids::StarId;

/// How a vote becomes a place, what there is to win, and how each draw ended; nothing in a campaign without such draws.
pub(crate) fn fans_draws(state: State) -> Option<El> {
    let text = state.text();
    state.need_fans();
    let fans = state.fans.shown()?;
    let card = el("div", "card fans")
        .testid("fans")
        .child(el("p", "fans__how").text(&how(state, &fans)))
        .child(el("p", "list__sub").text(text.fans_prizes()))
        .child(el("ul", "fans__prizes").child(fans.prizes.iter().map(|each| prize(state, each)).collect::<Vec<_>>()));
    let ended: Vec<_> = fans.draws.iter().filter(|draw| draw.ending.is_some()).collect();
    // Those that are held stand first; the order of the stars is kept within.
    let held = ended.iter().filter(|draw| draw.ending == Some(FansEnding::Held));
    let undrawn = ended.iter().filter(|draw| draw.ending == Some(FansEnding::Undrawn));
    let lines: Vec<_> = held.chain(undrawn).filter_map(|draw| outcome(state, &draw.star_id, fans.top)).collect();
    let outcomes = (!lines.is_empty()).then(|| el("ul", "card list").testid("fans-outcomes").child(lines));
    let mut parts = vec![card];
    parts.extend(outcomes);
    Some(section(&Section { title: text.fans_title(), ..Section::default() }, parts))
}

/// The rule in two sentences, with its date and its number.
pub(crate) fn how(state: State, fans: &FansView) -> String {
    let text = state.text();
    let campaign = state.session.campaign();
    let ends = moment_of(text, campaign.ends_at, campaign.utc_offset);
    fill(text.fans_how(), &[&ends, &fans.top.to_string()])
}

/// How many of a prize there are, and what one is worth, behind its name.
pub(crate) fn worth(prize: &Prize) -> String {
    [" × ", &prize.count.to_string(), " · ", &money(prize.value_fen)].concat()
}

fn prize(state: State, prize: &Prize) -> El {
    el("li", "fans__prize").child(el("img", "avatar").attr("src", &prize.image).attr("alt", "")).child(
        el("span", "list__text").text(&state.local(&prize.title)).child(el("span", "list__sub").text(&worth(prize))),
    )
}

fn outcome(state: State, star: &StarId, top: u32) -> Option<El> {
    let text = state.text();
    let draw = state.fans_draw(star)?;
    let row = state.leaderboard.row(star)?;
    let said = match draw.ending? {
        FansEnding::Undrawn => fill(text.fans_undrawn_why(), &[&top.to_string()]),
        FansEnding::Held if draw.is_drawn => fill(text.fans_drawn(), &[&grouped(u64::from(draw.entry_count))]),
        FansEnding::Held => text.fans_awaited().to_owned(),
    };
    let words = el("span", "list__text")
        .text(&state.local(&row.star.name))
        .child(el("span", "list__sub").text(&said))
        .child(draw.is_drawn.then(|| check_button(state, &draw.draw_id, "ledger__proof")));
    let image = el("img", "avatar").attr("src", &row.star.portrait).attr("alt", "");
    Some(el("li", "list__row").child(image).child(words))
}

/// On a star's own page: this participant's place in its draw, or how to have one.
pub(crate) fn fan_place(state: State, star: &StarId) -> Option<El> {
    let text = state.text();
    let fans = state.fans.shown()?;
    let mine = state.session.me(|me| me.fans.iter().filter(|fan| fan.star_id == *star).cloned().collect::<Vec<_>>());
    if !mine.is_empty() {
        let lines: Vec<_> = mine.iter().map(|fan| line(state, fan, text.fans_in())).collect();
        return Some(el("ul", "card list star-page__fans").child(lines));
    }
    let is_open = state.fans_draw(star).is_some_and(|draw| draw.ending.is_none());
    let hint = fill(text.fans_hint(), &[&fans.top.to_string()]);
    is_open.then(|| el("p", "hint").testid("fans-hint").text(&hint))
}

/// All places of this participant; nothing as long as there is none.
pub(crate) fn my_fans(state: State) -> Option<El> {
    let text = state.text();
    let mine = state.session.me(|me| me.fans.clone());
    let lines = mine.iter().map(|fan| {
        let row = state.leaderboard.row(&fan.star_id);
        line(state, fan, &row.map(|row| state.local(&row.star.name)).unwrap_or_default())
    });
    let lines: Vec<_> = lines.collect();
    let over = Section { title: text.fans_mine(), ..Section::default() };
    (!lines.is_empty()).then(|| section(&over, el("ul", "card list").child(lines)))
}

fn line(state: State, fan: &FanEntry, name: &str) -> El {
    let text = state.text();
    let zone = state.session.campaign().utc_offset;
    let (tone, stands) = fan_stands(state, fan);
    let entered = fill(text.entry_at(), &[&moment_of(text, fan.accepted_at, zone)]);
    let is_drawn = state.fans_draw(&fan.star_id).is_some_and(|draw| draw.is_drawn);
    let words = el("span", "list__text")
        .text(name)
        .child(el("span", "list__sub").child(el("span", "code").text(&fan.entry_id.to_string())))
        .child(el("span", "list__sub").text(&entered))
        .child(is_drawn.then(|| check_button(state, &fan.draw_id, "ledger__proof")));
    let chip = el("span", "chip").attr("data-tone", tone).text(stands);
    el("li", "list__row").testid("fan-receipt").child(words).child(chip)
}

/// How a place stands: by its win, or else by the star's draw.
fn fan_stands(state: State, fan: &FanEntry) -> (&'static str, &'static str) {
    let text = state.text();
    if state.session.me(|me| me.wins.iter().any(|win| win.entry_id == fan.entry_id)) {
        return ("red", text.entry_won());
    }
    match state.fans_draw(&fan.star_id) {
        Some(draw) if draw.ending == Some(FansEnding::Undrawn) => ("off", text.fans_undrawn()),
        Some(draw) if draw.is_drawn => ("off", text.entry_lost()),
        _ => ("plain", text.entry_waiting()),
    }
}
