//! What became of the round that just ended.

use super::check_button::check_button;
use super::win_stands;
use crate::state::State;
use crate::state::round::{Outcome, outcome};
use crate::text::{clock_of, fill, grouped};
use crate::ui::{El, Section, el, section};
use carnival_contract::replies::RoundRecord;
use carnival_domain::award::Occasion;
use carnival_domain::draw::Winner;
use carnival_domain::ids::PrizeId;
use carnival_domain::round::PrizePool;

/// How many numbers roll: three lines on a narrow phone.
const REELS: usize = 6;
/// How much of a number is shown.
const SHOWN: usize = 4;

/// The result of the newest round of the ledger, as it is for this participant.
pub(crate) fn draw_result(state: State) -> Option<El> {
    let records = state.round.records();
    let record = records.first()?;
    let outcome = state.session.me(|me| outcome(record, &me.entries));
    let title = state.text().last_round();
    Some(section(&Section { title, ..Section::default() }, card(state, record, &outcome)))
}

fn card(state: State, record: &RoundRecord, outcome: &Outcome) -> El {
    let text = state.text();
    let zone = state.session.campaign().utc_offset;
    let eyebrow = fill(text.result_at(), &[&record.round_id.to_string(), &clock_of(record.ended_at, zone)]);
    let people = grouped(u64::from(record.participant_count));
    let prizes = pool_of(record).prize_count().to_string();
    let missing = record.target.saturating_sub(record.participant_count).to_string();
    let (kind, title, sentence, prize) = match outcome {
        Outcome::Won(prize) => {
            ("won", text.result_won().to_owned(), text.result_won_text().to_owned(), prize_line(state, record, prize))
        }
        Outcome::Lost => {
            ("lost", text.result_lost().to_owned(), fill(text.result_lost_text(), &[&people, &prizes]), None)
        }
        Outcome::Drawn => {
            ("drawn", fill(text.result_drawn(), &[&prizes]), fill(text.result_drawn_text(), &[&people]), None)
        }
        Outcome::Awaited(round) => {
            let text_of_wait = fill(text.result_awaited_text(), &[&people, &round.to_string()]);
            ("awaited", text.result_awaited().to_owned(), text_of_wait, None)
        }
        Outcome::RolledOver { mine } => {
            let sentence = if *mine { text.result_rolled_mine() } else { text.result_rolled_text() };
            ("rolled-over", fill(text.result_rolled(), &[&missing]), sentence.to_owned(), None)
        }
    };
    el("div", "card round-card")
        .attr("data-outcome", kind)
        .child(el("p", "round-card__eyebrow").text(&eyebrow))
        .child(el("p", "round-card__title").text(&title))
        .child(prize)
        .child(reels(state, record))
        .child(el("p", "round-card__text").text(&sentence))
        .child(
            record
                .draw_id
                .as_ref()
                .filter(|_| record.awaits.is_none())
                .map(|draw| check_button(state, draw, "button button--quiet")),
        )
}

/// What a round paid, or handed on.
pub(super) fn pool_of(record: &RoundRecord) -> PrizePool {
    record.carried_in.clone().plus(&record.added)
}

/// The numbers that won. Each character of them stands there from the beginning; what rolls is drawn over it by the style
/// sheet, and rolls away: so nothing else can ever come out than what the back end said. Nobody is named: an entry's number
/// is all that the public list has of anybody, who won knows theirs, and what one sees of it here is its beginning.
fn reels(state: State, record: &RoundRecord) -> Option<El> {
    let is_news = state.round.is_news(state.clock.now());
    let reel = |winner: &Winner| {
        let is_mine = state.session.me_untracked(|me| me.entries.iter().any(|entry| entry.entry_id == winner.entry_id));
        let cells = masked(winner);
        let cells: Vec<_> = cells
            .chars()
            .enumerate()
            .map(|(place, cell)| el(if place < SHOWN { "b" } else { "i" }, "").text(cell.encode_utf8(&mut [0; 4])))
            .collect();
        let reel = el("span", "reel").child(cells);
        if is_mine { reel.attr("data-mine", "") } else { reel }
    };
    let reels: Vec<_> = record.winners.iter().take(REELS).map(reel).collect();
    let strip = el("p", "reels").testid("reels").attr("aria-hidden", "true").child(reels);
    (!record.winners.is_empty()).then(|| if is_news { strip.attr("data-rolls", "") } else { strip })
}

/// The same in words, for those who listen.
pub(crate) fn draw_said(state: State) -> String {
    let records = state.round.records();
    let Some(record) = records.first().filter(|record| !record.winners.is_empty()) else { return String::new() };
    let mut numbers = String::new();
    for winner in record.winners.iter().take(REELS) {
        numbers.push_str(&masked(winner));
        numbers.push(' ');
    }
    let text = state.text();
    fill(text.result_drawn(), &[&record.winners.len().to_string()]) + " " + &fill(text.ledger_winners(), &[&numbers])
}

fn masked(winner: &Winner) -> String {
    let number = winner.entry_id.to_string();
    [number.get(..SHOWN).unwrap_or_default(), "**"].concat()
}

/// A prize that was won, and what there is to do about it.
fn prize_line(state: State, record: &RoundRecord, prize: &PrizeId) -> Option<El> {
    let wins = state.wins();
    let occasion = Occasion::Round(record.round_id);
    let win = wins.iter().find(|win| win.occasion == occasion && win.prize_id == *prize);
    let stands = win.map_or_else(Vec::new, |win| win_stands(state, win));
    let campaign = state.session.whole_campaign()?;
    let prize = campaign.prizes.iter().find(|known| known.id == *prize)?;
    let image = el("img", "avatar").attr("src", &prize.image).attr("alt", "");
    let title = el("p", "strong").text(&state.local(&prize.title));
    Some(el("div", "round-card__prize").child(image).child(el("div", "list__text").child(title).child(stands)))
}
