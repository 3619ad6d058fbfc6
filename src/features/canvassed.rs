//! How many votes one's links brought to each star: a number, and nothing to win by it.

use carnival_contract::replies::StarVotes;

use crate::routes::Route;
use crate::state::State;
use crate::text::{fill, grouped};
use crate::ui::{El, Section, el, icon, section};

/// A line for each star; nothing as long as there is none, as where the campaign does not count it.
pub(crate) fn canvassed(state: State) -> Option<El> {
    let text = state.text();
    let line = |brought: &StarVotes| {
        let star = state.leaderboard.row(&brought.star_id)?.star;
        let said = fill(text.canvassed_line(), &[&grouped(u64::from(brought.vote_count))]);
        let image = el("img", "avatar").attr("src", &star.portrait).attr("alt", "").attr("width", "44");
        let words = el("span", "list__text").text(&state.local(&star.name)).child(el("span", "list__sub").text(&said));
        let row = el("a", "list__row").attr("href", &Route::Star(brought.star_id.clone()).path());
        Some(el("li", "").testid("canvassed").child(row.child(image).child(words).child(icon("next"))))
    };
    let lines: Vec<_> = state.session.me(|me| me.canvassed.iter().flatten().filter_map(line).collect());
    let over = Section { title: text.canvassed(), ..Section::default() };
    (!lines.is_empty()).then(|| section(&over, el("ul", "card list").child(lines)))
}
