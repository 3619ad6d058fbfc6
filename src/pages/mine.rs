//! `/mine`: what this participant has.

use carnival_contract::replies::{EntryReceipt, StarVotes};
use carnival_domain::award::Occasion;
use carnival_domain::round::RoundEnding;

use super::coupons::my_coupons;
use super::{Page, guided, plain_page};
use crate::features::{account_card, canvassed, check_button, my_fans, reach, win_stands};
use crate::routes::Route;
use crate::state::State;
use crate::state::account::Sheet;
use crate::state::round::{Outcome, outcome};
use crate::text::{Language, fill, moment_of};
use crate::ui::{El, Section, el, icon, section};
use crate::var::Var;

pub(super) fn page(state: State) -> Page {
    let text = state.text();
    state.see_results();
    // Titles of what fans win, and how their draws stand.
    if state.session.me_untracked(|me| !me.fans.is_empty()) {
        state.need_fans();
    }
    let titled = |title| Section { title, ..Section::default() };
    let part = || el("div", "section");
    let counted = Var::new(None);
    state.look_at_reach(counted);
    let body = vec![
        el("div", "card tally section").child_with(move || tally(state)),
        part().child_with(move || account_card(state)),
        part().child_with(move || wins(state)),
        part().child_with(move || coupons(state)),
        section(&titled(text.my_entries()), el("div", "").child_with(move || entries(state))),
        section(&titled(text.my_votes()), el("div", "").child_with(move || votes(state))),
        part().child_with(move || my_fans(state)),
        part().child_with(move || reach(state, counted)),
        part().child_with(move || canvassed(state)),
        section(&titled(text.my_data()), my_data(state)),
        section(&titled(text.settings()), settings(state)),
    ];
    let is_guest = move || state.session.me(|me| me.account.is_none());
    let fact = el("span", "").text_with(move || if is_guest() { text.mine_fact() } else { text.mine_fact_account() });
    plain_page(state, text.mine_title(), None, vec![fact], guided(state, body))
}

fn tally(state: State) -> Vec<El> {
    let text = state.text();
    let today = state.session.today();
    let counts = state
        .session
        .me(|me| [me.entries.len(), me.coupons.len(), me.votes.all_on(today) as usize, me.visit_count as usize]);
    let words = [text.tally_rounds(), text.tally_coupons(), text.tally_votes(), text.tally_visits()];
    let cells = counts.into_iter().zip(words);
    cells
        .map(|(count, word)| el("p", "tally__cell").child(el("strong", "").text(&count.to_string())).text(word))
        .collect()
}

fn wins(state: State) -> Option<El> {
    let text = state.text();
    let mut lines = Vec::new();
    for win in state.wins() {
        let Some(prize) = state.prize(&win.prize_id) else { continue };
        let words = el("span", "list__text")
            .text(&state.local(&prize.title))
            .child(el("span", "list__sub").text(&drawn_for(state, &win.occasion)))
            .child(win_stands(state, &win));
        let image = el("img", "avatar").attr("src", &prize.image).attr("alt", "");
        lines
            .push(el("li", "list__row").testid("win").attr("data-state", win.state.as_str()).child(image).child(words));
    }
    let over = Section { title: text.my_wins(), ..Section::default() };
    (!lines.is_empty()).then(|| section(&over, el("ul", "card list").child(lines)))
}

/// What one has, or where there is some to have.
fn coupons(state: State) -> El {
    let text = state.text();
    my_coupons(state).unwrap_or_else(|| {
        let over = Section { title: text.my_coupons(), ..Section::default() };
        section(&over, nothing_yet(text.no_coupons(), "/coupons", text.coupons_title()))
    })
}

/// Says what will be here, and where that begins.
fn nothing_yet(words: &str, href: &str, way_on: &str) -> El {
    el("div", "card empty")
        .child(el("p", "").text(words))
        .child(el("a", "button button--quiet").attr("href", href).text(way_on))
}

/// The stars that one voted for, with today's votes and all.
fn votes(state: State) -> El {
    let text = state.text();
    let today = state.session.today();
    let lines: Vec<_> = state.session.me(|me| {
        let line = |cast: &StarVotes| {
            let star = state.leaderboard.row(&cast.star_id)?.star;
            let of_today = me.votes.for_star_on(&cast.star_id, today);
            let in_all = fill(text.votes_line(), &[&cast.vote_count.to_string()]);
            let said = match of_today {
                0 => in_all,
                count => [&fill(text.votes_line_today(), &[&count.to_string()]), " · ", &in_all].concat(),
            };
            let image = el("img", "avatar").attr("src", &star.portrait).attr("alt", "").attr("width", "44");
            let words =
                el("span", "list__text").text(&state.local(&star.name)).child(el("span", "list__sub").text(&said));
            let row = el("a", "list__row").attr("href", &Route::Star(cast.star_id.clone()).path());
            Some(el("li", "").testid("my-vote").child(row.child(image).child(words).child(icon("next"))))
        };
        me.all_votes.iter().filter_map(line).collect()
    });
    if lines.is_empty() {
        return nothing_yet(text.no_votes(), "/stars", text.to_stars());
    }
    el("ul", "card list").child(lines)
}

/// The ways to everything that is kept: to take it along, and to have it erased.
fn my_data(state: State) -> El {
    let text = state.text();
    let line = |name: &str, sheet: Sheet, title: &str, sub: &str| {
        let words = el("span", "list__text").text(title).child(el("span", "list__sub").text(sub));
        el("button", "list__row")
            .attr("type", "button")
            .testid(name)
            // The sheet gives the focus back to it.
            .attr("id", name)
            .attr_with("aria-busy", move || state.account.is_opening().then_some("true"))
            .on_click(move || state.open_sheet(sheet))
            .child(words)
            .child(icon("next"))
    };
    el("div", "card list").child(line("export", Sheet::Export, text.export(), text.export_sub())).child(line(
        "erase",
        Sheet::Erasure,
        text.erase(),
        text.erase_sub(),
    ))
}

/// What a prize was drawn for, in words.
fn drawn_for(state: State, occasion: &Occasion) -> String {
    let text = state.text();
    match occasion {
        Occasion::Round(round) => fill(text.win_sub(), &[&round.to_string()]),
        Occasion::Star(star) => {
            let row = state.leaderboard.row(star);
            fill(text.win_sub_fans(), &[&row.map(|row| state.local(&row.star.name)).unwrap_or_default()])
        }
    }
}

fn entries(state: State) -> El {
    let text = state.text();
    let entries = state.session.me(|me| me.entries.clone());
    if entries.is_empty() {
        return nothing_yet(text.no_entries(), "/", text.to_rush());
    }
    let lines: Vec<_> = entries.iter().map(|entry| entry_line(state, entry)).collect();
    el("ul", "card list").child(lines)
}

fn entry_line(state: State, entry: &EntryReceipt) -> El {
    let text = state.text();
    let zone = state.session.campaign().utc_offset;
    let (tone, stands) = entry_stands(state, entry);
    let round = fill(text.round(), &[&entry.round_id.to_string()]);
    let entered = fill(text.entry_at(), &[&moment_of(text, entry.accepted_at, zone)]);
    let is_drawn = tone != "plain";
    let words = el("span", "list__text")
        .text(&[&round, " · "].concat())
        .child(el("span", "code").text(&entry.entry_id.to_string()))
        .child(el("span", "list__sub").text(&entered))
        .child(is_drawn.then(|| check_button(state, &entry.draw_id, "ledger__proof")));
    let chip = el("span", "chip").attr("data-tone", tone).text(stands);
    el("li", "list__row").testid("receipt").child(words).child(chip)
}

/// How an entry stands: by its win, by the ledger, or else by the draw that is still open.
fn entry_stands(state: State, entry: &EntryReceipt) -> (&'static str, &'static str) {
    let text = state.text();
    if state.session.me(|me| me.wins.iter().any(|win| win.entry_id == entry.entry_id)) {
        return ("red", text.entry_won());
    }
    if entry.waits_for.is_some() {
        return ("plain", text.entry_void());
    }
    let records = state.round.records();
    let drawn = records.iter().find(|record| record.draw_id.as_ref() == Some(&entry.draw_id));
    if let Some(record) = drawn {
        return match outcome(record, std::slice::from_ref(entry)) {
            Outcome::Won(_) => ("red", text.entry_won()),
            Outcome::Awaited(_) => ("plain", text.entry_waiting()),
            _ => ("off", text.entry_lost()),
        };
    }
    match state.round.current() {
        Some(round) if round.round_id == entry.round_id => ("plain", text.entry_waiting()),
        Some(round) if round.draw_id == entry.draw_id => ("plain", text.entry_carried()),
        _ if records
            .iter()
            .any(|record| record.round_id == entry.round_id && record.ending == RoundEnding::RolledOver) =>
        {
            ("plain", text.entry_carried())
        }
        // Its draw is older than the part of the ledger that is here, and it is not among the wins.
        Some(_) | None => ("off", text.entry_lost()),
    }
}

fn settings(state: State) -> El {
    let text = state.text();
    let option = |language: Language, words: &str| {
        // At once, although the words may take a moment.
        let is_chosen = move || Some(if state.session.wanted_language() == language { "true" } else { "false" });
        el("button", "choice__option")
            .attr("type", "button")
            .attr("lang", language.tag())
            .attr_with("aria-pressed", is_chosen)
            .on_click(move || state.speak(language))
            .text(words)
    };
    let choice = el("div", "choice")
        .attr("role", "group")
        .attr("aria-label", text.language())
        .child(option(Language::Chinese, "中文"))
        .child(option(Language::English, "English"));
    let language = el("div", "list__row").child(el("span", "list__text").text(text.language())).child(choice);
    let rules = el("a", "list__row").attr("href", "/rules");
    let rules = rules.child(el("span", "list__text").text(text.rules())).child(icon("next"));
    el("div", "card list").child(language).child(rules)
}
